"""Calls: every change is one transaction, committed when the method returns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.orm import Session, joinedload, selectinload

from trainer.core.assessment import Assessment
from trainer.core.digest import digest
from trainer.core.now import utc_now
from trainer.core.plan import Ending
from trainer.errors import CallEndedError, NotFoundError, TalkMovedOnError
from trainer.store.listing import summaries, summary
from trainer.store.records import CallFilter, CallRecord, CallSummary, CommentRecord, TurnRecord
from trainer.store.rows import call_record, turn_row
from trainer.store.session import reading, writing
from trainer.store.tables import CallRow, CommentRow, PersonRow, TurnRow

__all__ = [
    "CallFilter",
    "CallRecord",
    "CallStore",
    "CallSummary",
    "CommentRecord",
    "TurnRecord",
]


@dataclass(frozen=True, slots=True)
class CallStore:
    """All calls in one database. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read or written.

    Attributes:
        engine: An engine of `trainer.store.engine.open_engine`.
        now: The clock.
    """

    engine: Engine
    now: Callable[[], datetime] = utc_now

    def create(
        self,
        *,
        person: str,
        persona: dict[str, Any],
        seed: int,
        versions: Mapping[str, str],
        trial: bool = False,
    ) -> CallRecord:
        """Begins a call.

        Args:
            person: Id of the trainee.
            persona: The customer as JSON; kept whole, later changes of its file do not reach it.
            seed: What the call's random numbers come from.
            versions: What the call is played with, by name.
            trial: Whether it only tries the customer or a rubric out.

        Raises:
            NotFoundError: No such person.
        """
        row = CallRow(
            id=uuid4().hex,
            person=person,
            persona=persona,
            persona_id=persona["id"],
            persona_name=f"{persona['name']['first']} {persona['name']['last']}",
            industry=persona["industry"],
            difficulty=persona["difficulty"],
            seed=seed,
            versions=dict(versions),
            trial=trial,
            started_at=self.now(),
            turns=[],
            comments=[],
        )
        with writing(self.engine) as session:
            _need_person(session, person)
            session.add(row)
            session.flush()
            return call_record(row)

    def get(self, call_id: str) -> CallRecord:
        """Returns a call with turns, assessment and comments.

        Raises:
            NotFoundError: No such call.
        """
        parts = (
            selectinload(CallRow.turns),
            selectinload(CallRow.comments).options(joinedload(CommentRow.person)),
        )
        with reading(self.engine) as session:
            row = session.get(CallRow, call_id, options=parts)
            if row is None:
                raise _no_call(call_id)
            return call_record(row)

    def list(self, wanted: CallFilter) -> Sequence[CallSummary]:
        """Returns the calls a filter lets through, latest first."""
        with reading(self.engine) as session:
            return [summary(row) for row in session.execute(summaries(wanted))]

    def put_turn(self, call_id: str, record: TurnRecord) -> None:
        """Keeps a turn; one that was kept earlier under the same index stays.

        Raises:
            NotFoundError: No such call.
            CallEndedError: The call is over.
            TalkMovedOnError: Somebody has spoken at that index already.
        """
        with writing(self.engine) as session:
            if _locked(session, call_id).ended_at is not None:
                raise CallEndedError("This call is over. Start a new one to go on practising.")
            if session.get(TurnRow, (call_id, record.index)) is not None:
                raise TalkMovedOnError("The call has gone on in another window.")
            session.add(turn_row(call_id, record))

    def finish(self, call_id: str, ending: Ending) -> None:
        """Ends a call. A call that has ended stays as it is: the first ending counts.

        Raises:
            NotFoundError: No such call.
        """
        with writing(self.engine) as session:
            row = _locked(session, call_id)
            if row.ended_at is None:
                row.ended_at, row.ending = self.now(), ending

    def save_assessment(self, call_id: str, assessment: Assessment) -> None:
        """Keeps the result of a call. A scored call stays as it is: nothing is recalculated.

        Raises:
            NotFoundError: No such call.
        """
        with writing(self.engine) as session:
            row = _locked(session, call_id)
            if row.assessment is not None:
                return
            row.assessment = assessment.model_dump(mode="json")
            row.total, row.passed = assessment.total, assessment.passed
            row.digest = digest(assessment)
            row.levels = {name: score.level for name, score in assessment.principles.items()}

    def comment(
        self,
        call_id: str,
        *,
        author: str,
        text: str,
        turn: int | None = None,
        kind: str = "comment",
    ) -> None:
        """Adds a comment to a call or to one of its turns.

        Args:
            call_id: Id of the call.
            author: Id of the coach.
            text: What the coach wrote.
            turn: Index of the turn; None for the whole call.
            kind: `comment` or `better`.

        Raises:
            NotFoundError: No such call, turn or person.
        """
        with writing(self.engine) as session:
            _locked(session, call_id)
            _need_person(session, author)
            if turn is not None and session.get(TurnRow, (call_id, turn)) is None:
                raise NotFoundError(f"There is no turn {turn} in call {call_id}.")
            session.add(
                CommentRow(
                    id=uuid4().hex,
                    call_id=call_id,
                    author=author,
                    text=text,
                    turn=turn,
                    at=self.now(),
                    kind=kind,
                )
            )

    def close(self) -> None:
        """Closes the connections to the database; for whoever opened the engine."""
        self.engine.dispose()


def _locked(session: Session, call_id: str) -> CallRow:
    """Returns a call's row, which nobody else can change until the transaction ends."""
    row = session.get(CallRow, call_id, with_for_update=True)
    if row is None:
        raise _no_call(call_id)
    return row


def _need_person(session: Session, person_id: str) -> None:
    if session.get(PersonRow, person_id) is None:
        raise NotFoundError(f"There is no person {person_id}.")


def _no_call(call_id: str) -> NotFoundError:
    return NotFoundError(f"There is no call {call_id}.")
