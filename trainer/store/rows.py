"""Between rows of the tables and records."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from trainer.core.assessment import Assessment
from trainer.core.person import Role
from trainer.core.plan import Ending, Source, TurnPlan
from trainer.core.turn import Turn
from trainer.store.records import CallRecord, CommentRecord, Person, TurnRecord
from trainer.store.tables import CallRow, CommentRow, PersonRow, TurnRow

_TURN = TypeAdapter(Turn)
_PLAN = TypeAdapter(TurnPlan)


def person_record(row: PersonRow) -> Person:
    """Returns the person of a row."""
    return Person(row.id, row.name, Role(row.role), row.created_at)


def call_record(row: CallRow) -> CallRecord:
    """Returns the call of a row whose turns and comments are loaded."""
    return CallRecord(
        id=row.id,
        person=row.person,
        persona=row.persona,
        seed=row.seed,
        versions=row.versions,
        started_at=row.started_at,
        ended_at=row.ended_at,
        ending=None if row.ending is None else Ending(row.ending),
        submitted_at=row.submitted_at,
        turns=tuple(_turn_record(turn) for turn in row.turns),
        assessment=_assessment(row.assessment),
        comments=tuple(_comment_record(comment) for comment in row.comments),
        trial=row.trial,
        title=row.persona_name,
    )


def turn_row(call_id: str, record: TurnRecord) -> TurnRow:
    """Returns the row of a turn."""
    return TurnRow(
        call_id=call_id,
        index=record.index,
        turn=_TURN.dump_python(record.turn, mode="json"),
        at=record.at,
        plan=None if record.plan is None else _PLAN.dump_python(record.plan, mode="json"),
        state=record.state,
        sentences=None if record.sentences is None else dict(record.sentences),
        latency_ms=record.latency_ms,
    )


def _turn_record(row: TurnRow) -> TurnRecord:
    return TurnRecord(
        index=row.index,
        turn=_TURN.validate_python(row.turn),
        at=row.at,
        plan=None if row.plan is None else _PLAN.validate_python(row.plan),
        state=row.state,
        sentences=_sentences(row.sentences),
        latency_ms=row.latency_ms,
    )


def _sentences(stored: Mapping[str, int] | None) -> Mapping[Source, int] | None:
    return None if stored is None else {Source(name): number for name, number in stored.items()}


def _assessment(stored: Mapping[str, Any] | None) -> Assessment | None:
    return None if stored is None else Assessment.model_validate(stored)


def _comment_record(row: CommentRow) -> CommentRecord:
    return CommentRecord(
        id=row.id,
        author=row.author,
        author_name=row.person.name,
        text=row.text,
        turn=row.turn,
        at=row.at,
        kind=row.kind,
    )
