"""What reports about teams are made of: one short line a call, no transcript."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, exists, or_, select

from trainer.store.account_tables import MemberRow
from trainer.store.coaching_tables import AttemptAtRow
from trainer.store.session import reading
from trainer.store.tables import NO_PERSONA, CallRow, PersonRow


@dataclass(frozen=True, slots=True)
class Line:
    """One ended call that was submitted or made for an assignment.

    Attributes:
        levels: Level by principle; None where unscored.
        digest: See `trainer.core.digest`; empty where the call was not scored.
        submitted: Whether its trainee showed it to the coaches.
    """

    call_id: str
    person: str
    name: str
    persona_name: str
    started_at: datetime
    ended_at: datetime
    total: float | None
    levels: Mapping[str, int | None]
    digest: Mapping[str, Any]
    submitted: bool


@dataclass(frozen=True, slots=True)
class TeamworkStore:
    """Reads the lines. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read.
    """

    engine: Engine

    def lines(
        self, teams: frozenset[str] | None, *, since: datetime | None = None
    ) -> Sequence[Line]:
        """Returns the practised calls of people in some teams, oldest first.

        Args:
            teams: Ids of the teams; people without a team where empty, everybody where None.
            since: Only calls begun at this time or later.
        """
        assigned = exists().where(AttemptAtRow.call_id == CallRow.id)
        wanted: list[ColumnElement[bool]] = [
            CallRow.ended_at.is_not(None),
            CallRow.trial.is_(False),
            CallRow.persona_id != NO_PERSONA,
            or_(CallRow.submitted_at.is_not(None), assigned),
            *_of_teams(teams),
        ]
        if since is not None:
            wanted.append(CallRow.started_at >= since)
        statement = (
            select(
                CallRow.id,
                CallRow.person,
                PersonRow.name,
                CallRow.persona_name,
                CallRow.started_at,
                CallRow.ended_at,
                CallRow.total,
                CallRow.levels,
                CallRow.digest,
                CallRow.submitted_at,
            )
            .join(PersonRow, PersonRow.id == CallRow.person)
            .where(*wanted)
            .order_by(CallRow.started_at, CallRow.id)
        )
        with reading(self.engine) as session:
            return [_line(row) for row in session.execute(statement)]


def _line(row: Row[Any]) -> Line:
    return Line(
        call_id=row.id,
        person=row.person,
        name=row.name,
        persona_name=row.persona_name,
        started_at=row.started_at,
        ended_at=row.ended_at,
        total=row.total,
        levels=row.levels or {},
        digest=row.digest or {},
        submitted=row.submitted_at is not None,
    )


def _of_teams(teams: frozenset[str] | None) -> list[ColumnElement[bool]]:
    if teams is None:
        return []
    members = select(MemberRow.person)
    if not teams:
        return [CallRow.person.not_in(members)]
    return [CallRow.person.in_(members.where(MemberRow.team.in_(teams)))]
