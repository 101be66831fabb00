"""Preparations: one draft for each trainee and customer, then kept with the call."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from trainer.core.preparation import Preparation
from trainer.store.session import reading, writing
from trainer.store.tables import PreparationRow


@dataclass(frozen=True, slots=True)
class PreparationStore:
    """All preparations in one database. Every method raises `StoreError` when it is away."""

    engine: Engine

    def draft(self, person: str, persona_id: str) -> Preparation:
        """Returns what was thought out for the next call; an empty one at first."""
        with reading(self.engine) as session:
            row = _draft(session, person, persona_id)
            return Preparation() if row is None else Preparation.model_validate(row.content)

    def save_draft(self, person: str, persona_id: str, preparation: Preparation) -> None:
        """Keeps what was thought out so far."""
        with writing(self.engine) as session:
            row = _draft(session, person, persona_id)
            if row is None:
                row = PreparationRow(id=uuid4().hex, person=person, persona_id=persona_id)
                session.add(row)
            row.content = preparation.model_dump(mode="json")
            row.changed_at = datetime.now(UTC)

    def attach(self, person: str, persona_id: str, call_id: str) -> None:
        """Makes the draft, if there is one, the preparation of a call."""
        with writing(self.engine) as session:
            row = _draft(session, person, persona_id)
            if row is not None:
                row.call_id = call_id

    def of_call(self, call_id: str) -> Preparation | None:
        """Returns a call's preparation; None where it was skipped."""
        with reading(self.engine) as session:
            content = session.scalar(
                select(PreparationRow.content).where(PreparationRow.call_id == call_id)
            )
            return None if content is None else Preparation.model_validate(content)


def _draft(session: Session, person: str, persona_id: str) -> PreparationRow | None:
    return session.scalar(
        select(PreparationRow).where(
            PreparationRow.person == person,
            PreparationRow.persona_id == persona_id,
            PreparationRow.call_id.is_(None),
        )
    )
