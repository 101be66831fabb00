"""What would make a persona better though the schema takes it: hints to its author."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trainer.core.persona import ObjectionKind, Persona, Variant

_FEW_FACTS, _FEW_OBJECTIONS = 4, 6


class Advice(StrEnum):
    """What could be better.

    DIGITS: a spoken line has figures; people say them as words.
    TWICE: a line stands there twice.
    SAME_START: two lines of an entry begin with the same two words.
    FEW: so few lines that they are heard again soon.
    NO_PRETEXT: there is no pretext; a talk is easier without.
    OUT_OF_REACH: no benefit fits well enough to win a customer who can be won.
    """

    DIGITS = "digits"
    TWICE = "twice"
    SAME_START = "same_start"
    FEW = "few"
    NO_PRETEXT = "no_pretext"
    OUT_OF_REACH = "out_of_reach"


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint.

    Attributes:
        field: Dotted path of the field it is about.
        line: The line it is about; "" where it is about none.
    """

    advice: Advice
    field: str
    line: str = ""


def advise(persona: Persona) -> Sequence[Hint]:
    """Returns the hints in the order of the form."""
    return [*_about_lines(persona), *_about_the_whole(persona)]


def _about_lines(persona: Persona) -> Iterator[Hint]:
    seen: set[str] = set()
    for field, say, enough in _spoken(persona):
        starts: set[tuple[str, ...]] = set()
        for variant in say:
            start = tuple(re.findall(r"\w+", variant.text.casefold())[:2])
            if variant.text in seen:
                yield Hint(Advice.TWICE, field, variant.text)
            elif start in starts:
                yield Hint(Advice.SAME_START, field, variant.text)
            if re.search(r"[\d€%$]", variant.text):
                yield Hint(Advice.DIGITS, field, variant.text)
            seen.add(variant.text)
            starts.add(start)
        if len(say) < enough:
            yield Hint(Advice.FEW, field)


def _about_the_whole(persona: Persona) -> Iterator[Hint]:
    if ObjectionKind.PRETEXT not in {entry.kind for entry in persona.objections.values()}:
        yield Hint(Advice.NO_PRETEXT, "objections")
    if persona.decision.winnable and max(persona.offer_fit.values()) < persona.decision.fit:
        yield Hint(Advice.OUT_OF_REACH, "offer_fit")


def _spoken(persona: Persona) -> Iterator[tuple[str, tuple[Variant, ...], int]]:
    for fact, entry in persona.facts.items():
        yield f"facts.{fact}.say", entry.say, _FEW_FACTS
    for objection, raised in persona.objections.items():
        if raised.kind is not ObjectionKind.NONE:
            yield f"objections.{objection}.say", raised.say, _FEW_OBJECTIONS
