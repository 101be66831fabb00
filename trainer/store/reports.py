"""Which submitted calls a learning record store has been told of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from trainer.core.now import utc_now
from trainer.store.listing import summaries, summary
from trainer.store.records import CallFilter, CallSummary
from trainer.store.session import reading, writing
from trainer.store.tables import CallRow, SubmissionRow


@dataclass(frozen=True, slots=True)
class ReportStore:
    """All reports in one database. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    engine: Engine
    now: Callable[[], datetime] = utc_now

    def untold(self, most: int) -> Sequence[CallSummary]:
        """Returns submitted calls that were not told yet, latest first, at most so many."""
        wanted = (
            summaries(CallFilter(submitted=True, ended=True, limit=most))
            .outerjoin(SubmissionRow, SubmissionRow.call_id == CallRow.id)
            .where(SubmissionRow.reported_at.is_(None))
        )
        with reading(self.engine) as session:
            return [summary(row) for row in session.execute(wanted)]

    def mark(self, call_id: str) -> None:
        """Notes that a call was told; nothing where it has been deleted meanwhile."""
        with writing(self.engine) as session:
            if session.get(CallRow, call_id, with_for_update=True) is None:
                return
            row = session.get(SubmissionRow, call_id)
            if row is None:  # submitted before there were questions
                row = SubmissionRow(call_id=call_id, question="")
                session.add(row)
            row.reported_at = self.now()
