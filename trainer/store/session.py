"""Transactions: one `with` block is one transaction, wholly kept or wholly not."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from trainer.store.failures import translated

_BEGIN = "sqlite_begin"


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
    with translated(), Session(for_writing(engine)) as session, session.begin():
        yield session


def for_writing(engine: Engine) -> Engine:
    """Returns the engine with transactions that take SQLite's write lock at once.

    A transaction that reads first and asks for the lock later fails without waiting when another
    one wrote in between.
    """
    return engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})


def begin_sqlite(connection: Connection) -> None:
    """Starts SQLite's transaction; the driver itself would begin only at the first change."""
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))
