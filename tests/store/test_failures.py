import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from tests.postgres import Server
from tests.store.samples import heard, start
from trainer.core.person import Role
from trainer.core.plan import Ending
from trainer.errors import StoreError, StoreProblem
from trainer.store import engine as engine_module
from trainer.store.calls import CallFilter, CallStore
from trainer.store.engine import open_engine
from trainer.store.failures import problem_of, store_error, translated
from trainer.store.people import PeopleStore


@pytest.fixture
def short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_WAIT_S", 1)


@pytest.fixture
def read_only_url(url: str, postgres_server: Server, tmp_path: Path) -> Iterator[str]:
    """The database of `url`, reachable for reading only."""
    if url.startswith("sqlite"):
        yield f"sqlite:///file:{tmp_path / 'calls.db'}?mode=ro&uri=true"
        return
    name = url.split("@/")[1].split("?")[0]
    postgres_server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    yield url


def test_a_read_only_database_can_be_read_and_says_what_to_do_when_written(
    calls: CallStore, mia: str, request: pytest.FixtureRequest
) -> None:
    made = start(calls, mia)
    engine = open_engine(request.getfixturevalue("read_only_url"))
    try:
        frozen = CallStore(engine)
        assert frozen.get(made.id) == made
        for write in (
            lambda: frozen.put_turn(made.id, heard(0, "Hallo")),
            lambda: frozen.finish(made.id, Ending.ABANDONED),
            lambda: start(frozen, mia),
            lambda: PeopleStore(engine).ensure("Jan", Role.TRAINEE),
        ):
            with pytest.raises(StoreError, match="read-only.*write access") as caught:
                write()
            assert caught.value.problem is StoreProblem.READ_ONLY
            assert isinstance(caught.value.__cause__, DBAPIError)
    finally:
        engine.dispose()
    assert calls.get(made.id) == made


def test_a_read_only_database_that_is_not_there_yet_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        open_engine(f"sqlite:///file:{tmp_path / 'calls.db'}?mode=ro&uri=true")


def test_a_full_database_keeps_the_turn_wholly_or_not_at_all(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    try:
        calls = CallStore(engine)
        call = start(calls, PeopleStore(engine).ensure("Mia", Role.TRAINEE).id).id
        calls.put_turn(call, heard(0, "passt noch"))
        before = calls.get(call)
        with engine.connect() as connection:  # the pool has this one connection
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(StoreError, match="no room left.*Free disk space") as caught:
            calls.put_turn(call, heard(1, "zu lang " * 20_000))
        assert caught.value.problem is StoreProblem.FULL
        assert calls.get(call) == before
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        calls.put_turn(call, heard(1, "zu lang " * 20_000))
        assert len(calls.get(call).turns) == 2
    finally:
        engine.dispose()


def test_a_call_somebody_else_is_writing_says_wait(
    short_wait: None, url: str, request: pytest.FixtureRequest
) -> None:
    calls = request.getfixturevalue("calls")
    call = start(calls, request.getfixturevalue("mia")).id
    other = open_engine(url)
    held, done = Event(), Event()

    def hold() -> None:
        with other.begin() as connection:
            connection.execute(text("UPDATE calls SET seed = seed"))
            held.set()
            done.wait(20)

    holder = Thread(target=hold)
    holder.start()
    try:
        assert held.wait(10)
        with pytest.raises(StoreError, match="busy") as caught:
            calls.put_turn(call, heard(0, "Hallo"))
        assert caught.value.problem is StoreProblem.LOCKED
        assert calls.get(call).turns == ()  # readers are not kept waiting
    finally:
        done.set()
        holder.join()
        other.dispose()
    calls.put_turn(call, heard(0, "Hallo"))
    assert len(calls.get(call).turns) == 1


def cut_connections(engine: Engine, server: Server) -> None:
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        f" WHERE datname = '{engine.url.database}'"
    )


@pytest.mark.postgres
def test_a_server_that_comes_back_is_used_again(postgres_url: str, postgres_server: Server) -> None:
    engine = open_engine(postgres_url)
    try:
        calls = CallStore(engine)
        made = start(calls, PeopleStore(engine).ensure("Mia", Role.TRAINEE).id)
        cut_connections(engine, postgres_server)
        assert calls.get(made.id) == made
    finally:
        engine.dispose()


