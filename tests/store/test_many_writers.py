"""A hundred threads of one process write to one SQLite file: nobody is left waiting."""

import threading
import time

import pytest

from tests.store.samples import said, start
from trainer.core.person import Role
from trainer.errors import StoreError
from trainer.store import engine as engine_module
from trainer.store import session
from trainer.store.calls import CallStore
from trainer.store.engine import open_engine
from trainer.store.people import PeopleStore

WRITERS, TURNS = 100, 5


def test_all_get_their_turn_although_sqlites_own_wait_is_short(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_WAIT_S", 0.05)
    engine = open_engine(sqlite_url)
    calls = CallStore(engine)
    mia = PeopleStore(engine).ensure("Mia", Role.TRAINEE).id
    mine = [start(calls, mia).id for _ in range(WRITERS)]
    refused: list[StoreError] = []

    def write(call: str) -> None:
        try:
            for index in range(TURNS):
                calls.put_turn(call, said(index, "Ja bitte?"))
        except StoreError as error:
            refused.append(error)

    writers = [threading.Thread(target=write, args=(call,)) for call in mine]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert refused == []
    assert {len(calls.get(call).turns) for call in mine} == {TURNS}
    engine.dispose()


def test_whoever_waits_too_long_is_told_so(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_QUEUE_S", 0.1)
    engine = open_engine(sqlite_url)
    people = PeopleStore(engine)
    with session.writing(engine):
        began = time.monotonic()
        found: list[str] = []

        def write() -> None:
            try:
                people.ensure("Mia", Role.TRAINEE)
            except StoreError as error:
                found.append(error.problem)

        writer = threading.Thread(target=write)
        writer.start()
        writer.join(5)
        assert found == ["locked"] and time.monotonic() - began < 5
    assert people.ensure("Mia", Role.TRAINEE).name == "Mia"
    engine.dispose()
