"""Attempts: calls begun at a turn of another one, exams, notes, hints taken."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Engine, delete, func, or_, select
from sqlalchemy.orm import Session, selectinload

from trainer.core.now import utc_now
from trainer.core.text import Localized
from trainer.errors import NotFoundError, RetryError
from trainer.store.session import reading, writing
from trainer.store.tables import AttemptRow, CallRow, HintRow, TurnRow


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """How a call was taken.

    Attributes:
        call: Id of the call.
        parent: The call it began in, None for one that began with the phone ringing.
        turn: Index of the first turn that is its own; None likewise.
        exam: Without guide and hints.
        notes: What the trainee wrote down meanwhile.
    """

    call: str
    parent: str | None = None
    turn: int | None = None
    exam: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True)
class HintRecord:
    """A hint that was shown.

    Attributes:
        turn: Index of the trainee's turn it was for.
        check: The check of the rubric it came from.
    """

    turn: int
    check: str
    text: Localized
    at: datetime


@dataclass(frozen=True, slots=True)
class AttemptStore:
    """All attempts in one database. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read or written.

    Attributes:
        engine: An engine of `trainer.store.engine.open_engine`.
        now: The clock.
    """

    engine: Engine
    now: Callable[[], datetime] = utc_now

    def get(self, call_id: str) -> AttemptRecord:
        """Returns how a call was taken; the usual way where nothing else is known."""
        with reading(self.engine) as session:
            return _record(call_id, session.get(AttemptRow, call_id))

    def mark_exam(self, call_id: str) -> None:
        """Makes a call an exam; it stays one.

        Raises:
            NotFoundError: No such call.
        """
        with writing(self.engine) as session:
            _row(session, call_id).exam = True

    def note(self, call_id: str, text: str) -> None:
        """Keeps the trainee's notes in place of the earlier ones.

        Raises:
            NotFoundError: No such call.
        """
        with writing(self.engine) as session:
            _row(session, call_id).notes = text

    def branch(self, parent: str, turn: int, *, versions: Mapping[str, str]) -> str:
        """Begins a call that shares the turns before `turn` with another one.

        Args:
            parent: The other call; it stays as it is.
            turn: Index of the first turn that is to be spoken anew.
            versions: What the new call is played with, by name; the rest is the parent's.

        Returns:
            The id of the new call.

        Raises:
            NotFoundError: No such call.
            RetryError: The customer has not spoken just before that turn.
        """
        with writing(self.engine) as session:
            row = session.get(CallRow, parent, options=[selectinload(CallRow.turns)])
            if row is None:
                raise NotFoundError(f"There is no call {parent}.")
            shared = [kept for kept in row.turns if kept.index < turn]
            if len(shared) != turn or not shared or shared[-1].state is None:
                raise RetryError(f"Turn {turn} of call {parent} does not follow the customer's.")
            child = _copy(row, shared, started_at=self.now(), versions=versions)
            session.add(child)
            session.flush()
            session.add(
                AttemptRow(call_id=child.id, parent=parent, turn=turn, exam=False, notes="")
            )
            return child.id

    def unspoken(self, parent: str, turn: int) -> str | None:
        """Returns a running attempt at this turn without a line of its own, None for none."""
        lines = select(func.count()).where(TurnRow.call_id == CallRow.id).scalar_subquery()
        wanted = (
            select(CallRow.id)
            .join(AttemptRow, AttemptRow.call_id == CallRow.id)
            .where(
                AttemptRow.parent == parent,
                AttemptRow.turn == turn,
                CallRow.ended_at.is_(None),
                lines == turn,
            )
            .order_by(CallRow.started_at)
            .limit(1)
        )
        with reading(self.engine) as session:
            return session.scalar(wanted)

    def drop(self, call_id: str) -> None:
        """Removes a call with its turns; what other tables keep about it goes with it."""
        with writing(self.engine) as session:
            session.execute(delete(TurnRow).where(TurnRow.call_id == call_id))
            session.execute(delete(CallRow).where(CallRow.id == call_id))

    def family(self, call_id: str) -> Sequence[AttemptRecord]:
        """Returns the call, those it descends from and all their descendants, oldest first.

        A call that was never tried again is its only member.
        """
        with reading(self.engine) as session:
            root = _root(session, call_id)
            found, generation = [root], [root]
            while generation:
                children = select(AttemptRow.call_id).where(AttemptRow.parent.in_(generation))
                generation = list(session.scalars(children))
                found += generation
            rows = session.execute(
                select(CallRow.id, AttemptRow)
                .outerjoin(AttemptRow, AttemptRow.call_id == CallRow.id)
                .where(CallRow.id.in_(found))
                .order_by(CallRow.started_at, CallRow.id)
            )
            return [_record(identity, row) for identity, row in rows]

    def retries(self, person: str) -> Mapping[str, AttemptRecord]:
        """Returns those of a person's calls that are retries or exams, by call."""
        wanted = (
            select(AttemptRow)
            .join(CallRow, CallRow.id == AttemptRow.call_id)
            .where(CallRow.person == person, or_(AttemptRow.parent.is_not(None), AttemptRow.exam))
        )
        with reading(self.engine) as session:
            return {row.call_id: _record(row.call_id, row) for row in session.scalars(wanted)}

    def add_hint(self, call_id: str, *, turn: int, check: str, text: Localized) -> None:
        """Keeps a hint that is about to be shown.

        Raises:
            NotFoundError: No such call.
        """
        with writing(self.engine) as session:
            _need_call(session, call_id)
            taken = session.scalar(
                select(func.count()).select_from(HintRow).where(HintRow.call_id == call_id)
            )
            session.add(
                HintRow(
                    call_id=call_id,
                    number=taken or 0,
                    turn=turn,
                    check=check,
                    text=text.model_dump(mode="json"),
                    at=self.now(),
                )
            )

    def hints(self, call_id: str) -> Sequence[HintRecord]:
        """Returns the hints of a call in the order they were asked for."""
        wanted = select(HintRow).where(HintRow.call_id == call_id).order_by(HintRow.number)
        with reading(self.engine) as session:
            return [
                HintRecord(row.turn, row.check, Localized.model_validate(row.text), row.at)
                for row in session.scalars(wanted)
            ]


