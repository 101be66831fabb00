"""Scripted agents of four skills play every customer on acts alone, with recognition noise.

Run: PYTHONPATH=. .venv/bin/python benchmarks/customer.py
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pandas as pd

from trainer.catalog import load_catalog
from trainer.core.dialogue import (
    BENEFIT_OF_OFFER,
    GUIDE_QUESTIONS,
    HARMFUL,
    OFFERS,
    WON,
    Ending,
    Segment,
    Speaker,
    TraineeAct,
    Turn,
)
from trainer.core.persona import Persona
from trainer.dialogue.policy import decide, open_call
from trainer.dialogue.state import DialogueState, initial_state
from trainer.dialogue.tracker import update
from trainer.settings import Settings

A = TraineeAct
RESULT = Path(__file__).parent / "results" / "2026-11-25-customer.md"
SEEDS = 30
NOISE = 0.15
LAST_TURN = 60
OFFER_OF = {benefit: act for act, benefit in BENEFIT_OF_OFFER.items()}
FULL_OPENING = (A.GREET, A.INTRODUCE, A.STATE_REASON, A.ASK_PERMISSION)


@dataclass
class Agent:
    """What an agent has done so far; `state` is read for what the customer just said only."""

    persona: Persona
    rng: Random
    asked: list[TraineeAct] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    def once(self, name: str) -> bool:
        """Whether this is the first time for something."""
        self.done[name] += 1
        return self.done[name] == 1

    def next_question(self, limit: int) -> TraineeAct | None:
        """Returns the next of the guide's questions, up to a number of them."""
        left = [question for question in GUIDE_QUESTIONS[:-1] if question not in self.asked]
        if len(self.asked) >= limit or not left:
            return None
        self.asked.append(left[0])
        return left[0]

    def benefit(self, *, knowing: float) -> TraineeAct:
        """Returns an offer; with a chance of `knowing` the one that fits best."""
        fits = self.persona.offer_fit
        if self.rng.random() < knowing:
            return OFFER_OF[max(fits, key=lambda benefit: fits[benefit])]
        return self.rng.choice(OFFERS)


Skill = Callable[[Agent, DialogueState], tuple[TraineeAct, ...]]


def skilled(agent: Agent, state: DialogueState) -> tuple[TraineeAct, ...]:
    """Opens fully, asks one by one, looks behind objections, offers what fits, asks, confirms."""
    if state.verdict in WON:
        return (A.CONFIRM_TERMS,) if agent.once("terms") else (A.APPRECIATE, A.FAREWELL)
    if state.verdict is not None:
        return (A.RESPECT_OPTOUT, A.APPRECIATE, A.FAREWELL)
    if agent.once("opening"):
        return FULL_OPENING
    return _react(agent, state) or _analyse(agent) or _close(agent, state)


def _react(agent: Agent, state: DialogueState) -> tuple[TraineeAct, ...]:
    if "ask_who" in state.last_acts:
        return (A.INTRODUCE, A.STATE_REASON)
    if state.topic is not None and f"object_{state.topic}" in state.last_acts:
        if agent.once(f"isolate {state.topic}"):
            return (A.ACKNOWLEDGE, A.ISOLATE)
        return (A.ACKNOWLEDGE, A(f"answer_{state.topic}"), A.CHECK_RESOLVED)
    if {"complain", "challenge"} & set(state.last_acts):
        return (A.ACCEPT_CRITICISM, A.APOLOGIZE, agent.next_question(6) or A.ISOLATE)
    return ()


def _analyse(agent: Agent) -> tuple[TraineeAct, ...]:
    if A.ASK_REASON in agent.asked and agent.once("dig"):
        return (A.ACKNOWLEDGE, A.PROBE)
    question = agent.next_question(6)
    if question is not None:
        return (A.ACKNOWLEDGE if agent.asked[1:] else A.SET_AGENDA, question)
    if agent.once("summary"):
        return (A.SUMMARIZE,)
    return (A.ASK_RETURN_IF,) if agent.once("return") else ()


