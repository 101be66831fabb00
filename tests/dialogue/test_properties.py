"""Whatever is typed in whatever order: the customer keeps its rules."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.dialogue.builders import Talk
from tests.personas import make_persona
from trainer.core.acts import Speaker, TraineeAct
from trainer.core.plan import FACT_ASKED_BY, Ending, Fact
from trainer.core.turn import Segment, Turn
from trainer.dialogue.hearing import QUESTIONS
from trainer.dialogue.state import DialogueState

PERSONAS = [
    make_persona(difficulty=difficulty, temperament={"opts_out": opts_out, "candour": candour})
    for difficulty, opts_out, candour in (("easy", False, 0.9), ("medium", True, 0.4),
                                          ("hard", False, 0.1))
]  # fmt: skip

shares = st.floats(0.05, 1.0)
acts = st.dictionaries(st.sampled_from(list(TraineeAct)), shares, max_size=3)


@st.composite
def segments(draw: st.DrawFn) -> list[tuple[str, dict[TraineeAct, float]]]:
    texts = st.sampled_from(["Das ist so.", "Und warum?", "ok", "🙂", "Sind Sie ein Roboter?"])
    return draw(st.lists(st.tuples(texts | st.text(max_size=30), acts), max_size=5))


def as_turn(parts: list[tuple[str, dict[TraineeAct, float]]]) -> Turn:
    built, start = [], 0
    for text, labels in parts:
        if text:
            ranked = dict(sorted(labels.items(), key=lambda pair: -pair[1]))
            built.append(Segment(start, start + len(text), text, ranked))
        start += len(text) + 1
    return Turn(Speaker.TRAINEE, " ".join(text for text, _ in parts), tuple(built))


calls = st.lists(segments().map(as_turn), min_size=1, max_size=30)
keep = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@keep
@given(calls, st.sampled_from(PERSONAS), st.integers(0, 1000))
def test_values_stay_in_range_and_plans_in_size(turns: list[Turn], persona, seed: int) -> None:
    talk = Talk(persona, seed)
    for heard in turns:
        plan, state = talk.hear(heard), talk.state
        assert 1 <= len(plan.moves) <= 4
        assert all(0 <= share <= 1 for share in (state.trust, state.patience, state.irritation))


@keep
@given(calls, st.sampled_from(PERSONAS), st.integers(0, 1000))
def test_a_fact_is_voiced_once_and_only_when_asked_for(
    turns: list[Turn], persona, seed: int
) -> None:
    talk, out = Talk(persona, seed), set[Fact]()
    for heard in turns:
        plan = talk.hear(heard)
        asking = {act for segment in heard.segments for act in segment.acts}
        allowed = {FACT_ASKED_BY[act] for act in asking if act in FACT_ASKED_BY}
        # A question hardly understood asks for what matters most.
        if asking & {*QUESTIONS, TraineeAct.ISOLATE} or heard.text.rstrip().endswith("?"):
            allowed |= {Fact.REASON, Fact.ELABORATE}
        assert plan.facts <= allowed
        assert not (plan.facts - {Fact.RETURN_IF}) & out
        out |= plan.facts


@keep
@given(calls, st.sampled_from(PERSONAS), st.integers(0, 1000))
def test_an_ended_call_stays_as_it_ended(turns: list[Turn], persona, seed: int) -> None:
    talk, ended = Talk(persona, seed), None
    for heard in turns:
        before = talk.state
        talk.hear(heard)
        if ended is not None:
            assert talk.state == before
        ended = talk.state.ended
        assert talk.plan.ending == ended


@keep
@given(calls, st.sampled_from(PERSONAS), st.integers(0, 1000))
def test_same_seed_and_turns_give_the_same_plans(turns: list[Turn], persona, seed: int) -> None:
    first, second = Talk(persona, seed), Talk(persona, seed)
    assert [first.hear(t) for t in turns] == [second.hear(t) for t in turns]
    assert first.state == second.state


@keep
@given(calls, st.sampled_from(PERSONAS), st.integers(0, 1000))
def test_the_state_survives_the_store(turns: list[Turn], persona, seed: int) -> None:
    talk, adapter = Talk(persona, seed), TypeAdapter(DialogueState)
    for heard in turns:
        talk.hear(heard)
    assert adapter.validate_json(adapter.dump_json(talk.state)) == talk.state


@keep
@given(calls, st.sampled_from(PERSONAS), st.integers(0, 1000))
def test_nobody_is_won_within_four_turns_or_against_their_will(
    turns: list[Turn], persona, seed: int
) -> None:
    never = persona.decision.model_copy(update={"winnable": False})
    talk = Talk(persona.model_copy(update={"decision": never}), seed)
    early = Talk(persona, seed)
    for number, heard in enumerate(turns, start=1):
        talk.hear(heard)
        early.hear(heard)
        assert talk.state.verdict not in (Ending.ACCEPTED, Ending.NEXT_STEP)
        if number <= 4:
            assert early.state.verdict not in (Ending.ACCEPTED, Ending.NEXT_STEP)


@pytest.mark.parametrize("persona", PERSONAS)
def test_no_call_runs_over_sixty_turns(persona) -> None:
    talk = Talk(persona)
    talk.state = replace(talk.state, patience=1.0)
    for number in range(60):
        talk.say(TraineeAct.ASK_OPEN if number % 2 else TraineeAct.APPRECIATE)
        if talk.state.ended:
            return
    raise AssertionError("the customer never ended the call")
