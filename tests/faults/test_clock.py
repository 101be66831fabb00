"""The machine's clock jumps in mid-call: order, state and score do not hang on it."""

from datetime import timedelta

import pytest

from tests.faults.clock import jump
from tests.faults.trainee import LINES
from trainer.practice import Practice


@pytest.mark.parametrize("hours", [-30, 1])
def test_a_call_goes_on_over_a_clock_that_jumps(
    practice: Practice, mia: str, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    persona = next(iter(practice.catalog.personas))
    steady, jumpy = (practice.start(mia, persona, seed=3) for _ in range(2))
    for at, line in enumerate(LINES[:5]):
        list(practice.say(mia, steady.id, line))
        with monkeypatch.context() as patch:
            jump(patch, timedelta(hours=hours if at % 2 else 0))
            list(practice.say(mia, jumpy.id, line))
    with monkeypatch.context() as patch:
        jump(patch, timedelta(hours=hours))
        ended = practice.hang_up(mia, jumpy.id)
    expected = practice.hang_up(mia, steady.id)
    assert [kept.turn for kept in ended.turns] == [kept.turn for kept in expected.turns]
    assert [kept.state for kept in ended.turns] == [kept.state for kept in expected.turns]
    assert ended.assessment == expected.assessment is not None
    assert {call.id for call in practice.own_calls(mia)} == {steady.id, jumpy.id}
    assert practice.unfinished(mia) is None