def _close(agent: Agent, state: DialogueState) -> tuple[TraineeAct, ...]:
    if agent.once("first offer") or agent.once("second offer"):
        return (agent.benefit(knowing=0.7), A.BENEFIT)
    if "ask_details" in state.last_acts or "ask_price" in state.last_acts:
        return (A.INFORM, A.BENEFIT, A.ASK_COMMITMENT)
    agent.done["ask"] += 1
    return (A.ASK_COMMITMENT,) if agent.done["ask"] <= 4 else (A.APPRECIATE, A.FAREWELL)


def average(agent: Agent, state: DialogueState) -> tuple[TraineeAct, ...]:
    """Opens decently, asks three questions, answers objections but seldom looks behind them."""
    if state.verdict is not None:
        return (A.APPRECIATE, A.FAREWELL)
    if agent.once("opening"):
        return (A.GREET, A.INTRODUCE, A.STATE_REASON)
    if "ask_who" in state.last_acts:
        return (A.INTRODUCE, A.STATE_REASON)
    if any(act.startswith("object_") for act in state.last_acts) and state.topic is not None:
        if agent.rng.random() < 0.25:
            return (A.ACKNOWLEDGE, A.ISOLATE)
        understanding = (A.ACKNOWLEDGE,) if agent.rng.random() < 0.6 else ()
        check = (A.CHECK_RESOLVED,) if agent.rng.random() < 0.3 else ()
        return (*understanding, A(f"answer_{state.topic}"), *check)
    if "complain" in state.last_acts:
        return (A.APOLOGIZE,)
    question = agent.next_question(4)
    if question is not None:
        return (A.ACKNOWLEDGE, question) if agent.rng.random() < 0.4 else (question,)
    if agent.done["offer"] < 2 and not agent.done.update(["offer"]):
        return (agent.benefit(knowing=0.4), *((A.BENEFIT,) if agent.rng.random() < 0.5 else ()))
    if agent.done["ask"] < 3 and not agent.done.update(["ask"]):
        return (A.ASK_COMMITMENT,)
    return (A.FAREWELL,)


def weak(agent: Agent, state: DialogueState) -> tuple[TraineeAct, ...]:
    """Pitches at once, throws discounts, now and then contradicts or presses."""
    if state.verdict is not None:
        return (A.FAREWELL,)
    if agent.once("opening"):
        return (A.GREET, A.INTRODUCE, A.OFFER_DISCOUNT)
    if agent.rng.random() < 0.2:
        return (agent.rng.choice((A.CONTRADICT, A.PRESSURE, A.BLAME)),)
    if any(act.startswith("object_") for act in state.last_acts):
        return (agent.rng.choice((A.OFFER_DISCOUNT, A.ANSWER_COST, A.ASK_COMMITMENT)),)
    pool = (A.ASK_CLOSED, A.OFFER_GIFT, A.OFFER_DISCOUNT, A.ASK_COMMITMENT, A.INFORM, A.ASK_REASON)
    return (agent.rng.choice(pool),) if agent.done.total() < 12 else (A.VAGUE_CLOSE,)


def stuffer(agent: Agent, state: DialogueState) -> tuple[TraineeAct, ...]:
    """Says everything that is good in every turn."""
    return tuple(act for act in A if act not in (*HARMFUL, A.FAREWELL, A.VAGUE_CLOSE, A.OTHER))


AGENTS: dict[str, Skill] = {
    "skilled": skilled, "average": average, "weak": weak, "stuffer": stuffer
}  # fmt: skip


