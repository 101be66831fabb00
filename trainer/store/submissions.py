"""What goes to the coach with a call, and what came back that the trainee has not seen yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, literal, or_, select, union_all

from trainer.core.now import utc_now
from trainer.errors import NotFoundError
from trainer.store.coaching_tables import ReviewRow
from trainer.store.session import reading, writing
from trainer.store.tables import CallRow, CommentRow, SubmissionRow


@dataclass(frozen=True, slots=True)
class SubmissionStore:
    """All submissions in one database. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read or written.

    Attributes:
        engine: An engine of `trainer.store.engine.open_engine`.
        now: The clock.
    """

    engine: Engine
    now: Callable[[], datetime] = utc_now

    def submit(self, call_id: str, question: str) -> None:
        """Shows a call to the coaches with a question, in one transaction; the first time counts.

        Raises:
            NotFoundError: No such call.
        """
        with writing(self.engine) as session:
            call = session.get(CallRow, call_id, with_for_update=True)
            if call is None:
                raise NotFoundError(f"There is no call {call_id}.")
            if call.submitted_at is not None:
                return
            call.submitted_at = self.now()
            session.add(SubmissionRow(call_id=call_id, question=question))

    def question(self, call_id: str) -> str:
        """Returns what the trainee asked with the call; empty where nothing."""
        with reading(self.engine) as session:
            row = session.get(SubmissionRow, call_id)
            return "" if row is None else row.question

    def see(self, call_id: str) -> None:
        """Notes that the trainee has the comments of a submitted call before their eyes."""
        with writing(self.engine) as session:
            if session.get(CallRow, call_id, with_for_update=True) is None:
                return
            row = session.get(SubmissionRow, call_id)
            if row is None:  # submitted before there were questions
                row = SubmissionRow(call_id=call_id, question="")
                session.add(row)
            row.seen_at = self.now()

    def unseen(self, person: str) -> Mapping[str, int]:
        """Returns how many comments a person has not seen, by call, the latest news first.

        A call whose review was finished since is there, too, with 0 where nobody commented.
        """
        news = union_all(
            select(
                CommentRow.call_id.label("call_id"),
                CommentRow.at.label("at"),
                literal(1).label("comments"),
            ).where(CommentRow.author != person),
            select(ReviewRow.call_id, ReviewRow.finished_at, literal(0)).where(
                ReviewRow.finished_at.is_not(None)
            ),
        ).subquery()
        wanted = (
            select(news.c.call_id, func.sum(news.c.comments))
            .join(CallRow, CallRow.id == news.c.call_id)
            .outerjoin(SubmissionRow, SubmissionRow.call_id == news.c.call_id)
            .where(
                CallRow.person == person,
                or_(SubmissionRow.seen_at.is_(None), news.c.at > SubmissionRow.seen_at),
            )
            .group_by(news.c.call_id)
            .order_by(func.max(news.c.at).desc())
        )
        with reading(self.engine) as session:
            return {call_id: int(count) for call_id, count in session.execute(wanted)}
