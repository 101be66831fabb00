"""Reads the corpus: every hand-labelled segment as an example with its surroundings."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer.core.acts import CustomerAct, Speaker
from trainer.core.plan import FACT_ASKED_BY, Fact
from trainer.nlu.features import Utterance
from trainer.nlu.recognizer import utterances_of

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SPEAKERS = {"agent": Speaker.TRAINEE, "customer": Speaker.CUSTOMER}
"""What the corpus files call the two people."""

_STAGE_DIRECTION = re.compile(r"^\(.*\)$")
_RETURN = {
    "ja": CustomerAct.RETURN_YES,
    "vielleicht": CustomerAct.RETURN_MAYBE,
    "nein": CustomerAct.RETURN_NO,
}
_FACT_ACT: Mapping[Fact, CustomerAct] = {
    fact: CustomerAct.ELABORATE if fact is Fact.ELABORATE else CustomerAct(f"give_{name}")
    for fact, name in {
        **{fact: fact.value for fact in Fact},
        Fact.TOP_GRADE: "for_top_grade",
    }.items()
    if fact is not Fact.RETURN_IF
}


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled segment.

    Attributes:
        utterance: The segment with its surroundings.
        acts: Its labels.
        source: The corpus file without its ending.
        group: The entry of the file; segments of one call or customer share it.
    """

    utterance: Utterance
    acts: tuple[str, ...]
    source: str
    group: str


def read(pattern: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields file stem and entry for every line of the corpus files that match a pattern."""
    for path in sorted(CORPUS.glob(pattern)):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield path.stem, json.loads(line)


def examples_of(speaker: Speaker) -> list[Example]:
    """Returns all labelled segments of one speaker, in the order of the files."""
    if speaker is Speaker.TRAINEE:
        return [*_single_turns("agent"), *_dialogues("agent")]
    return [
        *_single_turns("customer"),
        *_single_turns("reply"),
        *_dialogues("customer"),
        *_facts(),
    ]


def _single_turns(name: str) -> Iterator[Example]:
    for source, entry in read(f"{name}_*.jsonl"):
        context = "" if _STAGE_DIRECTION.match(entry["context"]) else entry["context"]
        yield from _turn(entry["segments"], context, source, entry["id"])


def _dialogues(name: str) -> Iterator[Example]:
    for source, entry in read("dialogues_*.jsonl"):
        context = ""
        for turn in entry["turns"]:
            if turn["speaker"] == name:
                yield from _turn(turn["segments"], context, source, entry["id"])
            context = turn_text(turn)


def turn_text(turn: Mapping[str, Any]) -> str:
    """Returns the words of a turn as they would be typed: its segments joined by a blank."""
    return " ".join(segment["text"] for segment in turn["segments"])


def _turn(
    segments: Sequence[Mapping[str, Any]], context: str, source: str, group: str
) -> Iterator[Example]:
    pieces = [segment["text"] for segment in segments]
    for segment, utterance in zip(segments, utterances_of(pieces, context=context), strict=True):
        yield Example(utterance, tuple(segment["acts"]), source, group)


def _facts() -> Iterator[Example]:
    """Yields what customers say about their leaving, each after a question that asks for it."""
    asked_by = questions()
    for source, entry in read("facts_*.jsonl"):
        for place, (name, fact) in enumerate(entry["facts"].items()):
            asked = asked_by[Fact(name)]
            act = fact_act(Fact(name), fact["note"])
            for variant, line in enumerate(fact["say"]):
                if act is not None:
                    context = asked[(int(entry["id"][3:]) * 7 + place + variant) % len(asked)]
                    yield Example(Utterance(line["text"], context), (act,), source, entry["id"])
        for name, objection in entry["objections"].items():
            for line in objection["say"]:
                yield Example(Utterance(line["text"]), (f"object_{name}",), source, entry["id"])


def fact_act(fact: Fact, note: str) -> CustomerAct | None:
    """Returns the act of saying a fact; None where a note on returning begins with no verdict."""
    return _FACT_ACT.get(fact) or _RETURN.get(re.split(r"\W", note.lower(), maxsplit=1)[0])


def questions() -> dict[Fact, list[str]]:
    """Returns the corpus' own wordings of the question that brings out each fact."""
    found: dict[Fact, list[str]] = {fact: [] for fact in Fact}
    for example in _single_turns("agent"):
        if len(example.acts) == 1 and example.acts[0] in FACT_ASKED_BY:
            found[FACT_ASKED_BY[example.acts[0]]].append(example.utterance.text)  # type: ignore[index]
    return found
