from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from tests.store.samples import heard, said, start
from trainer.core.plan import Ending
from trainer.core.text import Localized
from trainer.errors import NotFoundError, RetryError
from trainer.store.attempts import AttemptRecord, AttemptStore
from trainer.store.calls import CallStore
from trainer.store.session import writing
from trainer.store.tables import AttemptRow, CallRow, HintRow, TurnRow

LINES = (said(0, "Ja?"), heard(1, "Guten Tag."), said(2, "Wer spricht?"), heard(3, "Ich."))


@pytest.fixture
def attempts(engine: Engine) -> AttemptStore:
    return AttemptStore(engine, lambda: datetime.now(UTC) + timedelta(hours=1))


@pytest.fixture
def call(calls: CallStore, mia: str) -> str:
    made = start(calls, mia)
    for line in LINES:
        calls.put_turn(made.id, line)
    calls.finish(made.id, Ending.ABANDONED)
    return made.id


def test_an_attempt_shares_all_before_its_turn_and_leaves_the_first_as_it_was(
    attempts: AttemptStore, calls: CallStore, call: str
) -> None:
    before = calls.get(call)
    child = calls.get(attempts.branch(call, 3, versions={"recognizer": "r2"}))
    assert child.turns == LINES[:3]
    assert (child.seed, child.persona, child.person) == (
        before.seed,
        before.persona,
        before.person,
    )
    assert child.versions == {"recognizer": "r2"}
    assert child.ended_at is None and child.assessment is None and child.submitted_at is None
    assert attempts.get(child.id) == AttemptRecord(child.id, call, 3)
    assert calls.get(call) == before


@pytest.mark.parametrize("turn", [0, 2, 4, 5, -1])
def test_an_attempt_begins_only_after_the_customer_spoke(
    attempts: AttemptStore, call: str, turn: int
) -> None:
    with pytest.raises(RetryError):
        attempts.branch(call, turn, versions={})
    assert len(attempts.family(call)) == 1


def test_a_family_has_parents_siblings_and_grandchildren(
    attempts: AttemptStore, calls: CallStore, call: str, mia: str
) -> None:
    stranger = start(calls, mia).id
    first, second = (attempts.branch(call, turn, versions={}) for turn in (1, 3))
    third = attempts.branch(second, 1, versions={})
    for member in (call, first, third):
        assert {one.call for one in attempts.family(member)} == {call, first, second, third}
    assert attempts.family(call)[0].call == call
    assert [one.call for one in attempts.family(stranger)] == [stranger]
    assert set(attempts.retries(mia)) == {first, second, third}


def test_notes_and_exam_stay_with_the_call(attempts: AttemptStore, call: str) -> None:
    assert attempts.get(call) == AttemptRecord(call)
    attempts.note(call, "ruft $5 zurück\x00")
    attempts.mark_exam(call)
    attempts.note(call, "fragt nach Ü")
    assert attempts.get(call) == AttemptRecord(call, exam=True, notes="fragt nach Ü")
    with pytest.raises(NotFoundError):
        attempts.note("nobody", "x")


def test_hints_are_counted_in_order(attempts: AttemptStore, call: str) -> None:
    for number in range(3):
        text = Localized(de=f"Tipp {number}", en="hint")
        attempts.add_hint(call, turn=1, check="lead.reason", text=text)
    assert [hint.text.de for hint in attempts.hints(call)] == ["Tipp 0", "Tipp 1", "Tipp 2"]


def test_an_unspoken_attempt_is_found_until_something_is_said(
    attempts: AttemptStore, calls: CallStore, call: str
) -> None:
    child = attempts.branch(call, 3, versions={})
    assert attempts.unspoken(call, 3) == child and attempts.unspoken(call, 1) is None
    calls.put_turn(child, heard(3, "Anders."))
    assert attempts.unspoken(call, 3) is None


def test_a_call_that_goes_takes_everything_about_it_along(
    attempts: AttemptStore, calls: CallStore, engine: Engine, call: str
) -> None:
    child = attempts.branch(call, 3, versions={})
    attempts.add_hint(child, turn=3, check="c", text=Localized(de="d", en="e"))
    attempts.drop(child)
    with writing(engine) as session:
        for table in (TurnRow, HintRow, AttemptRow):
            left = select(func.count()).select_from(table).where(table.call_id == child)
            assert session.scalar(left) == 0
        assert session.get(CallRow, call) is not None
