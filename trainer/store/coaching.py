"""Reviews by coaches: state, corrections, examples, looks. Every change is one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from trainer.core.now import utc_now
from trainer.errors import ConflictError, NotFoundError
from trainer.store.account_tables import MemberRow
from trainer.store.coaching_tables import CorrectionRow, ExampleRow, LookRow, ReviewRow
from trainer.store.session import reading, writing
from trainer.store.tables import CallRow, PersonRow


@dataclass(frozen=True, slots=True)
class Correction:
    """What a coach said about a check or principle; see the table `corrections`."""

    subject: str
    automatic: str | None
    coach: str
    reason: str
    author: str
    author_name: str
    at: datetime
    blind: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCorrection:
    """A correction to be kept."""

    subject: str
    automatic: str | None
    coach: str
    reason: str
    blind: bool = False


@dataclass(frozen=True, slots=True)
class ReviewState:
    """How far coaches are with a call.

    Attributes:
        version: What a writer must have looked at; 0 before anybody wrote.
        coach: Who wrote last, by name.
        finished_at: Since when the trainee sees it; None before.
        history: All corrections, oldest first; the latest of a subject counts.
        asked: Whether the trainee was asked to let the team see the call.
        agreed: What the trainee answered; None before.
    """

    version: int = 0
    coach: str | None = None
    finished_at: datetime | None = None
    history: tuple[Correction, ...] = ()
    asked: bool = False
    agreed: bool | None = None

    @property
    def latest(self) -> dict[str, Correction]:
        """The correction that counts, by subject."""
        return {correction.subject: correction for correction in self.history}


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at somebody else's call.

    Attributes:
        what: `blind` (transcript alone), `review` or `example`.
    """

    at: datetime
    viewer: str
    viewer_name: str
    call_id: str
    persona_name: str
    what: str


