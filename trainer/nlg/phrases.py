"""The phrase bank: every line a customer can say, read once when the app starts.

trainer/corpus/customer_*.jsonl   turns with context, style and mood
free.yaml                         which of their segments stand on their own
house.yaml, last_resort.yaml      short lines of our own
cues.yaml                         what is said to odd turns
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from trainer.core.acts import CustomerAct
from trainer.core.plan import Cue, Mood, Style
from trainer.nlg.closeness import Closeness, fit_closeness
from trainer.nlg.corpus import CORPUS, CustomerTurn, read_customer_turns
from trainer.nlg.incidental import examine, find_nouns
from trainer.nlg.phrase import Origin, Phrase
from trainer.nlg.topics import topics_of
from trainer.nlg.words import stem, tokens

_HERE = Path(__file__).parent
_ALL_MOODS = "alle"
_TITLED = re.compile(r"\b(?:Herrn?|Frau|Familie)\s+([A-ZÄÖÜ][\w-]+)")

Triggers = Mapping[str, Mapping[CustomerAct, frozenset[str]]]


class CueLine(BaseModel):
    """One line of `cues.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    mood: Mood | None = None
    style: Style | None = None
    text: str


class LastResort(BaseModel):
    """One family of `last_resort.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    acts: tuple[CustomerAct, ...]
    openers: tuple[str, ...]
    cores: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhraseBank:
    """All lines, indexed.

    Attributes:
        by_act: Segments of the corpus and lines of our own.
        turns: Whole corpus turns of two and more segments.
        cues: Lines for odd turns.
        last_resort: For each act the sentences left when all else was said.
        closeness: Compares with the agent lines of the corpus.
        vocabulary: Stems of the words that occur in the corpus without a title before them.
        nouns: Words of the corpus that stand with a capital inside a sentence.
        version: Changes with every line.
    """

    by_act: Mapping[CustomerAct, tuple[Phrase, ...]]
    turns: tuple[tuple[Phrase, ...], ...]
    cues: Mapping[Cue, tuple[Phrase, ...]]
    last_resort: Mapping[CustomerAct, tuple[str, ...]]
    closeness: Closeness
    vocabulary: frozenset[str]
    nouns: frozenset[str]
    version: str


def load_phrases(corpus: Path = CORPUS) -> PhraseBank:
    """Reads all lines and fits the comparison; takes about a second.

    Raises:
        ContentError: A corpus file breaks its schema.
    """
    turns = read_customer_turns(corpus)
    excluded = _read_excluded()
    nouns = find_nouns(segment.text for turn in turns for segment in turn.segments)
    triggers = _read_free()
    rows = [
        tuple(_phrases_of(turn, index, triggers, excluded, nouns))
        for index, turn in enumerate(turns)
    ]
    house = list(_house())
    by_act: dict[CustomerAct, list[Phrase]] = defaultdict(list)
    for phrase in [*(phrase for row in rows for phrase in row), *house]:
        for act in phrase.acts:
            by_act[act].append(phrase)
    return PhraseBank(
        by_act={act: tuple(by_act[act]) for act in CustomerAct},
        turns=tuple(row for row in rows if len(row) > 1),
        cues=_cues(),
        last_resort=_last_resort(),
        closeness=fit_closeness([turn.context for turn in turns]),
        vocabulary=_vocabulary(turns),
        nouns=nouns,
        version=_version(turns),
    )


def _phrases_of(
    turn: CustomerTurn,
    index: int,
    triggers: Triggers,
    excluded: Mapping[str, str],
    nouns: frozenset[str],
) -> Iterator[Phrase]:
    many = len(turn.segments) > 1
    for place, segment in enumerate(turn.segments, start=1):
        phrase_id = f"{turn.id}.{place}" if many else turn.id
        found = examine(segment.text, turn.context, nouns)
        yield Phrase(
            id=phrase_id,
            text=segment.text,
            acts=frozenset(segment.acts),
            mood=turn.mood,
            style=turn.style,
            origin=Origin.CORPUS,
            triggers=triggers.get(phrase_id, {}),
            context=index,
            incidentals=replace(found, forbidden=excluded.get(phrase_id, found.forbidden)),
            topics=topics_of(segment.text),
        )


def _read_excluded() -> Mapping[str, str]:
    content: dict[str, list[str]] = _read_yaml("excluded.yaml")
    return {phrase_id: reason for reason, ids in content.items() for phrase_id in ids}


def _read_free() -> Triggers:
    content: dict[str, dict[str, list[str]]] = _read_yaml("free.yaml")
    found: dict[str, dict[CustomerAct, set[str]]] = defaultdict(lambda: defaultdict(set))
    for act, by_trigger in content.items():
        for trigger, ids in by_trigger.items():
            for phrase_id in ids:
                found[phrase_id][CustomerAct(act)].add(trigger)
    return {
        phrase_id: {act: frozenset(names) for act, names in acts.items()}
        for phrase_id, acts in found.items()
    }


def _house() -> Iterator[Phrase]:
    content: dict[str, dict[str, list[dict[str, str]]]] = _read_yaml("house.yaml")
    lines = (
        (CustomerAct(act), trigger, mood, text)
        for act, by_trigger in content.items()
        for trigger, entries in by_trigger.items()
        for entry in entries
        for mood, text in entry.items()
    )
    for number, (act, trigger, mood, text) in enumerate(lines, start=1):
        yield Phrase(
            id=f"house-{number}",
            text=text,
            acts=frozenset({act}),
            mood=None if mood == _ALL_MOODS else Mood(mood),
            style=None,
            origin=Origin.HOUSE,
            triggers={act: frozenset({trigger})},
            topics=topics_of(text),
        )


def _cues() -> Mapping[Cue, tuple[Phrase, ...]]:
    content = TypeAdapter(dict[Cue, tuple[CueLine, ...]]).validate_python(_read_yaml("cues.yaml"))
    return {
        cue: tuple(
            Phrase(
                id=f"{cue}-{number}",
                text=line.text,
                acts=frozenset(),
                mood=line.mood,
                style=line.style,
                origin=Origin.CUE,
                triggers={},
            )
            for number, line in enumerate(lines, start=1)
        )
        for cue, lines in content.items()
    }


def _last_resort() -> Mapping[CustomerAct, tuple[str, ...]]:
    families = TypeAdapter(dict[str, LastResort]).validate_python(_read_yaml("last_resort.yaml"))
    return {
        act: tuple(f"{opener} {core}" for opener in family.openers for core in family.cores)
        for family in families.values()
        for act in family.acts
    }


def _vocabulary(turns: Sequence[CustomerTurn]) -> frozenset[str]:
    texts = [segment.text for turn in turns for segment in turn.segments]
    names = {name for text in texts for name in _TITLED.findall(text)}
    words = {word for text in texts for word in tokens(text)}
    return frozenset(map(stem, words - names))


def _read_yaml(name: str) -> Any:
    return yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))


def _version(turns: Sequence[CustomerTurn]) -> str:
    digest = hashlib.sha256()
    for path in sorted(_HERE.glob("*.yaml")):
        digest.update(path.read_bytes())
    for turn in turns:
        digest.update(turn.model_dump_json().encode())
    return f"phrases-{digest.hexdigest()[:12]}"
