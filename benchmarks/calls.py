"""The 42 rated calls of the corpus with gold acts, and with acts recognised out of fold."""

from collections.abc import Mapping

from trainer.core.rubric import Principle
from trainer.core.turn import Segment, Turn
from trainer.learn.corpus import SPEAKERS, read, turn_text
from trainer.learn.crossfit import CrossFit

Calls = Mapping[str, tuple[Turn, ...]]


def gold_calls() -> dict[str, tuple[Turn, ...]]:
    """Returns the calls with the annotators' acts, each with probability 1."""
    return {
        entry["id"]: tuple(_gold_turn(turn) for turn in entry["turns"])
        for _, entry in read("dialogues_*.jsonl")
    }


def median_levels() -> dict[str, dict[Principle, int]]:
    """Returns the median of three blind raters by call and principle."""
    return {
        entry["id"]: {Principle(name): level for name, level in entry["median"].items()}
        for _, entry in read("ratings.jsonl")
    }


def recognised_calls() -> dict[str, tuple[Turn, ...]]:
    """Returns the calls with acts by recognisers that had not seen them (about four minutes)."""
    found = {call.id: call.turns for call in CrossFit.of_corpus().calls()}
    return {call: found[call] for call in gold_calls()}


def _gold_turn(turn: Mapping[str, object]) -> Turn:
    segments, start = [], 0
    for segment in turn["segments"]:  # type: ignore[attr-defined]
        text = segment["text"]
        acts = dict.fromkeys(segment["acts"], 1.0)
        segments.append(Segment(start, start + len(text), text, acts))
        start += len(text) + 1
    return Turn(SPEAKERS[str(turn["speaker"])], turn_text(turn), tuple(segments))