@dataclass(frozen=True, slots=True)
class CoachingStore:
    """What coaches do with calls. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    engine: Engine
    now: Callable[[], datetime] = utc_now

    def teams_of(self, person: str) -> frozenset[str]:
        """Returns the ids of a person's teams."""
        with reading(self.engine) as session:
            return frozenset(
                session.scalars(select(MemberRow.team).where(MemberRow.person == person))
            )

    def state(self, call_id: str) -> ReviewState:
        """Returns how far coaches are with a call."""
        with reading(self.engine) as session:
            review = session.execute(
                select(ReviewRow, PersonRow.name)
                .join(PersonRow, PersonRow.id == ReviewRow.coach)
                .where(ReviewRow.call_id == call_id)
            ).first()
            example = session.get(ExampleRow, call_id)
            history = _history(session, call_id)
        return ReviewState(
            version=review.ReviewRow.version if review else 0,
            coach=review.name if review else None,
            finished_at=review.ReviewRow.finished_at if review else None,
            history=history,
            asked=example is not None,
            agreed=example.agreed if example else None,
        )

    def correct(
        self, call_id: str, author: str, new: Sequence[NewCorrection], *, version: int
    ) -> None:
        """Keeps corrections.

        Args:
            call_id: Id of the call.
            author: Id of the coach.
            new: All are kept, or none.
            version: The version that the coach looked at.

        Raises:
            ConflictError: Somebody else has written since.
        """
        with writing(self.engine) as session:
            self._advance(session, call_id, author, version)
            session.add_all(
                CorrectionRow(
                    id=uuid4().hex,
                    call_id=call_id,
                    subject=one.subject,
                    automatic=one.automatic,
                    coach=one.coach,
                    reason=one.reason,
                    author=author,
                    at=self.now(),
                    blind=one.blind,
                )
                for one in new
            )

    def finish(self, call_id: str, coach: str, *, version: int, finished: bool) -> None:
        """Shows the review to the trainee, or takes it back for more work.

        Raises:
            ConflictError: Somebody else has written since.
        """
        with writing(self.engine) as session:
            row = self._advance(session, call_id, coach, version)
            row.finished_at = self.now() if finished else None

    def ask_example(self, call_id: str, coach: str) -> None:
        """Asks the trainee to let the team see the call; once is enough."""
        with writing(self.engine) as session:
            if session.get(ExampleRow, call_id) is None:
                session.add(ExampleRow(call_id=call_id, asked_by=coach, asked_at=self.now()))

    def answer_example(self, call_id: str, *, agreed: bool) -> None:
        """Keeps the trainee's answer, which can be changed at any time.

        Raises:
            NotFoundError: Nobody asked.
        """
        with writing(self.engine) as session:
            row = session.get(ExampleRow, call_id, with_for_update=True)
            if row is None:
                raise NotFoundError(f"Nobody asked to show call {call_id} to the team.")
            row.agreed, row.answered_at = agreed, self.now()

    def examples(self) -> Sequence[str]:
        """Returns the ids of all calls that may be shown as examples, latest answer first."""
        with reading(self.engine) as session:
            agreed = select(ExampleRow.call_id).where(ExampleRow.agreed.is_(True))
            return session.scalars(agreed.order_by(ExampleRow.answered_at.desc())).all()

    def note_look(self, call_id: str, *, viewer: str, owner: str, what: str) -> None:
        """Notes a look at somebody else's call; the same again within an hour is one look."""
        now = self.now()
        with writing(self.engine) as session:
            latest = session.scalar(
                select(LookRow.at)
                .where(LookRow.call_id == call_id, LookRow.viewer == viewer, LookRow.what == what)
                .order_by(LookRow.at.desc())
                .limit(1)
            )
            if latest is not None and (now - latest).total_seconds() < _ONE_LOOK_S:
                return
            session.add(
                LookRow(
                    id=uuid4().hex, at=now, viewer=viewer, owner=owner, call_id=call_id, what=what
                )
            )

    def looks(self, owner: str, *, limit: int = 500) -> Sequence[Look]:
        """Returns who looked at a person's calls, latest first."""
        with reading(self.engine) as session:
            rows = session.execute(
                select(LookRow, PersonRow.name, CallRow.persona_name)
                .join(PersonRow, PersonRow.id == LookRow.viewer)
                .join(CallRow, CallRow.id == LookRow.call_id)
                .where(LookRow.owner == owner)
                .order_by(LookRow.at.desc(), LookRow.id)
                .limit(limit)
            )
            return [
                Look(
                    at=row.LookRow.at,
                    viewer=row.LookRow.viewer,
                    viewer_name=row.name,
                    call_id=row.LookRow.call_id,
                    persona_name=row.persona_name,
                    what=row.LookRow.what,
                )
                for row in rows
            ]

    def has_looked(self, call_id: str, viewer: str, what: str) -> bool:
        """Tells whether somebody has ever looked at a call in this way."""
        found = select(LookRow.id).where(
            LookRow.call_id == call_id, LookRow.viewer == viewer, LookRow.what == what
        )
        with reading(self.engine) as session:
            return session.scalar(found.limit(1)) is not None

    def _advance(self, session: Session, call_id: str, coach: str, version: int) -> ReviewRow:
        # The call's row is there before the review's: it is what two first writers meet at.
        if session.get(CallRow, call_id, with_for_update=True) is None:
            raise NotFoundError(f"There is no call {call_id}.")
        row = session.get(ReviewRow, call_id)
        if (row.version if row else 0) != version:
            raise ConflictError("Somebody else has written about this call in the meantime.")
        if row is None:
            row = ReviewRow(call_id=call_id, version=0, coach=coach, changed_at=self.now())
            session.add(row)
        row.version, row.coach, row.changed_at = version + 1, coach, self.now()
        return row


_ONE_LOOK_S = 3600


def _history(session: Session, call_id: str) -> tuple[Correction, ...]:
    rows = session.execute(
        select(CorrectionRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == CorrectionRow.author)
        .where(CorrectionRow.call_id == call_id)
        .order_by(CorrectionRow.at, CorrectionRow.id)
    )
    return tuple(
        Correction(
            subject=row.CorrectionRow.subject,
            automatic=row.CorrectionRow.automatic,
            coach=row.CorrectionRow.coach,
            reason=row.CorrectionRow.reason,
            author=row.CorrectionRow.author,
            author_name=row.name,
            at=row.CorrectionRow.at,
            blind=row.CorrectionRow.blind,
        )
        for row in rows
    )
