"""What became of a person's calls, for charts and suggestions; reads no transcript, no persona."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, select

from trainer.core.assessment import CheckResult
from trainer.core.plan import WON, Ending, Objection
from trainer.core.rubric import Principle
from trainer.store.session import reading
from trainer.store.tables import NO_PERSONA, AttemptRow, CallRow


@dataclass(frozen=True, slots=True)
class Result:
    """One ended call in figures.

    Attributes:
        total: 0–100; None where the call could not be scored.
        passed: False also where it could not be scored.
        points: 0–100 by principle; None where unscored.
        checks: Result by check id, as it was scored then.
        objections: Objections the customer raised, and whether each got an answer.
    """

    call_id: str
    persona_id: str
    persona_name: str
    started_at: datetime
    ended_at: datetime
    ending: Ending
    total: float | None
    passed: bool
    points: Mapping[Principle, float | None]
    checks: Mapping[str, CheckResult]
    objections: Mapping[Objection, bool]

    @property
    def won(self) -> bool:
        """Whether the customer came back or agreed to a next step."""
        return self.ending in WON


@dataclass(frozen=True, slots=True)
class ResultStore:
    """The results of all calls in one database. Safe to share between threads."""

    engine: Engine

    def of(self, person: str, *, latest: int = 1000) -> Sequence[Result]:
        """Returns a person's ended calls, oldest first.

        Calls that only try content out are no practice and left out, and so are real calls. So are
        calls that began in the middle of another one: who knows how a call goes on does not show
        what they can do in the next.

        Args:
            person: Id of the trainee.
            latest: At most so many of the latest.

        Raises:
            StoreError: The database cannot be read.
        """
        wanted = (
            select(
                CallRow.id,
                CallRow.persona_id,
                CallRow.persona_name,
                CallRow.started_at,
                CallRow.ended_at,
                CallRow.ending,
                CallRow.total,
                CallRow.passed,
                CallRow.assessment,
            )
            .outerjoin(AttemptRow, AttemptRow.call_id == CallRow.id)
            .where(
                CallRow.person == person,
                CallRow.ended_at.is_not(None),
                CallRow.trial.is_(False),
                AttemptRow.parent.is_(None),
                CallRow.persona_id != NO_PERSONA,
            )
            .order_by(CallRow.started_at.desc(), CallRow.id.desc())
            .limit(latest)
        )
        with reading(self.engine) as session:
            return [_result(row) for row in reversed(session.execute(wanted).all())]


def _result(row: Row[Any]) -> Result:
    """Returns the result of a row; the JSON was checked when it was written."""
    assessment = row.assessment or {}
    return Result(
        call_id=row.id,
        persona_id=row.persona_id,
        persona_name=row.persona_name,
        started_at=row.started_at,
        ended_at=row.ended_at,
        ending=Ending(row.ending),
        total=row.total,
        passed=bool(row.passed),
        points={
            Principle(name): score["points"]
            for name, score in assessment.get("principles", {}).items()
        },
        checks={
            found["id"]: CheckResult(found["result"]) for found in assessment.get("findings", ())
        },
        objections={
            Objection(story["objection"]): story["answered"] is not None
            for story in assessment.get("objections", ())
        },
    )
