"""Opening the database: SQLite file or PostgreSQL, always at the newest schema."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from trainer.errors import SettingsError, StoreProblem
from trainer.store.columns import dump_json
from trainer.store.failures import store_error
from trainer.store.schema import migrate
from trainer.store.session import begin_sqlite

_WAIT_S = 10
"""How long a transaction waits for another one's lock, and a connection for the server."""
_AGAIN_S = 0.02
_PRIMARY = 0xFF
"""The part of SQLite's result codes that says what went wrong, without the details."""
_LOST_NETWORK = {
    "tcp_user_timeout": 15_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
"""Gives up a server that is out of reach after some 25 s; the system's own limit is two hours."""


def open_engine(url: str) -> Engine:
    """Opens a database and migrates it where it is behind.

    Several processes may do so at once. The caller disposes of the engine.

    Args:
        url: `sqlite:///file.db` (made with its folder where missing) or `postgresql://…`.

    Raises:
        SettingsError: The URL names no database this app works with.
        StoreError: The database cannot be opened or migrated.
    """
    engine = _engine(parse(url))
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def upgrade(url: str) -> None:
    """Creates a database or brings it to the newest schema; see `open_engine`."""
    open_engine(url).dispose()


@contextmanager
def open_unchanged(url: URL) -> Iterator[Engine]:
    """Opens a database as it is, for a look at it; disposes of the engine."""
    engine = _engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def parse(url: str) -> URL:
    """Returns a URL with the driver this app uses.

    Raises:
        SettingsError: It names no database this app works with.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingsError(
            "setting DATABASE_URL: is no database URL; write sqlite:///folder/file.db or "
            "postgresql://user:password@host/database"
        ) from error
    backend = parsed.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise SettingsError(f"setting DATABASE_URL: {backend!r} is neither sqlite nor postgresql")
    if parsed.database in (None, "", ":memory:"):
        raise SettingsError(
            "setting DATABASE_URL: a database in memory would lose all calls; name a file, as in "
            "sqlite:///var/wiederhoeren.db"
        )
    return parsed.set(drivername="sqlite")


def _engine(url: URL) -> Engine:
    common: dict[str, Any] = {"json_serializer": dump_json, "hide_parameters": True}
    if url.get_backend_name() == "sqlite":
        _make_folder(url)
        engine = create_engine(url, connect_args={"timeout": _WAIT_S}, **common)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", begin_sqlite)
        return engine
    options = f"-c lock_timeout={_WAIT_S}s"
    return create_engine(
        url,
        connect_args={"connect_timeout": _WAIT_S, "options": options, **_LOST_NETWORK},
        pool_pre_ping=True,
        **common,
    )


def _make_folder(url: URL) -> None:
    # A URI (`file:…?mode=ro`) names a file that is there already.
    if url.database is None or url.database.startswith("file:"):
        return
    try:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise store_error(StoreProblem.AWAY) from error


def _set_up_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin in `begin_sqlite` and nowhere else
    connection.execute("PRAGMA foreign_keys = ON")
    _keep_a_log_ahead(connection)


def _keep_a_log_ahead(connection: sqlite3.Connection) -> None:
    """Lets readers and a writer work side by side; a property of the file from then on.

    Two who turn it on at once in a new file would wait for each other, so SQLite refuses one of
    them without any waiting.
    """
    deadline = monotonic() + _WAIT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            refused = error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_BUSY
            if not refused or monotonic() > deadline:
                raise
            sleep(_AGAIN_S)
        else:
            return
