"""People: trainees, coaches, administrators."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from trainer.core.person import Role
from trainer.errors import NotFoundError
from trainer.store.records import Person
from trainer.store.rows import person_record
from trainer.store.session import reading, writing
from trainer.store.tables import PersonRow

__all__ = ["PeopleStore", "Person"]


@dataclass(frozen=True, slots=True)
class PeopleStore:
    """All people in one database. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    engine: Engine

    def ensure(self, name: str, role: Role) -> Person:
        """Returns the person of that name and role, made now where there is none."""
        row = PersonRow(id=uuid4().hex, name=name, role=role, created_at=datetime.now(UTC))
        same = (
            select(PersonRow)
            .where(PersonRow.name == name, PersonRow.role == role)
            .execution_options(populate_existing=True)
        )
        with writing(self.engine) as session:
            if session.scalar(same) is None:
                # Should another process be faster: its person is the one.
                with suppress(IntegrityError), session.begin_nested():
                    session.add(row)
            return person_record(session.scalars(same).one())

    def get(self, person_id: str) -> Person:
        """Returns a person.

        Raises:
            NotFoundError: No such person.
        """
        with reading(self.engine) as session:
            row = session.get(PersonRow, person_id)
            if row is None:
                raise NotFoundError(f"There is no person {person_id}.")
            return person_record(row)

    def list(self) -> Sequence[Person]:
        """Returns all people by name."""
        with reading(self.engine) as session:
            rows = session.scalars(select(PersonRow).order_by(PersonRow.name, PersonRow.id))
            return [person_record(row) for row in rows]
