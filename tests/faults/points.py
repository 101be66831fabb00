"""Breaks a turn at one chosen point: before or after any statement, commit or piece of speech."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from sqlite3 import SQLITE_BUSY, SQLITE_FULL, SQLITE_IOERR, OperationalError
from typing import Any

import psycopg
from sqlalchemy import Engine

from trainer.errors import LLMError
from trainer.llm.base import Material, Message, Sampling


class Place(StrEnum):
    """Where a turn can be broken."""

    STATEMENT = "statement"
    COMMIT = "commit"
    SPEECH = "speech"


EVERYWHERE = frozenset(Place)
DATABASE = frozenset({Place.STATEMENT, Place.COMMIT})


@dataclass
class Points:
    """Counts the points that a process passes, and acts at one of them.

    Attributes:
        hit: Whether the act has been done.
    """

    hit: bool = False
    _left: int = 0
    _places: Collection[Place] = EVERYWHERE
    _act: Callable[[], None] | None = None

    def arm(self, at: int, act: Callable[[], None], places: Collection[Place] = EVERYWHERE) -> None:
        """Does `act` when the `at`-th point from now on is passed; counted from 1."""
        self.hit, self._left, self._act, self._places = False, at, act, places

    def disarm(self) -> None:
        """Lets nothing more go wrong."""
        self.hit, self._act = False, None

    def reach(self, place: Place) -> None:
        """Passes a point."""
        if self._act is None or place not in self._places:
            return
        self._left -= 1
        if self._left == 0:
            act, self._act, self.hit = self._act, None, True
            act()

    def watch(self, engine: Engine) -> None:
        """Makes points of everything an engine sends: before and after it."""
        dialect = engine.dialect
        for name in ("do_execute", "do_execute_no_params", "do_executemany"):
            setattr(dialect, name, self._between(getattr(dialect, name), Place.STATEMENT))
        dialect.do_commit = self._between(dialect.do_commit, Place.COMMIT)

    def _between(self, send: Callable[..., Any], place: Place) -> Callable[..., Any]:
        def sending(*arguments: Any, **options: Any) -> Any:
            self.reach(place)
            answer = send(*arguments, **options)
            self.reach(place)
            return answer

        return sending


class Breaking:
    """A language model that passes a point with each word; what it says is always refused."""

    name, compact = "breaking", False

    def __init__(self, points: Points) -> None:
        self._points = points

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        for word in ("Ich", " bin", " ein", " Sprachmodell."):
            self._points.reach(Place.SPEECH)
            yield word

    def draft(self, messages: Sequence[Message], sampling: Sampling, material: Material) -> str:
        raise AssertionError("a model that is asked for streams was asked for a draft")


def break_model() -> None:
    raise LLMError("the server broke off in the middle")


def full(engine: Engine) -> None:
    """Raises what the driver raises when the disk is full."""
    if engine.dialect.name == "postgresql":
        raise psycopg.errors.DiskFull("could not extend file: No space left on device")
    raise _sqlite("database or disk is full", SQLITE_FULL)


def busy(engine: Engine) -> None:
    """Raises what the driver raises when another writer kept the lock too long."""
    if engine.dialect.name == "postgresql":
        raise psycopg.errors.LockNotAvailable("canceling statement due to lock timeout")
    raise _sqlite("database is locked", SQLITE_BUSY)


def away(engine: Engine) -> None:
    """Cuts all connections to a PostgreSQL server; of a SQLite file, makes the disk fail.

    Right after a commit this is the case nobody can tell from outside: kept, but not confirmed.
    """
    if engine.dialect.name == "postgresql":
        _cut(engine)
        raise psycopg.OperationalError("server closed the connection unexpectedly")
    raise _sqlite("disk I/O error", SQLITE_IOERR)


def _cut(engine: Engine) -> None:
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _sqlite(words: str, code: int) -> OperationalError:
    error = OperationalError(words)
    error.sqlite_errorcode = code
    return error
