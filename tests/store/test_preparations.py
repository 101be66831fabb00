"""Drafts become the preparation of the next call."""

from sqlalchemy import Engine

from tests.store.samples import start
from trainer.core.plan import Benefit
from trainer.core.preparation import Preparation
from trainer.store.calls import CallStore
from trainer.store.preparations import PreparationStore

PLAN = Preparation(benefits=(Benefit.GIFT,))


def test_a_draft_is_kept_for_one_person_and_one_customer(engine: Engine, mia: str) -> None:
    store = PreparationStore(engine)
    assert store.draft(mia, "frau_yilmaz") == Preparation()
    store.save_draft(mia, "frau_yilmaz", Preparation())
    store.save_draft(mia, "frau_yilmaz", PLAN)
    assert store.draft(mia, "frau_yilmaz") == PLAN
    assert store.draft(mia, "herr_anders") == Preparation()


def test_a_call_takes_the_draft_along_and_the_next_begins_empty(
    engine: Engine, calls: CallStore, mia: str
) -> None:
    store = PreparationStore(engine)
    store.save_draft(mia, "frau_yilmaz", PLAN)
    first, second = start(calls, mia).id, start(calls, mia).id
    store.attach(mia, "frau_yilmaz", first)
    store.attach(mia, "frau_yilmaz", second)
    assert store.of_call(first) == PLAN
    assert store.of_call(second) is None
    assert store.draft(mia, "frau_yilmaz") == Preparation()
