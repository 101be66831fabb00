"""Calls in which something goes wrong at random points: nothing is lost, doubled or halved."""

from collections.abc import Callable

import pytest

from tests.faults.audit import damage
from tests.faults.trainee import DATABASE_FAULTS, KINDS, suffer
from trainer.bootstrap import Desk
from trainer.core.person import Role
from trainer.practice import Practice

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("turns", [400])
def test_whatever_breaks_wherever_every_turn_is_there_once_and_whole(
    url: str, desk: Desk, practice: Practice, mia: str, turns: int
) -> None:
    outcome = suffer(url, desk, turns=turns, seed=turns, rate=0.5)
    assert damage(practice, mia, outcome.calls) == []
    assert outcome.turns >= turns
    assert set(outcome.faults) == set(KINDS), "each kind took effect"
    assert outcome.deaths == outcome.faults["killed"] + outcome.faults["terminated"]
    assert sum(outcome.errors.values()) >= sum(outcome.faults[kind] for kind in DATABASE_FAULTS)


def test_the_audit_finds_what_it_is_there_for(
    sqlite_url: str, desk: Desk, opened: Callable[[str], Practice]
) -> None:
    practice = opened(sqlite_url)
    outcome = suffer(sqlite_url, desk, turns=20, seed=1, rate=0)
    someone = practice.people.ensure("Mia", Role.TRAINEE).id
    assert damage(practice, someone, outcome.calls) == []
    first = outcome.calls[0]
    with practice.calls.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE turns SET turn = json_set(turn, '$.text', 'Anders.') WHERE \"index\" = 2"
            f" AND call_id = '{first.call}'"
        )
        connection.exec_driver_sql(
            f"DELETE FROM turns WHERE \"index\" = 5 AND call_id = '{first.call}'"
        )
    problems = " ".join(damage(practice, someone, outcome.calls))
    for part in ("turns are missing", "take turns", "was shown as", "not whole", "kept is"):
        assert part in problems
