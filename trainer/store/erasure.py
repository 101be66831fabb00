"""Everything kept about a person: reading it out, and deleting it for good.

Both walk over all tables by their foreign keys, so that a table added later is never forgotten.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, Engine, ForeignKey, Table, delete, insert, select, update
from sqlalchemy.orm import Session

from trainer.core.now import utc_now
from trainer.core.person import Role
from trainer.errors import ConflictError, NotFoundError
from trainer.store.account_tables import AccountRow
from trainer.store.session import reading, writing
from trainer.store.tables import CallRow, PersonRow
from trainer.store.tables import Table as Base

OWN = frozenset({"person", "owner"})
"""Columns that say whose a row is."""
MADE = frozenset({"author", "coach", "asked_by", "viewer"})
"""Columns that say who did something to somebody else's; the deed outlives the name."""
FORMER = "–"
"""The name that stands there afterwards."""
_SECRET = {"accounts.password", "sessions.token", "one_time_links.token"}
_CUSTOMERS = {"calls.persona", "turns.plan", "turns.state", "content_versions.data"}
"""What the other side hides; no data about the person."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """Reads out and deletes. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    engine: Engine
    now: Callable[[], datetime] = utc_now

    def everything(self, person: str) -> dict[str, list[dict[str, Any]]]:
        """Returns all rows about a person by table, without secrets and the customers' side.

        Raises:
            NotFoundError: No such person.
        """
        found: dict[str, list[dict[str, Any]]] = {}
        with reading(self.engine) as session:
            if session.get(PersonRow, person) is None:
                raise NotFoundError(f"There is no person {person}.")
            calls = _calls_of(session, person)
            for table in Base.metadata.sorted_tables:
                conditions = _about(table, person, calls)
                for condition in conditions:
                    rows = session.execute(select(*_shown(table)).where(condition)).mappings()
                    kept = found.setdefault(table.name, [])
                    kept.extend(row for row in map(dict, rows) if row not in kept)
        return found

    def erase(self, person: str) -> None:
        """Deletes a person with all calls; what they wrote about others' calls loses their name.

        Raises:
            NotFoundError: No such person.
            ConflictError: It is the last administrator.
        """
        with writing(self.engine) as session:
            _overwrite(session)
            row = session.get(PersonRow, person)
            if row is None:
                raise NotFoundError(f"There is no person {person}.")
            if row.role == Role.ADMINISTRATOR and not _other_administrator(session, person):
                raise ConflictError("The last administrator must stay one.")
            _delete_calls(session, _calls_of(session, person))
            former = _former(session, Role(row.role), self.now())
            for table in reversed(Base.metadata.sorted_tables):
                for column in _pointing(table, "people"):
                    if column.name in MADE:
                        nameless = update(table).where(column == person)
                        session.execute(nameless.values({column.name: former}))
                    elif column.name in OWN:
                        session.execute(delete(table).where(column == person))
            session.execute(delete(PersonRow).where(PersonRow.id == person))
        self._forget()

    def delete_call(self, call_id: str) -> None:
        """Deletes one call with everything about it.

        Raises:
            NotFoundError: No such call.
        """
        with writing(self.engine) as session:
            _overwrite(session)
            if session.get(CallRow, call_id) is None:
                raise NotFoundError(f"There is no call {call_id}.")
            session.expunge_all()
            _delete_calls(session, [call_id])
        self._forget()

    def delete_calls_before(self, time: datetime) -> int:
        """Deletes all calls begun before a time and returns how many there were."""
        with writing(self.engine) as session:
            _overwrite(session)
            old = session.scalars(select(CallRow.id).where(CallRow.started_at < time)).all()
            _delete_calls(session, old)
        if old:
            self._forget()
        return len(old)

    def _forget(self) -> None:
        """Empties SQLite's write-ahead log, which still holds what was deleted."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as raw:
                raw.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _overwrite(session: Session) -> None:
    """Makes SQLite write zeros where deleted rows stood."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete = ON")


def _calls_of(session: Session, person: str) -> Sequence[str]:
    return session.scalars(select(CallRow.id).where(CallRow.person == person)).all()


def _about(table: Table, person: str, calls: Sequence[str]) -> list[Any]:
    """Returns the conditions under which a table's rows are about a person."""
    if table.name == "people":
        return [table.c.id == person]
    people = [column == person for column in _pointing(table, "people")]
    return [*people, *(column.in_(calls) for column in _pointing(table, "calls"))]


def _shown(table: Table) -> list[Column[Any]]:
    hidden = _SECRET | _CUSTOMERS
    return [column for column in table.columns if f"{table.name}.{column.name}" not in hidden]


def _pointing(table: Table, target: str) -> list[Column[Any]]:
    """Returns a table's columns that hold ids of another table's rows."""

    def points(key: ForeignKey) -> bool:
        return key.column.table.name == target and key.column.name == "id"

    return [column for column in table.columns if any(map(points, column.foreign_keys))]


def _delete_calls(session: Session, calls: Sequence[str]) -> None:
    for begin in range(0, len(calls), _AT_ONCE):
        part = calls[begin : begin + _AT_ONCE]
        for table in reversed(Base.metadata.sorted_tables):
            for column in _pointing(table, "calls"):
                condition = column.in_(part)
                if table.name == "calls":  # an attempt that goes on from an older call
                    session.execute(update(table).where(condition).values({column.name: None}))
                else:
                    session.execute(delete(table).where(condition))
        session.execute(delete(CallRow).where(CallRow.id.in_(part)))


_AT_ONCE = 500


def _other_administrator(session: Session, person: str) -> bool:
    others = (
        select(AccountRow.person)
        .join(PersonRow, PersonRow.id == AccountRow.person)
        .where(
            PersonRow.role == Role.ADMINISTRATOR,
            AccountRow.person != person,
            AccountRow.disabled_at.is_(None),
        )
    )
    return session.scalar(others.limit(1)) is not None


def _former(session: Session, role: Role, now: datetime) -> str:
    """Returns the id of the person without a name who stands for all who were erased."""
    found = session.scalar(
        select(PersonRow.id).where(PersonRow.name == FORMER, PersonRow.role == role)
    )
    if found is None:
        found = uuid4().hex
        values = {"id": found, "name": FORMER, "role": role, "created_at": now}
        session.execute(insert(PersonRow).values(values))
    return found
