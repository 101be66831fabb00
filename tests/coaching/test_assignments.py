from datetime import UTC, datetime, timedelta

import pytest

from tests.access import Company
from trainer.assignments import standing
from trainer.errors import ConflictError, InputError, NotFoundError
from trainer.store.assignments import Assignment, Attempt, NewAssignment

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def attempt(persona: str, total: float | None, *, ended: bool = True, person: str = "p") -> Attempt:
    return Attempt("a", person, "c", persona, NOON, NOON if ended else None, total)


def stand(*attempts: Attempt, **what: object):
    new = NewAssignment(**{"title": "x", "personas": ("one", "two"), "attempts": 2} | what)
    return standing(Assignment("a", "c", "Ina", NOON, None, new), "p", "Mia", attempts, now=NOON)


def test_every_customer_must_reach_the_mark_in_one_call() -> None:
    task = stand(attempt("one", 50), attempt("one", 60), attempt("two", 59), pass_mark=60)
    first, second = task.customers
    assert (first.best, first.done, first.left) == (60, True, 0)
    assert (second.best, second.done, second.left) == (59, False, 1)
    assert not task.done


def test_without_a_mark_a_call_to_its_end_is_enough() -> None:
    assert not stand(attempt("one", None), attempt("two", None, ended=False)).done
    assert stand(attempt("one", None), attempt("two", 3)).done


def test_calls_of_others_count_for_them() -> None:
    assert stand(attempt("one", 99, person="q")).customers[0].attempts == 0


@pytest.mark.parametrize(("due", "overdue"), [(NOON - timedelta(1), True), (NOON, False)])
def test_what_is_not_done_by_its_date_is_overdue(due: datetime, overdue: bool) -> None:
    assert stand(due_at=due).overdue is overdue
    assert not stand(attempt("one", 9), attempt("two", 9), due_at=due).overdue


def test_a_team_is_set_practice_does_it_and_the_coach_sees_how_far(there: Company) -> None:
    ina, mia = there.actors["ina"], there.actors["mia"]
    identity = there.assignments.set(ina, there.assignment(attempts=2))
    (task,) = there.assignments.reminders(mia)
    assert task.assignment.author_name == "Ina" and not task.done
    call = there.assignments.begin(mia, identity, task.customers[0].persona_id)
    there.practice.hang_up(mia.person, call.id)
    assert there.assignments.reminders(mia) == []
    (overview,) = there.assignments.overview(ina)
    assert {one.name: one.done for one in overview.tasks} == {"Mia": True, "Ben": False}
    with pytest.raises(NotFoundError):
        there.coaching.look(ina, call.id)
    assert there.assignments.of_call(mia, call.id).id == identity
    assert there.assignments.of_call(mia, there.private) is None


def test_attempts_run_out(there: Company) -> None:
    mia = there.actors["mia"]
    new = there.assignment(attempts=1)
    identity = there.assignments.set(there.actors["ina"], new)
    there.assignments.begin(mia, identity, new.personas[0])
    with pytest.raises(ConflictError):
        there.assignments.begin(mia, identity, new.personas[0])
    with pytest.raises(ConflictError):  # a second tab that was faster
        there.assignments.store.link(identity, there.private, most=1)


def test_after_the_date_no_call_counts_any_more(there: Company) -> None:
    new = there.assignment(due_at=datetime.now(UTC) - timedelta(hours=1))
    identity = there.assignments.set(there.actors["ina"], new)
    with pytest.raises(ConflictError):
        there.assignments.begin(there.actors["mia"], identity, new.personas[0])
    assert there.assignments.mine(there.actors["mia"])[0].overdue


def test_what_was_withdrawn_is_gone_for_everybody(there: Company) -> None:
    ina, mia = there.actors["ina"], there.actors["mia"]
    identity = there.assignments.set(ina, there.assignment())
    there.assignments.withdraw(ina, identity)
    assert there.assignments.mine(mia) == [] and there.assignments.overview(ina) == []
    with pytest.raises(NotFoundError):
        there.assignments.begin(mia, identity, there.assignment().personas[0])


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [({"title": " "}, "title"), ({"title": "x" * 201}, "title"), ({"personas": ()}, "personas"),
     ({"attempts": 0}, "attempts"), ({"attempts": 51}, "attempts"), ({"pass_mark": 0}, "pass_mark"),
     ({"pass_mark": 101}, "pass_mark"), ({"teams": ()}, "whom")],
)  # fmt: skip
def test_an_assignment_needs_all_its_parts(
    there: Company, wrong: dict[str, object], problem: str
) -> None:
    with pytest.raises(InputError) as caught:
        there.assignments.set(there.actors["ina"], there.assignment(**wrong))
    assert caught.value.problem == problem


def test_only_people_and_customers_who_are_there_can_be_meant(there: Company) -> None:
    ina, jan, otto = (there.actors[name] for name in ("ina", "jan", "otto"))
    (south,) = otto.teams or ()
    people = [{"people": (person,)} for person in (jan.person, ina.person, "x")]
    for wrong in [*people, {"teams": (south,)}, {"personas": ("niemand",)}, {"rubric": "keine"}]:
        with pytest.raises(NotFoundError):
            there.assignments.set(ina, there.assignment(**wrong))
