"""The list of calls as one statement that loads no transcript and no persona."""

from collections.abc import Callable
from operator import eq, ge, lt
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from trainer.core.plan import Ending
from trainer.core.rubric import Principle
from trainer.core.text import Localized
from trainer.store.account_tables import MemberRow
from trainer.store.coaching_tables import ReviewRow
from trainer.store.real_tables import JudgementRow
from trainer.store.records import CallFilter, CallSummary
from trainer.store.tables import NO_PERSONA, CallRow, CommentRow, PersonRow, TurnRow

WEAK = 2
"""A level up to this counts as weak in the list's filter."""


def summaries(wanted: CallFilter) -> Select[Any]:
    """Returns the statement whose rows `summary` reads, latest call first."""
    return (
        select(
            CallRow.id,
            CallRow.person,
            PersonRow.name.label("person_name"),
            CallRow.persona_id,
            CallRow.persona_name,
            CallRow.industry,
            CallRow.difficulty,
            CallRow.started_at,
            CallRow.ended_at,
            CallRow.ending,
            CallRow.submitted_at,
            CallRow.total,
            CallRow.passed,
            CallRow.levels,
            _count_of(TurnRow).label("turn_count"),
            _count_of(CommentRow).label("comment_count"),
            ReviewRow.finished_at,
            JudgementRow.differing,
            CallRow.trial,
        )
        .join(PersonRow, PersonRow.id == CallRow.person)
        .outerjoin(ReviewRow, ReviewRow.call_id == CallRow.id)
        .outerjoin(JudgementRow, JudgementRow.call_id == CallRow.id)
        .where(*_conditions(wanted))
        .order_by(CallRow.started_at.desc(), CallRow.id.desc())
        .limit(wanted.limit)
        .offset(wanted.offset)
    )


def summary(row: Row[Any]) -> CallSummary:
    """Returns the summary of one row."""
    values = row._asdict()
    return CallSummary(
        **values
        | {
            "industry": Localized.model_validate(row.industry),
            "ending": None if row.ending is None else Ending(row.ending),
            "levels": {Principle(name): level for name, level in (row.levels or {}).items()},
        }
    )


def _count_of(table: type[TurnRow] | type[CommentRow]) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(table)
        .where(table.call_id == CallRow.id)
        .correlate(CallRow)
        .scalar_subquery()
    )


def _conditions(wanted: CallFilter) -> list[ColumnElement[bool]]:
    comparisons: list[tuple[InstrumentedAttribute[Any], Callable[[Any, Any], Any], object]] = [
        (CallRow.person, eq, wanted.person),
        (CallRow.persona_id, eq, wanted.persona_id),
        (CallRow.ending, eq, wanted.ending),
        (CallRow.passed, eq, wanted.passed),
        (CallRow.trial, eq, wanted.trial),
        (CallRow.submitted_at, _is_set, wanted.submitted),
        (CallRow.ended_at, _is_set, wanted.ended),
        (CallRow.started_at, ge, wanted.since),
        (CallRow.started_at, lt, wanted.until),
        (CallRow.total, ge, wanted.min_total),
        (ReviewRow.finished_at, _is_set, wanted.finished),
        (CallRow.persona_id, _is_real, wanted.real),
        (JudgementRow.differing, _is_above_zero, wanted.differing),
    ]
    plain = [compare(column, value) for column, compare, value in comparisons if value is not None]
    return [*plain, *of_teams(wanted.teams), *_weak(wanted.weak_in), *_with_words(wanted.words)]


def of_teams(teams: frozenset[str] | None) -> list[ColumnElement[bool]]:
    """Returns the conditions on `CallRow` for calls of people in some teams; None for all."""
    if teams is None:
        return []
    members = select(MemberRow.person)
    if not teams:
        return [CallRow.person.not_in(members)]
    return [CallRow.person.in_(members.where(MemberRow.team.in_(teams)))]


def _weak(principle: Principle | None) -> list[ColumnElement[bool]]:
    if principle is None:
        return []
    return [CallRow.levels[principle.value].as_integer() <= WEAK]


def _with_words(words: str | None) -> list[ColumnElement[bool]]:
    if words is None:
        return []
    said = TurnRow.turn["text"].as_string()
    # SQLite folds the case of ASCII letters only.
    written = {words, words.lower(), words.upper(), words.capitalize()}
    found = or_(*(said.icontains(word, autoescape=True) for word in sorted(written)))
    return [exists().where(TurnRow.call_id == CallRow.id, found)]


def _is_set(column: InstrumentedAttribute[Any], value: bool) -> ColumnElement[bool]:
    return column.is_not(None) if value else column.is_(None)


def _is_real(column: InstrumentedAttribute[Any], value: bool) -> ColumnElement[bool]:
    return column == NO_PERSONA if value else column != NO_PERSONA


def _is_above_zero(column: InstrumentedAttribute[Any], value: bool) -> ColumnElement[bool]:
    return column > 0 if value else column == 0