def spoken(acts: tuple[TraineeAct, ...], rng: Random) -> Turn:
    """Returns a turn with one segment an act; some acts are recognised wrongly."""
    segments, start, words = [], 0, "so ist das gemeint."
    for act in acts:
        heard = rng.choice(list(A)) if rng.random() < NOISE and act not in HARMFUL else act
        heard = A.OTHER if heard in HARMFUL and act not in HARMFUL else heard
        segments.append(Segment(start, start + len(words), words, {heard: rng.uniform(0.6, 0.98)}))
        start += len(words) + 1
    return Turn(Speaker.TRAINEE, " ".join([words] * len(acts)), tuple(segments))


def play(skill: str, persona: Persona, seed: int) -> dict[str, object]:
    """Plays one call and returns what came of it."""
    state = initial_state(persona, Random(f"{persona.id}/{seed}/0"))
    _, state = open_call(state, persona, Random(seed))
    agent, rng, decided_at = Agent(persona, Random(f"{skill}/{seed}")), Random(seed), None
    for number in range(1, LAST_TURN + 1):
        turn = spoken(AGENTS[skill](agent, state), rng)
        heard = update(state, turn, persona)
        _, state = decide(heard, turn, persona, Random(f"{persona.id}/{seed}/{number}"))
        decided_at = decided_at or (number if state.verdict in WON else None)
        if state.ended is not None:
            break
    stories = [story for story in state.objections.values() if story.raised]
    return {
        "skill": skill,
        "persona": persona.id,
        "difficulty": persona.difficulty.value,
        "won": state.ended in WON,
        "ending": (state.ended or Ending.ABANDONED).value,
        "turns": state.turns,
        "decided at": decided_at,
        "raised": len(stories),
        "settled": sum(story.settled or story.dropped for story in stories),
        "returned": sum(story.returned for story in stories),
        "facts": len(state.facts_out),
        "trust": state.trust,
    }


def measure() -> str:
    """Plays everything and returns the figures as Markdown."""
    settings = Settings()
    personas = load_catalog(settings.personas, settings.rubrics).personas.values()
    calls = pd.DataFrame(
        [play(skill, p, seed) for skill in AGENTS for p in personas for seed in range(SEEDS)]
    )
    by_difficulty = calls.pivot_table(
        index="skill", columns="difficulty", values="won", aggfunc="mean", margins=True
    ).loc[[*AGENTS], ["easy", "medium", "hard", "All"]]
    by_persona = calls.pivot_table(index="persona", columns="skill", values="won")[[*AGENTS]]
    endings = pd.crosstab(calls["skill"], calls["ending"]).loc[[*AGENTS]]
    figures = ["turns", "raised", "settled", "returned", "facts", "trust"]
    means = calls.groupby("skill")[figures].mean().loc[[*AGENTS]]
    long = calls[calls["turns"] >= 8]
    return "\n".join(
        (
            "# The customer against scripted agents",
            "",
            f"{datetime.now(UTC):%Y-%m-%d}, 2 cores; {len(calls)} calls: every persona, {SEEDS}",
            f"seeds, acts given at {NOISE:.0%} recognition noise;",
            "`PYTHONPATH=. .venv/bin/python benchmarks/customer.py`",
            "",
            "## Share of calls won",
            "",
            _table(by_difficulty.map("{:.0%}".format)),
            "",
            _table(by_persona.map("{:.0%}".format)),
            "",
            "## Endings",
            "",
            _table(endings),
            "",
            "## Means",
            "",
            _table(means.map("{:.2f}".format)),
            "",
            f"Earliest win: decided in agent turn {calls['decided at'].min():.0f}.",
            f"Two kinds of objection in calls of eight turns: {(long['raised'] >= 2).mean():.1%}.",
            "",
        )
    )  # fmt: skip


def _table(frame: pd.DataFrame) -> str:
    rows = [[str(frame.index.name or ""), *map(str, frame.columns)], ["---"] * (frame.shape[1] + 1)]
    rows += [
        [str(name), *map(str, row)] for name, row in zip(frame.index, frame.values, strict=True)
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    report = measure()
    RESULT.write_text(report, encoding="utf-8")
    print(report)
