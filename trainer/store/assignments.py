"""Practice that coaches set, to whom, and the calls made for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session

from trainer.core.now import utc_now
from trainer.core.person import Role
from trainer.errors import ConflictError, NotFoundError
from trainer.store.account_tables import AccountRow, MemberRow
from trainer.store.coaching_tables import AssignedRow, AssignmentRow, AttemptAtRow
from trainer.store.session import reading, writing
from trainer.store.tables import CallRow, PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssignment:
    """What a coach sets.

    Attributes:
        personas: Ids of the customers; each is to be called.
        attempts: How many calls each of them may take.
        pass_mark: Points from which a customer counts as done; None for any call to its end.
        due_at: Until when; None for no date.
        exam: Without hints and guide.
        teams: Ids of teams; everybody practising in them is meant.
        people: Ids of people.
    """

    title: str
    personas: tuple[str, ...]
    rubric: str = "winback"
    attempts: int = 3
    pass_mark: float | None = None
    due_at: datetime | None = None
    exam: bool = False
    teams: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment as it was set."""

    id: str
    author: str
    author_name: str
    created_at: datetime
    withdrawn_at: datetime | None
    what: NewAssignment


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call for an assignment; its words are not part of it."""

    assignment: str
    person: str
    call_id: str
    persona_id: str
    started_at: datetime
    ended_at: datetime | None
    total: float | None


@dataclass(frozen=True, slots=True)
class AssignmentStore:
    """All assignments in one database. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    engine: Engine
    now: Callable[[], datetime] = utc_now

    def add(self, author: str, new: NewAssignment) -> str:
        """Keeps an assignment and returns its id."""
        row = AssignmentRow(
            id=uuid4().hex,
            title=new.title,
            author=author,
            created_at=self.now(),
            personas=list(new.personas),
            rubric=new.rubric,
            attempts=new.attempts,
            pass_mark=new.pass_mark,
            due_at=new.due_at,
            exam=new.exam,
        )
        with writing(self.engine) as session:
            session.add(row)
            session.flush()
            targets = [{"team": team} for team in new.teams]
            targets += [{"person": person} for person in new.people]
            session.add_all(
                AssignedRow(id=uuid4().hex, assignment=row.id, **target) for target in targets
            )
            return row.id

    def get(self, assignment: str) -> Assignment:
        """Returns an assignment.

        Raises:
            NotFoundError: No such assignment.
        """
        with reading(self.engine) as session:
            found = _assignments(session, AssignmentRow.id == assignment)
        if not found:
            raise NotFoundError(f"There is no assignment {assignment}.")
        return found[0]

    def list(self) -> Sequence[Assignment]:
        """Returns all assignments that were not withdrawn, latest first."""
        with reading(self.engine) as session:
            return _assignments(session, AssignmentRow.withdrawn_at.is_(None))

    def of_person(self, person: str) -> Sequence[Assignment]:
        """Returns what is set to a person, by name or by team, latest first."""
        teams = select(MemberRow.team).where(MemberRow.person == person)
        meant = select(AssignedRow.assignment).where(
            or_(AssignedRow.person == person, AssignedRow.team.in_(teams))
        )
        with reading(self.engine) as session:
            return _assignments(
                session, AssignmentRow.withdrawn_at.is_(None), AssignmentRow.id.in_(meant)
            )

    def withdraw(self, assignment: str) -> None:
        """Takes an assignment back; its calls stay."""
        with writing(self.engine) as session:
            row = session.get(AssignmentRow, assignment, with_for_update=True)
            if row is not None and row.withdrawn_at is None:
                row.withdrawn_at = self.now()

    def attempts(self, assignments: Sequence[str]) -> Sequence[Attempt]:
        """Returns the calls made for some assignments, oldest first."""
        with reading(self.engine) as session:
            rows = session.execute(
                select(
                    AttemptAtRow.assignment,
                    CallRow.person,
                    CallRow.id.label("call_id"),
                    CallRow.persona_id,
                    CallRow.started_at,
                    CallRow.ended_at,
                    CallRow.total,
                )
                .join(CallRow, CallRow.id == AttemptAtRow.call_id)
                .where(AttemptAtRow.assignment.in_(assignments))
                .order_by(CallRow.started_at, CallRow.id)
            )
            return [Attempt(*row) for row in rows]

    def link(self, assignment: str, call_id: str, *, most: int) -> None:
        """Counts a call for an assignment.

        Raises:
            ConflictError: There are as many calls of this person to this customer already.
        """
        with writing(self.engine) as session:
            # The assignment's row is where two tabs meet.
            session.get(AssignmentRow, assignment, with_for_update=True)
            call = session.get(CallRow, call_id)
            if call is None:
                raise NotFoundError(f"There is no call {call_id}.")
            made = session.scalars(
                select(AttemptAtRow.call_id)
                .join(CallRow, CallRow.id == AttemptAtRow.call_id)
                .where(
                    AttemptAtRow.assignment == assignment,
                    CallRow.person == call.person,
                    CallRow.persona_id == call.persona_id,
                )
            ).all()
            if len(made) >= most:
                raise ConflictError("All attempts at this customer are used up.")
            session.add(AttemptAtRow(call_id=call_id, assignment=assignment))

    def of_call(self, call_id: str) -> str | None:
        """Returns the assignment that a call was made for, or None."""
        with reading(self.engine) as session:
            row = session.get(AttemptAtRow, call_id)
            return None if row is None else row.assignment

    def trainees(self) -> Mapping[str, tuple[str, frozenset[str]]]:
        """Returns name and teams of all trainees by id, in the order of names."""
        with reading(self.engine) as session:
            members: dict[str, set[str]] = {}
            for row in session.execute(select(MemberRow.person, MemberRow.team)):
                members.setdefault(row.person, set()).add(row.team)
            people = session.execute(
                select(PersonRow.id, PersonRow.name)
                .outerjoin(AccountRow, AccountRow.person == PersonRow.id)
                .where(PersonRow.role == Role.TRAINEE, AccountRow.disabled_at.is_(None))
                .order_by(PersonRow.name, PersonRow.id)
            )
            return {row.id: (row.name, frozenset(members.get(row.id, ()))) for row in people}


def _assignments(session: Session, *conditions: object) -> list[Assignment]:
    rows = session.execute(
        select(AssignmentRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == AssignmentRow.author)
        .where(*conditions)  # type: ignore[arg-type]
        .order_by(AssignmentRow.created_at.desc(), AssignmentRow.id)
    ).all()
    ids = [row.AssignmentRow.id for row in rows]
    targets = session.scalars(select(AssignedRow).where(AssignedRow.assignment.in_(ids))).all()
    return [_assignment(row.AssignmentRow, row.name, targets) for row in rows]


def _assignment(row: AssignmentRow, author: str, targets: Sequence[AssignedRow]) -> Assignment:
    mine = [target for target in targets if target.assignment == row.id]
    return Assignment(
        id=row.id,
        author=row.author,
        author_name=author,
        created_at=row.created_at,
        withdrawn_at=row.withdrawn_at,
        what=NewAssignment(
            title=row.title,
            personas=tuple(row.personas),
            rubric=row.rubric,
            attempts=row.attempts,
            pass_mark=row.pass_mark,
            due_at=row.due_at,
            exam=row.exam,
            teams=tuple(sorted(target.team for target in mine if target.team)),
            people=tuple(sorted(target.person for target in mine if target.person)),
        ),
    )
