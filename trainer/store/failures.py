"""The one place where errors of the database become `StoreError`.

SQLite names its errors by result code, PostgreSQL by SQLSTATE; a connection that never came about
has neither. Messages name the problem and the remedy, never the statement or its values: these
would carry the words of a call into a page or a log.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import (
    SQLITE_AUTH,
    SQLITE_BUSY,
    SQLITE_CANTOPEN,
    SQLITE_CORRUPT,
    SQLITE_FULL,
    SQLITE_IOERR,
    SQLITE_LOCKED,
    SQLITE_NOTADB,
    SQLITE_PERM,
    SQLITE_PROTOCOL,
    SQLITE_READONLY,
)
from sqlite3 import Error as SQLiteError

from psycopg import Error as PostgresError
from psycopg import OperationalError as PostgresOperationalError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from trainer.errors import StoreError, StoreProblem

_MESSAGES = {
    StoreProblem.READ_ONLY: "The database is read-only, so nothing was saved. Give the app write "
    "access to the database and its folder, then send it again.",
    StoreProblem.FULL: "There is no room left for the database, so nothing was saved. Free disk "
    "space, then send it again.",
    StoreProblem.LOCKED: "The database is busy with another write, so nothing was saved. Wait a "
    "moment and send it again.",
    StoreProblem.AWAY: "The database cannot be reached, so nothing was saved. Check that "
    "DATABASE_URL is right and that the server runs, or that the app may write to the folder, then "
    "send it again.",
    StoreProblem.REFUSED: "The database refuses access. Check user, password, rights and database "
    "name in DATABASE_URL.",
    StoreProblem.DAMAGED: "The database file is damaged or no database. Restore it from a backup "
    "or let DATABASE_URL name another file.",
    StoreProblem.SCHEMA: "The database has not the tables this version of the app works with. Run "
    "`python -m trainer db upgrade`, or install the version the database was made with.",
    StoreProblem.OTHER: "The database could not do this, so nothing was saved. The log of the app "
    "names the cause.",
}

_BY_SQLITE_CODE = {
    SQLITE_READONLY: StoreProblem.READ_ONLY,
    SQLITE_FULL: StoreProblem.FULL,
    SQLITE_BUSY: StoreProblem.LOCKED,
    SQLITE_LOCKED: StoreProblem.LOCKED,
    SQLITE_PROTOCOL: StoreProblem.LOCKED,
    SQLITE_CANTOPEN: StoreProblem.AWAY,
    SQLITE_IOERR: StoreProblem.AWAY,
    SQLITE_PERM: StoreProblem.REFUSED,
    SQLITE_AUTH: StoreProblem.REFUSED,
    SQLITE_CORRUPT: StoreProblem.DAMAGED,
    SQLITE_NOTADB: StoreProblem.DAMAGED,
}

# Longest prefix first: a whole SQLSTATE before its class.
_BY_SQLSTATE = {
    "25006": StoreProblem.READ_ONLY,
    "53100": StoreProblem.FULL,
    "55P03": StoreProblem.LOCKED,
    "42501": StoreProblem.REFUSED,
    "42P01": StoreProblem.SCHEMA,
    "42703": StoreProblem.SCHEMA,
    "57014": StoreProblem.LOCKED,
    "08": StoreProblem.AWAY,
    "28": StoreProblem.REFUSED,
    "3D": StoreProblem.REFUSED,
    "40": StoreProblem.LOCKED,
    "53": StoreProblem.AWAY,
    "57P": StoreProblem.AWAY,
    "58": StoreProblem.AWAY,
    "XX": StoreProblem.DAMAGED,
}


def store_error(problem: StoreProblem) -> StoreError:
    """Returns the error with the message that belongs to a problem."""
    return StoreError(_MESSAGES[problem], problem)


@contextmanager
def translated() -> Iterator[None]:
    """Turns whatever the database raises inside into a `StoreError` with its cause.

    Raises:
        StoreError: The database or its driver failed. Misuse of SQLAlchemy stays what it is: a
            mistake in this program, and nothing a person could act on.
    """
    try:
        yield
    except (DBAPIError, PoolTimeoutError) as error:
        raise store_error(problem_of(error)) from error


def problem_of(error: DBAPIError | PoolTimeoutError) -> StoreProblem:
    """Tells which problem stands behind an error."""
    if isinstance(error, PoolTimeoutError):
        return StoreProblem.LOCKED
    if isinstance(error.orig, SQLiteError):
        return _sqlite_problem(error.orig)
    if isinstance(error.orig, PostgresError):
        return _postgres_problem(error.orig)
    return StoreProblem.OTHER


def _sqlite_problem(error: SQLiteError) -> StoreProblem:
    if str(error).startswith(("no such table", "no such column")):
        return StoreProblem.SCHEMA
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return _BY_SQLITE_CODE.get(primary, StoreProblem.OTHER)


def _postgres_problem(error: PostgresError) -> StoreProblem:
    if error.sqlstate is None:
        # libpq gives no code for a connection that failed; its words are translated.
        lost = isinstance(error, PostgresOperationalError)
        return StoreProblem.AWAY if lost else StoreProblem.OTHER
    fitting = (found for code, found in _BY_SQLSTATE.items() if error.sqlstate.startswith(code))
    return next(fitting, StoreProblem.OTHER)
