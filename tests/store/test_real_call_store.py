"""Real calls and second opinions in both databases."""

from dataclasses import replace

import pytest
from alembic import command
from sqlalchemy import Engine, inspect

from tests.store.samples import assessment, heard, said, start
from trainer.core.judgement import Answer, Asked, Exchange, Judgement, Sample, Verdict
from trainer.core.plan import Ending
from trainer.core.rubric import Principle
from trainer.errors import NotFoundError
from trainer.store.calls import CallFilter, CallStore
from trainer.store.judgements import JudgementStore
from trainer.store.real_calls import NewRealCall, RealCallStore
from trainer.store.schema import config, migrate

JUDGEMENT = Judgement(
    verdicts=(
        Verdict(
            check="opens",
            principle=Principle.LEAD,
            answer=Answer.NO,
            reason="Kam nicht vor.",
            votes={Answer.NO: 2},
        ),
    ),
    exchanges=(
        Exchange(
            principle=Principle.LEAD,
            asked=(Asked(role="user", content="„Ist das geschehen?“"),),
            samples=(Sample(seed=0, text="{}", problem="no valid JSON"),),
        ),
    ),
    versions={"model": "m"},
)


def new(person: str, fingerprint: str = "a" * 64) -> NewRealCall:
    return NewRealCall(
        person=person,
        author=person,
        title="Anruf – „Mai“",
        turns=[heard(0, "Guten Tag.").turn, said(1, "Ja bitte?").turn],
        assessment=assessment(),
        fingerprint=fingerprint,
    )


def test_a_real_call_comes_back_whole_and_is_told_from_a_practised_one(
    engine: Engine, mia: str
) -> None:
    calls, store = CallStore(engine), RealCallStore(engine)
    practised, call = start(calls, mia).id, store.add(new(mia))
    record = calls.get(call)
    assert record.real and not calls.get(practised).real
    assert (record.title, record.ending, record.persona) == ("Anruf – „Mai“", None, {})
    assert [turn.turn for turn in record.turns] == list(new(mia).turns)
    assert record.assessment == assessment() and record.submitted_at is not None
    assert [c.id for c in calls.list(CallFilter(real=True))] == [call]
    assert [c.id for c in calls.list(CallFilter(real=False))] == [practised]
    assert {c.id: c.real for c in calls.list(CallFilter())} == {call: True, practised: False}
    origin = store.origin(call)
    assert origin is not None and origin.author_name == "Mia"
    assert store.origin(practised) is None


def test_the_same_lines_are_found_again_among_the_teams_calls(engine: Engine, mia: str) -> None:
    store = RealCallStore(engine)
    call = store.add(new(mia))
    assert store.known("a" * 64, None) == call
    assert store.known("a" * 64, frozenset()) == call  # Mia has no team
    assert store.known("a" * 64, frozenset({"x"})) is None
    assert store.known("b" * 64, None) is None


def test_a_real_call_of_nobody_known_leaves_nothing(engine: Engine, mia: str) -> None:
    with pytest.raises(NotFoundError):
        RealCallStore(engine).add(replace(new(mia), person="nobody"))
    assert CallStore(engine).list(CallFilter()) == []


def test_a_judgement_comes_back_with_its_exchange_and_the_latest_counts(
    engine: Engine, mia: str
) -> None:
    calls, store = CallStore(engine), JudgementStore(engine)
    call, other, unjudged = (start(calls, mia).id for _ in range(3))
    store.save(call, mia, JUDGEMENT, differing=0, unscored=3)
    store.save(call, mia, JUDGEMENT, differing=2, unscored=0)
    store.save(other, mia, JUDGEMENT, differing=0, unscored=0)
    kept = store.get(call)
    assert kept is not None and kept.judgement == JUDGEMENT
    assert store.get(unjudged) is None
    assert [c.id for c in calls.list(CallFilter(differing=True))] == [call]
    assert [c.id for c in calls.list(CallFilter(differing=False))] == [other]
    assert {c.id: c.differing for c in calls.list(CallFilter())} == {
        call: 2, other: 0, unjudged: None
    }  # fmt: skip
    with pytest.raises(NotFoundError):
        store.save("nirgends", mia, JUDGEMENT, differing=0, unscored=0)


def test_taking_the_revision_back_removes_real_calls_and_leaves_practised_ones(
    engine: Engine, mia: str
) -> None:
    calls = CallStore(engine)
    call, practised = RealCallStore(engine).add(new(mia)), start(calls, mia).id
    calls.comment(call, author=mia, text="gut", turn=1)
    calls.finish(practised, Ending.ABANDONED)
    JudgementStore(engine).save(practised, mia, JUDGEMENT, differing=1, unscored=0)
    with engine.begin() as connection:
        command.downgrade(config(connection), "0008")
        command.downgrade(config(connection), "-1")
    assert "real_calls" not in inspect(engine).get_table_names()
    migrate(engine)
    assert [c.id for c in calls.list(CallFilter())] == [practised]
