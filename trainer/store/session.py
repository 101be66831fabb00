"""Transactions: one `with` block is one transaction, wholly kept or wholly not."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from trainer.errors import StoreProblem
from trainer.store.failures import store_error, translated

_BEGIN = "sqlite_begin"
_QUEUE_S = 30.0
"""How long a thread waits for those before it."""


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Opens a session that sees one state of the database and changes nothing.

    Raises:
        StoreError: The database cannot be read.
    """
    with translated(), Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Opens a session whose changes are committed together when the block ends.

    Raises:
        StoreError: Nothing of the block was kept.
    """
    with _in_turn(engine), translated(), Session(for_writing(engine)) as session, session.begin():
        yield session


@contextmanager
def _in_turn(engine: Engine) -> Iterator[None]:
    """Lets the threads of this process write to a SQLite file one after the other.

    SQLite itself lets those who wait look again now and then, and whoever looks in the right moment
    goes first: of a hundred, some would wait until their time is over.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    lock = _lock_of(str(engine.url.database))
    if not lock.acquire(timeout=_QUEUE_S):
        raise store_error(StoreProblem.LOCKED)
    try:
        yield
    finally:
        lock.release()


@cache
def _lock_of(file: str) -> Lock:
    return Lock()


def for_writing(engine: Engine) -> Engine:
    """Returns the engine with transactions that take SQLite's write lock at once.

    A transaction that reads first and asks for the lock later fails without waiting when another
    one wrote in between.
    """
    return engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})


def begin_sqlite(connection: Connection) -> None:
    """Starts SQLite's transaction; the driver itself would begin only at the first change."""
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))
