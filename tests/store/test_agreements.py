"""What coaches said beside what the program said, on both databases."""

import pytest
from sqlalchemy import Engine

from tests.store.samples import assessment, heard, start, submit
from trainer.core.person import Role
from trainer.core.plan import Ending
from trainer.store.agreements import AgreementStore, Said
from trainer.store.calls import CallStore
from trainer.store.coaching import CoachingStore, NewCorrection
from trainer.store.people import PeopleStore


@pytest.fixture
def ina(engine: Engine) -> str:
    return PeopleStore(engine).ensure("Ina", Role.COACH).id


def scored(calls: CallStore, person: str) -> str:
    """A call whose program's result is level 3 for all but `close`, and `opens` met."""
    made = start(calls, person)
    calls.put_turn(made.id, heard(0, "Guten Tag."))
    calls.finish(made.id, Ending.ABANDONED)
    calls.save_assessment(made.id, assessment())
    submit(calls, made.id)
    return made.id


def says(subject: str, coach: str, *, automatic: str = "3", blind: bool = False) -> NewCorrection:
    return NewCorrection(subject=subject, automatic=automatic, coach=coach, reason="", blind=blind)


def test_a_finished_review_confirms_what_was_left_alone(
    engine: Engine, calls: CallStore, mia: str, ina: str
) -> None:
    call, coaching = scored(calls, mia), CoachingStore(engine)
    coaching.correct(call, ina, [says("lead", "2")], version=0)
    coaching.correct(call, ina, [says("lead", "4")], version=1)
    assert AgreementStore(engine).finished() == []
    coaching.finish(call, ina, version=2, finished=True)
    assert set(AgreementStore(engine).finished()) == {
        Said(call, "lead", "3", "4"),
        Said(call, "needs", "3", "3"),
        Said(call, "objections", "3", "3"),
        Said(call, "opens", "met", "met"),
    }


def test_an_unscored_principle_counts_once_a_coach_has_scored_it(
    engine: Engine, calls: CallStore, mia: str, ina: str
) -> None:
    call, coaching = scored(calls, mia), CoachingStore(engine)
    coaching.correct(call, ina, [says("close", "2")], version=0)
    coaching.finish(call, ina, version=1, finished=True)
    assert Said(call, "close", None, "2") in AgreementStore(engine).finished()


def test_of_blind_levels_each_coachs_first_word_counts(
    engine: Engine, calls: CallStore, mia: str, ina: str
) -> None:
    otto = PeopleStore(engine).ensure("Otto", Role.COACH).id
    call, coaching = scored(calls, mia), CoachingStore(engine)
    coaching.correct(call, ina, [says("lead", "2", blind=True)], version=0)
    coaching.correct(call, ina, [says("lead", "3", blind=True)], version=1)
    coaching.correct(call, otto, [says("lead", "5", blind=True)], version=2)
    coaching.correct(call, otto, [says("needs", "5")], version=3)
    assert set(AgreementStore(engine).blind()) == {
        Said(call, "lead", "3", "2"),
        Said(call, "lead", "3", "5"),
    }
