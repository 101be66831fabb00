"""A person's calls in figures."""

from sqlalchemy import Engine

from tests.store.samples import assessment, start
from trainer.core.assessment import CheckResult, ObjectionStory, Quote
from trainer.core.person import Role
from trainer.core.plan import Ending, Objection
from trainer.core.rubric import Principle
from trainer.store.calls import CallStore
from trainer.store.people import PeopleStore
from trainer.store.results import ResultStore

QUOTE = Quote(turn=0, start=0, end=4, text="Zeit")


def scored(calls: CallStore, person: str, ending: Ending) -> str:
    stories = (
        ObjectionStory(objection=Objection.TIME, raised=(QUOTE,), answered=QUOTE),
        ObjectionStory(objection=Objection.COST, raised=(QUOTE,)),
    )
    call = start(calls, person).id
    calls.finish(call, ending)
    calls.save_assessment(call, assessment().model_copy(update={"objections": stories}))
    return call


def test_ended_calls_come_oldest_first_with_points_checks_and_objections(
    engine: Engine, calls: CallStore, mia: str
) -> None:
    won, lost = scored(calls, mia, Ending.ACCEPTED), scored(calls, mia, Ending.HUNG_UP)
    start(calls, mia)
    scored(calls, PeopleStore(engine).ensure("Ben", Role.TRAINEE).id, Ending.ACCEPTED)
    found = ResultStore(engine).of(mia)
    assert [(result.call_id, result.won) for result in found] == [(won, True), (lost, False)]
    assert found[0].points[Principle.LEAD] == 61.5
    assert found[0].points[Principle.CLOSE] is None
    assert found[0].checks == {"opens": CheckResult.MET}
    assert found[0].objections == {Objection.TIME: True, Objection.COST: False}


def test_a_call_that_was_not_scored_has_no_points(
    engine: Engine, calls: CallStore, mia: str
) -> None:
    calls.finish(start(calls, mia).id, Ending.ABANDONED)
    (found,) = ResultStore(engine).of(mia)
    assert (found.total, found.passed, dict(found.points)) == (None, False, {})


def test_only_the_latest_are_read(engine: Engine, calls: CallStore, mia: str) -> None:
    for _ in range(3):
        latest = scored(calls, mia, Ending.DECLINED)
    (found,) = ResultStore(engine).of(mia, latest=1)
    assert found.call_id == latest
