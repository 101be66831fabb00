"""What coaches said beside what the program said, as pairs; read only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select

from trainer.store.coaching_tables import CorrectionRow, ReviewRow
from trainer.store.session import reading
from trainer.store.tables import CallRow


@dataclass(frozen=True, slots=True)
class Said:
    """One subject of one call: the program's word and the coach's.

    Attributes:
        automatic: None where the program left it unscored.
    """

    call: str
    subject: str
    automatic: str | None
    coach: str


@dataclass(frozen=True, slots=True)
class AgreementStore:
    """Reads reviews and corrections. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read.
    """

    engine: Engine

    def blind(self) -> Sequence[Said]:
        """Returns what coaches said before they had seen the program's result, oldest first.

        Each coach's first word on a subject counts.
        """
        wanted = (
            select(CorrectionRow)
            .where(CorrectionRow.blind.is_(True))
            .order_by(CorrectionRow.at, CorrectionRow.id)
        )
        with reading(self.engine) as session:
            first: dict[tuple[str, str, str], Said] = {}
            for row in session.scalars(wanted):
                said = Said(row.call_id, row.subject, row.automatic, row.coach)
                first.setdefault((row.call_id, row.subject, row.author), said)
            return list(first.values())

    def finished(self) -> Sequence[Said]:
        """Returns every check and level of the calls whose review a coach has finished.

        What the coach left as it was counts as confirmed.
        """
        reviewed = (
            select(CallRow.id, CallRow.assessment)
            .join(ReviewRow, ReviewRow.call_id == CallRow.id)
            .where(ReviewRow.finished_at.is_not(None), CallRow.assessment.is_not(None))
            .order_by(CallRow.started_at, CallRow.id)
        )
        corrected = (
            select(CorrectionRow.call_id, CorrectionRow.subject, CorrectionRow.coach)
            .join(ReviewRow, ReviewRow.call_id == CorrectionRow.call_id)
            .where(ReviewRow.finished_at.is_not(None))
            .order_by(CorrectionRow.at, CorrectionRow.id)
        )
        with reading(self.engine) as session:
            latest = {(call, subject): coach for call, subject, coach in session.execute(corrected)}
            return [
                Said(call, subject, automatic, coach)
                for call, assessment in session.execute(reviewed)
                for subject, automatic in _results(assessment)
                if (coach := latest.get((call, subject), automatic)) is not None
            ]


def _results(assessment: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    for principle, score in assessment["principles"].items():
        yield principle, None if score["level"] is None else str(score["level"])
    for finding in assessment["findings"]:
        yield finding["id"], str(finding["result"])
