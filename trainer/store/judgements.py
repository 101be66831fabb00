"""Second opinions: one a call, the latest; it never touches the assessment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from trainer.core.judgement import Judgement
from trainer.core.now import utc_now
from trainer.errors import NotFoundError
from trainer.store.real_tables import JudgementRow
from trainer.store.session import reading, writing
from trainer.store.tables import CallRow


@dataclass(frozen=True, slots=True)
class KeptJudgement:
    """A judgement and when it was made."""

    judgement: Judgement
    at: datetime


@dataclass(frozen=True, slots=True)
class JudgementStore:
    """All judgements in one database. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    engine: Engine
    now: Callable[[], datetime] = utc_now

    def save(
        self, call_id: str, author: str, judgement: Judgement, *, differing: int, unscored: int
    ) -> None:
        """Keeps a judgement in place of an earlier one.

        Args:
            call_id: Id of the call.
            author: Who asked for it.
            judgement: With the whole exchange.
            differing: How many checks contradict the assessment.
            unscored: How many verdicts hold a doubt.

        Raises:
            NotFoundError: No such call, or not any more.
        """
        with writing(self.engine) as session:
            if session.get(CallRow, call_id, with_for_update=True) is None:
                raise NotFoundError(f"There is no call {call_id}.")
            session.merge(
                JudgementRow(
                    call_id=call_id,
                    author=author,
                    at=self.now(),
                    judgement=judgement.model_dump(mode="json"),
                    differing=differing,
                    unscored=unscored,
                )
            )

    def get(self, call_id: str) -> KeptJudgement | None:
        """Returns the judgement of a call; None before there is one."""
        with reading(self.engine) as session:
            row = session.get(JudgementRow, call_id)
            if row is None:
                return None
            return KeptJudgement(Judgement.model_validate(row.judgement), row.at)