def _copy(
    row: CallRow, shared: Sequence[TurnRow], *, started_at: datetime, versions: Mapping[str, str]
) -> CallRow:
    turns = [
        TurnRow(
            index=kept.index,
            turn=kept.turn,
            at=kept.at,
            plan=kept.plan,
            state=kept.state,
            sentences=kept.sentences,
            latency_ms=kept.latency_ms,
        )
        for kept in shared
    ]
    return CallRow(
        id=uuid4().hex,
        person=row.person,
        persona=row.persona,
        persona_id=row.persona_id,
        persona_name=row.persona_name,
        industry=row.industry,
        difficulty=row.difficulty,
        seed=row.seed,
        versions={**row.versions, **versions},
        trial=row.trial,
        started_at=started_at,
        turns=turns,
        comments=[],
    )


def _root(session: Session, call_id: str) -> str:
    row = session.get(AttemptRow, call_id)
    while row is not None and row.parent is not None:
        call_id = row.parent
        row = session.get(AttemptRow, call_id)
    return call_id


def _row(session: Session, call_id: str) -> AttemptRow:
    """Returns a call's row, new where it was taken the usual way so far."""
    _need_call(session, call_id)
    row = session.get(AttemptRow, call_id)
    if row is None:
        row = AttemptRow(call_id=call_id, exam=False, notes="")
        session.add(row)
    return row


def _need_call(session: Session, call_id: str) -> None:
    # The lock keeps two windows from adding the same row or hint number at once.
    if session.get(CallRow, call_id, with_for_update=True) is None:
        raise NotFoundError(f"There is no call {call_id}.")


def _record(call_id: str, row: AttemptRow | None) -> AttemptRecord:
    if row is None:
        return AttemptRecord(call_id)
    return AttemptRecord(call_id, row.parent, row.turn, row.exam, row.notes)
