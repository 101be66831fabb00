"""Small facts in a corpus line that a customer may contradict: nouns, numbers, family, trade.

A line chosen by hand (free.yaml) was read for this. Any other line is let through only where

- no rule of `rules.yaml` forbids it,
- what it takes up from the line it answered (`echo`) stands in what the trainee just said, and
- its other nouns and numbers (`specifics`) are known from the trainee or the customer.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from trainer.core.persona import Gender, Persona
from trainer.nlg.words import content_stems, numbers, stem, tokens

_RULES = Path(__file__).with_name("rules.yaml")
_CAPITAL = re.compile(r"\b[A-ZÄÖÜ][\wäöüß-]*")
_OPENING = re.compile(r"(?:^|[.!?:…]\s+|[„“–]\s*)$")
ADDRESS = frozenset(("Sie", "Ihnen", "Ihr", "Ihre", "Ihren", "Ihrem", "Ihrer", "Ihres"))
"""The polite pronouns, written with a capital."""

_SLOT = re.compile(r"\{\w+\}")


class Rules(BaseModel):
    """The content of `rules.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    never: dict[str, str]
    only: dict[str, str]
    nouns: str


@dataclass(frozen=True, slots=True)
class Incidentals:
    """What a line says beside its acts.

    Attributes:
        forbidden: The rule that forbids it for everybody, or None.
        conditions: Rules of `only` that must hold for the customer.
        echo: Stems it shares with the line it answered.
        specifics: Stems of its other nouns and numbers.
    """

    forbidden: str | None
    conditions: frozenset[str]
    echo: frozenset[str]
    specifics: frozenset[str]


@cache
def load_rules() -> Rules:
    """Reads `rules.yaml`; raises where it breaks its schema, which a test would show first."""
    return Rules.model_validate(yaml.safe_load(_RULES.read_text(encoding="utf-8")))


@cache
def _harmless_nouns() -> frozenset[str]:
    """Stems of the nouns that say nothing about anybody."""
    return frozenset(map(stem, load_rules().nouns.split()))


def find_nouns(texts: Iterable[str]) -> frozenset[str]:
    """Returns all words that stand with a capital inside a sentence somewhere."""
    return frozenset(
        match.group()
        for text in texts
        for match in _CAPITAL.finditer(text)
        if not _OPENING.search(text[: match.start()]) and match.group() not in ADDRESS
    )


def examine(text: str, context: str, nouns: frozenset[str]) -> Incidentals:
    """Finds the small facts in a line.

    Args:
        text: What the customer said.
        context: What the agent had said before.
        nouns: Known nouns, for those at the beginning of a sentence.
    """
    rules = load_rules()
    plain = _SLOT.sub(" ", text)
    echo = content_stems(plain) & content_stems(_SLOT.sub(" ", context))
    known = nouns | find_nouns([plain])
    own = {stem(word) for word in tokens(plain) if word in known and word not in ADDRESS}
    return Incidentals(
        forbidden=_first(rules.never, plain),
        conditions=frozenset(name for name, rule in rules.only.items() if re.search(rule, plain)),
        echo=echo,
        specifics=(frozenset(own) - _harmless_nouns() | numbers(plain)) - echo,
    )


def holds(condition: str, persona: Persona) -> bool:
    """Whether a condition of `only` is true of a customer."""
    match condition:
        case "male":
            return persona.gender is Gender.MALE
        case "female":
            return persona.gender is Gender.FEMALE
        case "business":
            return persona.business
        case "private":
            return not persona.business
        case "left_for_competitor":
            return persona.competitor is not None
        case _:
            raise ValueError(f"rules.yaml has the unknown condition {condition!r}")


def contradicts(found: Incidentals, persona: Persona, *, said: frozenset[str]) -> bool:
    """Whether a line says something that is not known to be true here.

    Args:
        found: The line's small facts.
        persona: The customer.
        said: Stems of what the trainee just said.
    """
    if found.forbidden or not all(holds(condition, persona) for condition in found.conditions):
        return True
    return not (found.echo <= said and found.specifics <= said | known_about(persona))


def known_about(persona: Persona) -> frozenset[str]:
    """Returns the stems of the trade and the company, which every line may mention."""
    return content_stems(" ".join((persona.industry.de, persona.company)))


def _first(rules: Mapping[str, str], text: str) -> str | None:
    return next((name for name, rule in rules.items() if re.search(rule, text)), None)