@pytest.mark.postgres
def test_a_server_that_dies_during_a_write_keeps_nothing_of_it(
    postgres_url: str, postgres_server: Server
) -> None:
    engine = open_engine(postgres_url)
    try:
        calls = CallStore(engine)
        call = start(calls, PeopleStore(engine).ensure("Mia", Role.TRAINEE).id)

        def cut_and_look_at_the_clock() -> datetime:
            cut_connections(engine, postgres_server)
            return call.started_at

        # The clock is read inside the transaction, after the row was locked.
        with pytest.raises(StoreError, match="cannot be reached") as caught:
            CallStore(engine, now=cut_and_look_at_the_clock).finish(call.id, Ending.ABANDONED)
        assert caught.value.problem is StoreProblem.AWAY
        assert calls.get(call.id) == call
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("sqlstate", "problem"),
    [
        ("25006", StoreProblem.READ_ONLY),
        ("53100", StoreProblem.FULL),
        ("53300", StoreProblem.AWAY),
        ("55P03", StoreProblem.LOCKED),
        ("40P01", StoreProblem.LOCKED),
        ("40001", StoreProblem.LOCKED),
        ("57P01", StoreProblem.AWAY),
        ("57014", StoreProblem.LOCKED),
        ("08006", StoreProblem.AWAY),
        ("28P01", StoreProblem.REFUSED),
        ("3D000", StoreProblem.REFUSED),
        ("42501", StoreProblem.REFUSED),
        ("42P01", StoreProblem.SCHEMA),
        ("XX001", StoreProblem.DAMAGED),
        ("22021", StoreProblem.OTHER),
    ],
)
def test_a_state_of_postgres_names_its_problem(sqlstate: str, problem: StoreProblem) -> None:
    error = psycopg.errors.lookup(sqlstate)("…")
    assert problem_of(OperationalError("", {}, error)) is problem


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (sqlite3.SQLITE_READONLY, StoreProblem.READ_ONLY),
        (sqlite3.SQLITE_READONLY_DIRECTORY, StoreProblem.READ_ONLY),
        (sqlite3.SQLITE_FULL, StoreProblem.FULL),
        (sqlite3.SQLITE_BUSY, StoreProblem.LOCKED),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreProblem.LOCKED),
        (sqlite3.SQLITE_LOCKED, StoreProblem.LOCKED),
        (sqlite3.SQLITE_CANTOPEN, StoreProblem.AWAY),
        (sqlite3.SQLITE_IOERR_WRITE, StoreProblem.AWAY),
        (sqlite3.SQLITE_PERM, StoreProblem.REFUSED),
        (sqlite3.SQLITE_CORRUPT, StoreProblem.DAMAGED),
        (sqlite3.SQLITE_NOTADB, StoreProblem.DAMAGED),
        (sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY, StoreProblem.OTHER),
    ],
)
def test_a_code_of_sqlite_names_its_problem(code: int, problem: StoreProblem) -> None:
    error = sqlite3.OperationalError("…")
    error.sqlite_errorcode = code
    assert problem_of(OperationalError("", {}, error)) is problem


@pytest.mark.parametrize("problem", list(StoreProblem))
def test_every_problem_has_a_message_that_says_what_to_do(problem: StoreProblem) -> None:
    error = store_error(problem)
    assert error.problem is problem
    assert str(error).count(". ") >= 1, "one sentence for what happened, one for what to do"


def test_no_connection_left_means_wait_and_misuse_stays_a_mistake() -> None:
    with pytest.raises(StoreError, match="busy"), translated():
        raise PoolTimeoutError
    with pytest.raises(ArgumentError), translated():
        raise ArgumentError


def test_missing_tables_say_how_to_make_them(engine: Engine, calls: CallStore) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE comments"))
    with pytest.raises(StoreError, match="db upgrade") as caught:
        calls.list(CallFilter())
    assert caught.value.problem is StoreProblem.SCHEMA
