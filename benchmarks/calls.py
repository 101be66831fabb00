"""The 42 rated calls of the corpus with gold acts, and with acts recognised out of fold."""

import json
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

from trainer.core.dialogue import Segment, Speaker, Turn
from trainer.core.rubric import Principle
from trainer.learn.corpus import SPEAKERS, examples_of, read, turn_text
from trainer.learn.fit import FOLDS, fit
from trainer.nlu.recognizer import ActRecognizer

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


def recognised_calls(labels: Path) -> dict[str, tuple[Turn, ...]]:
    """Returns the calls with acts by recognisers that had not seen them.

    Args:
        labels: Where the labels are kept; made anew where there is no such file (minutes).
    """
    if not labels.exists():
        found = _label_out_of_fold()
        lines = (json.dumps(_call_json(i, turns), ensure_ascii=False) for i, turns in found)
        labels.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    entries = map(json.loads, labels.read_text(encoding="utf-8").splitlines())
    found = {entry["id"]: tuple(map(_turn, entry["turns"])) for entry in entries}
    return {call: found[call] for call in gold_calls()}


def _label_out_of_fold() -> list[tuple[str, tuple[Turn, ...]]]:
    calls = gold_calls()
    examples = {speaker: examples_of(speaker) for speaker in Speaker}
    found: dict[str, tuple[Turn, ...]] = {}
    for fold in range(FOLDS):
        held_out = {call for call in calls if crc32(call.encode()) % FOLDS == fold}
        models = {
            speaker: fit([item for item in examples[speaker] if item.group not in held_out])
            for speaker in Speaker
        }
        recognizer = ActRecognizer(f"fold-{fold}", models)
        found |= {call: _label(calls[call], recognizer) for call in held_out}
    return [(call, found[call]) for call in calls]


def _label(turns: tuple[Turn, ...], recognizer: ActRecognizer) -> tuple[Turn, ...]:
    contexts = [None, *(turn.text for turn in turns)]
    return tuple(
        Turn(
            turn.speaker,
            turn.text,
            recognizer.label(turn.text, speaker=turn.speaker, context=context),
        )
        for turn, context in zip(turns, contexts, strict=False)
    )


def _gold_turn(turn: Mapping[str, object]) -> Turn:
    segments, start = [], 0
    for segment in turn["segments"]:  # type: ignore[attr-defined]
        text = segment["text"]
        acts = dict.fromkeys(segment["acts"], 1.0)
        segments.append(Segment(start, start + len(text), text, acts))
        start += len(text) + 1
    return Turn(SPEAKERS[str(turn["speaker"])], turn_text(turn), tuple(segments))


def _call_json(call: str, turns: tuple[Turn, ...]) -> dict[str, object]:
    return {
        "id": call,
        "turns": [
            {
                "speaker": turn.speaker,
                "text": turn.text,
                "segments": [
                    {"start": segment.start, "end": segment.end, "acts": _plain(segment.acts)}
                    for segment in turn.segments
                ],
            }
            for turn in turns
        ],
    }


def _plain(acts: Mapping[str, float]) -> dict[str, float]:
    return {str(act): float(probability) for act, probability in acts.items()}


def _turn(turn: Mapping[str, object]) -> Turn:
    text = str(turn["text"])
    segments = tuple(
        Segment(s["start"], s["end"], text[s["start"] : s["end"]], s["acts"])
        for s in turn["segments"]  # type: ignore[attr-defined]
    )
    return Turn(Speaker(turn["speaker"]), text, segments)
