"""Measures the phrase bank over random plans: latency, variety, and where the words come from.

    python benchmarks/phrases.py --calls 40 --turns 25

The trainee's lines are those of the corpus dialogues, labelled by the shipped recogniser; the
plans are drawn at random, so variety and sources are a harder test than real calls.
"""

import argparse
import json
import platform
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter

from trainer.catalog import load_catalog
from trainer.core.acts import CustomerAct, Speaker
from trainer.core.persona import ObjectionKind, Persona
from trainer.core.plan import FACT_ASKED_BY, Fact, Length, Mood, Move, Objection, TurnPlan
from trainer.core.turn import Turn
from trainer.nlg.brief import Brief
from trainer.nlg.phrases import PhraseBank, load_phrases
from trainer.nlg.voice import voice
from trainer.nlg.words import normalize
from trainer.nlu.recognizer import load_recognizer
from trainer.settings import PROJECT, Settings

_RESULTS = Path(__file__).parent / "results"
_FACTS = dict(
    zip(
        [act for act in CustomerAct if act.startswith("give_")],
        [fact for fact in FACT_ASKED_BY.values() if fact not in (Fact.RETURN_IF, Fact.ELABORATE)],
        strict=True,
    )
)
_UNFIT = (CustomerAct.PICK_UP, CustomerAct.HANG_UP, CustomerAct.FAREWELL, CustomerAct.OTHER)


@dataclass
class Figures:
    """What was measured."""

    latencies_ms: list[float] = field(default_factory=list)
    sources: Counter[str] = field(default_factory=Counter)
    words: list[list[str]] = field(default_factory=list)
    repeated: int = 0

    def table(self) -> str:
        """Returns the figures as Markdown lines."""
        moves = sum(self.sources.values())
        lines = [
            f"- latency of one turn: p50 {self._percentile(50):.1f} ms, "
            f"p95 {self._percentile(95):.1f} ms, max {max(self.latencies_ms):.1f} ms "
            f"({len(self.latencies_ms)} turns)",
            f"- distinct-1 {self._distinct(1):.3f}, distinct-2 {self._distinct(2):.3f}",
            f"- lines said twice in a call: {self.repeated} of {moves}",
            *(f"- {name}: {n / moves:.1%}" for name, n in self.sources.most_common()),
        ]
        return "\n".join(lines)

    def _percentile(self, percent: int) -> float:
        ordered = sorted(self.latencies_ms)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]

    def _distinct(self, size: int) -> float:
        grams = [
            tuple(line[at : at + size]) for line in self.words for at in range(len(line) - size + 1)
        ]
        return len(set(grams)) / len(grams)


def main() -> None:
    """Runs the calls, prints the figures and keeps them in `benchmarks/results/`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=40)
    parser.add_argument("--turns", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    today = datetime.now(UTC).date()
    bank = load_phrases()
    said = list(_trainee_turns())
    personas = list(load_catalog(PROJECT / "personas", PROJECT / "rubrics").personas.values())
    figures = Figures()
    for call in range(options.calls):
        rng = Random(f"{options.seed}/{call}")
        _play(personas[call % len(personas)], said, bank, rng, figures, turns=options.turns)
    command = f"python benchmarks/phrases.py --calls {options.calls} --turns {options.turns}"
    head = f"# Phrase bank, {today}\n\n`{command} --seed {options.seed}`, 2 cores, Python "
    report = f"{head}{platform.python_version()}, {bank.version}\n\n{figures.table()}\n"
    print(report)
    (_RESULTS / f"{today}-phrases.md").write_text(report, encoding="utf-8")


def _play(
    persona: Persona,
    said: list[Turn],
    bank: PhraseBank,
    rng: Random,
    figures: Figures,
    *,
    turns: int,
) -> None:
    talk: list[Turn] = []
    heard: set[str] = set()
    for _ in range(turns):
        talk.append(rng.choice(said))
        brief = Brief(persona, _plan(persona, rng), tuple(talk), rng)
        began = perf_counter()
        lines = voice(brief, bank)
        figures.latencies_ms.append((perf_counter() - began) * 1000)
        for line in lines:
            name = "corpus, whole turn" if line.whole_turn else line.origin.value
            figures.sources[name] += 1
            figures.repeated += normalize(line.text) in heard
            heard.add(normalize(line.text))
        text = " ".join(line.text for line in lines)
        figures.words.append(normalize(text).split())
        talk.append(Turn(Speaker.CUSTOMER, text, ()))


def _plan(persona: Persona, rng: Random) -> TurnPlan:
    acts = [act for act in CustomerAct if act not in _UNFIT]
    moves = tuple(_move(rng.choice(acts), persona) for _ in range(rng.choice((1, 1, 2, 2, 3))))
    return TurnPlan(moves, rng.choice(list(Mood)), rng.choice(list(Length)))


def _move(act: CustomerAct, persona: Persona) -> Move:
    if act.startswith("return_"):
        return Move(act, fact=Fact.RETURN_IF)
    if act is CustomerAct.ELABORATE:
        return Move(act, fact=Fact.ELABORATE)
    objection = next((o for o in Objection if act == f"object_{o}"), None)
    if objection and persona.objections[objection].kind is ObjectionKind.NONE:
        return Move(CustomerAct.CHALLENGE)
    return Move(act, fact=_FACTS.get(act), objection=objection)


def _trainee_turns() -> Iterator[Turn]:
    recognizer = load_recognizer(Settings().recognizer)
    for path in sorted((PROJECT / "trainer" / "corpus").glob("dialogues_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for turn in json.loads(line)["turns"]:
                if turn["speaker"] == "agent":
                    text = " ".join(segment["text"] for segment in turn["segments"])
                    segments = recognizer.label(text, speaker=Speaker.TRAINEE)
                    yield Turn(Speaker.TRAINEE, text, segments)


if __name__ == "__main__":
    main()
