"""The calls as examples: every customer segment of the corpus after what it answers."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any
from zlib import crc32

from trainer.core.acts import CustomerAct, Speaker
from trainer.core.plan import Fact, Mood, Style
from trainer.learn.corpus import examples_of, fact_act, questions, read, turn_text
from trainer.learn.speech.line import Line, common_stems, keywords
from trainer.nlg.phrase import Origin
from trainer.nlg.phrases import load_phrases
from trainer.nlg.request import Request, length_of

_BLOCK = 25
"""Neighbouring ids tell one story; they are held out together."""
_COMMON = 900
_HELD_OUT = 16


def call_lines(seed: int = 0) -> list[Line]:
    """Returns all customer lines of the corpus and the phrase bank with what asks for them."""
    rng = Random(seed)
    raw = [*_turns(), *_dialogues()]
    common = common_stems((line.text for line in raw), _COMMON)
    return [
        *(_noted(line, common, rng) for line in raw),
        *_facts(rng, raw),
        *_bank(),
    ]


def trainee_lines(seed: int = 0) -> list[Line]:
    """Returns all trainee lines of the corpus: German of the field that no customer says."""
    rng = Random(seed)
    examples = examples_of(Speaker.TRAINEE)
    common = common_stems((e.utterance.text for e in examples), _COMMON)
    lines = []
    for example in examples:
        said = example.utterance
        note = keywords(said.text, common, (said.context,), rng)
        request = Request(heard=said.context, notes=note, length=length_of(said.text))
        lines.append(Line(request, said.text, example.source))
    return lines


def held_out(line: Line) -> bool:
    """Tells whether a line's whole customer, call or block of ids is kept for evaluation."""
    return line.group != "bank" and crc32(line.group.encode()) % _HELD_OUT == 0


def _turns() -> Iterator[Line]:
    for pattern in ("customer_*.jsonl", "reply_*.jsonl"):
        for source, entry in read(pattern):
            heard = "" if entry["context"].startswith("(") else entry["context"]
            yield from _segments(
                entry["segments"],
                Request(
                    heard=heard,
                    mood=Mood(entry["mood"]) if "mood" in entry else None,
                    style=Style(entry["style"]) if "style" in entry else None,
                    industry=entry.get("industry", ""),
                ),
                f"{source}:{int(entry['id'].rpartition('-')[2]) // _BLOCK}",
            )


def _dialogues() -> Iterator[Line]:
    for source, entry in read("dialogues_*.jsonl"):
        heard = ""
        for turn in entry["turns"]:
            if turn["speaker"] == "customer":
                request = Request(
                    heard=heard,
                    mood=Mood(turn["mood"]),
                    style=Style(entry["customer"]["style"]),
                    industry=entry["industry"],
                )
                yield from _segments(turn["segments"], request, f"{source}:{entry['id']}")
            heard = turn_text(turn)


def _segments(segments: Sequence[Mapping[str, Any]], turn: Request, group: str) -> Iterator[Line]:
    said: list[str] = []
    for segment in segments:
        text = segment["text"]
        request = _with(turn, acts=segment["acts"], said=" ".join(said), text=text)
        if text[-1] in ".!?…":
            yield Line(request, text, group)
        said.append(text)


def _with(turn: Request, *, acts: Sequence[str], said: str, text: str, notes: str = "") -> Request:
    return Request(
        heard=turn.heard,
        acts=tuple(acts),
        notes=notes,
        said=said,
        mood=turn.mood,
        style=turn.style,
        length=length_of(text),
        industry=turn.industry,
    )


def _noted(line: Line, common: frozenset[str], rng: Random) -> Line:
    asked = line.request
    note = keywords(line.text, common, (asked.heard, asked.said), rng)
    request = _with(asked, acts=asked.acts, said=asked.said, text=line.text, notes=note)
    return Line(request, line.text, line.group)


def _facts(rng: Random, raw: Sequence[Line]) -> Iterator[Line]:
    """Yields spoken facts and objections, each after something that brings it out."""
    asked = questions()
    before: dict[str, list[str]] = {}
    for line in raw:
        for act in line.request.acts:
            before.setdefault(act, []).append(line.request.heard)
    for source, entry in read("facts_*.jsonl"):
        group = f"{source}:{entry['id']}"
        style, industry = Style(entry["style"]), entry["industry"]
        for name, fact in entry["facts"].items():
            given = fact_act(Fact(name), fact["note"])
            for variant in fact["say"] if given else ():
                heard = rng.choice(asked[Fact(name)])
                yield _spoken(heard, given, fact["note"], variant, style, industry, group)
        for name, objection in entry["objections"].items():
            raised = CustomerAct(f"object_{name}")
            for variant in objection["say"]:
                heard = rng.choice(before[raised])
                yield _spoken(heard, raised, objection["note"], variant, style, industry, group)


def _spoken(
    heard: str,
    act: CustomerAct | None,
    note: str,
    variant: Mapping[str, str],
    style: Style,
    industry: str,
    group: str,
) -> Line:
    turn = Request(heard=heard, mood=Mood(variant["mood"]), style=style, industry=industry)
    acts = (act,) if act else ()
    return Line(
        _with(turn, acts=acts, said="", text=variant["text"], notes=note), variant["text"], group
    )


def _bank() -> Iterator[Line]:
    """Yields the bank's own lines; they need no fact and no context."""
    for act, phrases in load_phrases().by_act.items():
        for phrase in phrases:
            if phrase.origin is Origin.HOUSE and "{" not in phrase.text:
                turn = Request(mood=phrase.mood)
                yield Line(_with(turn, acts=(act,), said="", text=phrase.text), phrase.text, "bank")
