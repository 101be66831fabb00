"""What trainees of different skill are advised, and whether the better sentence would count.

Run: PYTHONPATH=. .venv/bin/python benchmarks/advice.py
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from trainer.bootstrap import Desk, build_desk
from trainer.call import annotate
from trainer.core.acts import Speaker
from trainer.core.assessment import Advice
from trainer.core.rubric import Condition, Principle, Rubric
from trainer.core.turn import Recognizer, Turn
from trainer.scoring.assessor import assess
from trainer.scoring.checks import Outcome, run
from trainer.scoring.evidence import Talk
from trainer.scoring.moments import moment_of
from trainer.settings import Settings
from trainer.simulation.tournament import Fixture, play_one

RESULT = Path(__file__).parent / "results" / "2026-11-26-advice.md"
AGENTS = ("skilled", "average", "weak", "discount", "aimless", "pushy")
SEEDS = (1, 2)
SHOWN = 5


@dataclass
class Tally:
    """What came of the advice of one agent's calls."""

    calls: int = 0
    advised: Counter[str] = field(default_factory=Counter)
    counted: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Plays, scores, says every better sentence in its place, and writes the result file."""
    desk = build_desk(Settings())
    rubric = desk.catalog.rubric()
    tallies = {agent: Tally() for agent in AGENTS}
    for agent, turns in _calls(desk):
        _add(tallies[agent], turns, rubric, desk.recognizer)
    report = "\n".join(_lines(tallies)) + "\n"
    RESULT.write_text(report, encoding="utf-8")
    print(report)


def _calls(desk: Desk) -> Iterator[tuple[str, Sequence[Turn]]]:
    who = {"agent": Speaker.TRAINEE, "customer": Speaker.CUSTOMER}
    for agent in AGENTS:
        for persona in desk.catalog.personas:
            for seed in SEEDS:
                played = play_one(desk, Fixture(agent, persona, seed), keep_talk=True)
                lines = [(who[line.speaker], line.text) for line in played.transcript]
                yield agent, annotate(lines, desk.recognizer)


def _add(tally: Tally, turns: Sequence[Turn], rubric: Rubric, recognizer: Recognizer) -> None:
    tally.calls += 1
    talk = Talk(tuple(turns), rubric.confidence, rubric.segments_per_turn)
    checks = {c.id: c for p in Principle for c in rubric.principles[p].active}
    for advice in assess(turns, rubric, {}).advice:
        tally.advised[advice.check] += 1
        outcome = run(checks[advice.check], talk)
        tally.counted[advice.check] += _counts(advice, outcome, talk, recognizer)


def _counts(advice: Advice, outcome: Outcome, talk: Talk, recognizer: Recognizer) -> bool:
    """Says the better sentence in place of the turn it is about and looks at the check again.

    Whether something is settled is asked after the reply, and so behind the turn.
    """
    moment = moment_of(outcome, talk)
    if moment is None:
        return False
    after = Condition.AFTER_REPLY_TO_OBJECTION in outcome.check.conditions
    old = talk.turns[moment.turn].text
    text = f"{old} {advice.better}" if after else advice.better
    heard = talk.turns[moment.turn - 1].text if moment.turn else None
    segments = recognizer.label(text, speaker=Speaker.TRAINEE, context=heard)
    turns = list(talk.turns)
    turns[moment.turn] = Turn(Speaker.TRAINEE, text, segments)
    said = Talk(tuple(turns), talk.confidence, talk.segments_per_turn)
    then = run(outcome.check, said).count
    before, now = outcome.count.amount or 0, then.amount or 0
    if outcome.check.harmful:
        return now < before
    return now > before or any(item.turn == moment.turn for item in then.found)


def _lines(tallies: dict[str, Tally]) -> Iterator[str]:
    calls = sum(tally.calls for tally in tallies.values())
    advised = sum((tally.advised for tally in tallies.values()), Counter[str]())
    counted = sum((tally.counted for tally in tallies.values()), Counter[str]())
    yield "# The two points of a review: what is advised, and whether it would count"
    yield ""
    yield "Command: `PYTHONPATH=. python benchmarks/advice.py`."
    yield ""
    yield (
        f"{calls} calls of scripted agents with all customers, both sides' acts recognised from "
        f"the words. Every better sentence was said in place of the turn it is about and the call "
        f"looked at again: in {counted.total()} of {advised.total()} cases the sentence counts "
        "for its check (or the harm is gone). It says nothing about taste; ten reviews were read "
        "for that."
    )
    yield ""
    yield f"| agent | calls | most advised (of calls, the first {SHOWN}) |"
    yield "| --- | ---: | --- |"
    for agent, tally in tallies.items():
        top = ", ".join(f"{check} {n}" for check, n in tally.advised.most_common(SHOWN))
        yield f"| {agent} | {tally.calls} | {top} |"
    yield ""
    yield "| check | advised | would count |"
    yield "| --- | ---: | ---: |"
    for check, n in advised.most_common():
        yield f"| {check} | {n} | {counted[check]} |"


if __name__ == "__main__":
    main()
