"""Real calls: transcripts that were read in, kept like practised calls but without a customer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Engine, select

from trainer.core.assessment import Assessment
from trainer.core.digest import digest
from trainer.core.now import utc_now
from trainer.core.turn import Turn
from trainer.errors import NotFoundError
from trainer.store.listing import of_teams
from trainer.store.real_tables import RealCallRow
from trainer.store.records import TurnRecord
from trainer.store.rows import turn_row
from trainer.store.session import reading, writing
from trainer.store.tables import NO_PERSONA, CallRow, PersonRow, SubmissionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRealCall:
    """A scored transcript to be kept.

    Attributes:
        person: Whose call it is: a trainee, or whoever read it in.
        author: Who read it in.
        title: What lists show in the customer's place.
        fingerprint: Of its lines, in hexadecimal.
    """

    person: str
    author: str
    title: str
    turns: Sequence[Turn]
    assessment: Assessment
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Who read a call in, and when."""

    author: str
    author_name: str
    read_at: datetime


_IN_PLACE_OF_INDUSTRY = {"de": "echtes Gespräch", "en": "real call"}


@dataclass(frozen=True, slots=True)
class RealCallStore:
    """All real calls in one database. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    engine: Engine
    now: Callable[[], datetime] = utc_now

    def add(self, new: NewRealCall) -> str:
        """Keeps a call that its coaches may see, in one transaction, and returns its id.

        Raises:
            NotFoundError: No such person.
        """
        now, call_id, assessment = self.now(), uuid4().hex, new.assessment
        with writing(self.engine) as session:
            for person in {new.person, new.author}:
                if session.get(PersonRow, person) is None:
                    raise NotFoundError(f"There is no person {person}.")
            session.add(
                CallRow(
                    id=call_id,
                    person=new.person,
                    persona={},
                    persona_id=NO_PERSONA,
                    persona_name=new.title,
                    industry=_IN_PLACE_OF_INDUSTRY,
                    difficulty="",
                    seed=0,
                    versions=assessment.versions,
                    started_at=now,
                    ended_at=now,
                    submitted_at=now,
                    assessment=assessment.model_dump(mode="json"),
                    total=assessment.total,
                    passed=assessment.passed,
                    levels={name: score.level for name, score in assessment.principles.items()},
                    digest=digest(assessment),
                )
            )
            session.flush()
            session.add_all(
                turn_row(call_id, TurnRecord(index, turn, now))
                for index, turn in enumerate(new.turns)
            )
            session.add(SubmissionRow(call_id=call_id, question=""))
            session.add(
                RealCallRow(
                    call_id=call_id, author=new.author, read_at=now, fingerprint=new.fingerprint
                )
            )
        return call_id

    def known(self, fingerprint: str, teams: frozenset[str] | None) -> str | None:
        """Returns the call of people in some teams that has these lines; None for none."""
        wanted = (
            select(RealCallRow.call_id)
            .join(CallRow, CallRow.id == RealCallRow.call_id)
            .where(RealCallRow.fingerprint == fingerprint, *of_teams(teams))
            .limit(1)
        )
        with reading(self.engine) as session:
            return session.scalar(wanted)

    def origin(self, call_id: str) -> Origin | None:
        """Returns who read a call in; None for a practised one."""
        wanted = (
            select(RealCallRow.author, PersonRow.name, RealCallRow.read_at)
            .join(PersonRow, PersonRow.id == RealCallRow.author)
            .where(RealCallRow.call_id == call_id)
        )
        with reading(self.engine) as session:
            row = session.execute(wanted).first()
            return None if row is None else Origin(*row)
