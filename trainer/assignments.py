"""Practice that coaches set: to whom, how far everybody is, and what a trainee has still to do.

A coach sees of an assigned call how it went, not what was said; that is seen once it is submitted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer.attempts import Attempts
from trainer.core.person import Actor, Role
from trainer.errors import ConflictError, InputError, NotAllowedError, NotFoundError
from trainer.store.assignments import Assignment, AssignmentStore, Attempt, NewAssignment
from trainer.store.calls import CallRecord

MOST_ATTEMPTS = 50
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer of an assignment, for one trainee.

    Attributes:
        persona_id: Whom to call.
        attempts: Calls made.
        left: Calls that may still be made.
        best: The highest total; None where no call was scored.
        done: Whether the pass mark was reached, or a call went to its end where there is none.
    """

    persona_id: str
    attempts: int
    left: int
    best: float | None
    done: bool


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment as one trainee stands in it.

    Attributes:
        overdue: The date is past and not all is done.
    """

    assignment: Assignment
    person: str
    name: str
    customers: tuple[Customer, ...]
    overdue: bool

    @property
    def done(self) -> bool:
        """Whether every customer is done."""
        return all(customer.done for customer in self.customers)


@dataclass(frozen=True, slots=True)
class Overview:
    """An assignment with everybody it is set to."""

    assignment: Assignment
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """To whom a coach can set something: names by id."""

    teams: Mapping[str, str]
    people: Mapping[str, str]


def standing(
    assignment: Assignment, person: str, name: str, attempts: Sequence[Attempt], *, now: datetime
) -> Task:
    """Returns how far a trainee is with an assignment.

    Args:
        assignment: What was set.
        person: Id of the trainee.
        name: Their name.
        attempts: Calls for this or other assignments, of this or other people.
        now: The time.
    """
    mine = [one for one in attempts if one.assignment == assignment.id and one.person == person]
    customers = tuple(
        _customer(assignment.what, persona, [one for one in mine if one.persona_id == persona])
        for persona in assignment.what.personas
    )
    due = assignment.what.due_at
    late = due is not None and now > due and not all(customer.done for customer in customers)
    return Task(assignment, person, name, customers, overdue=late)


@dataclass(frozen=True, slots=True)
class Assignments:
    """The service behind the pages about assignments. Every method checks who asks."""

    attempts: Attempts
    store: AssignmentStore

    # --- the coach ---

    def choice(self, actor: Actor, team_names: Mapping[str, str]) -> Choice:
        """Returns to whom the actor can set something.

        Args:
            actor: The coach.
            team_names: Names of teams by id; others than the actor's are left out.

        Raises:
            NotAllowedError: The actor is no coach.
        """
        _need_coach(actor)
        teams = {team: name for team, name in team_names.items() if _in(actor, frozenset({team}))}
        people = {
            person: name
            for person, (name, theirs) in self.store.trainees().items()
            if _in(actor, theirs)
        }
        return Choice(teams, people)

    def set(self, actor: Actor, new: NewAssignment) -> str:
        """Sets practice and returns its id.

        Raises:
            NotAllowedError: The actor is no coach.
            NotFoundError: No such persona or rubric, or a team or person that is not the actor's.
            InputError: Something is missing or out of range (`problem` says which).
        """
        _need_coach(actor)
        _check(new)
        for persona in new.personas:
            self.attempts.practice.catalog.persona(persona)
        self.attempts.practice.catalog.rubric(new.rubric)
        trainees = self.store.trainees()
        for team in new.teams:
            if not _in(actor, frozenset({team})):
                raise NotFoundError(f"There is no team {team} of yours.")
        for person in new.people:
            if person not in trainees or not _in(actor, trainees[person][1]):
                raise NotFoundError(f"There is no trainee {person} of yours.")
        return self.store.add(actor.person, new)

    def withdraw(self, actor: Actor, assignment: str) -> None:
        """Takes an assignment back.

        Raises:
            NotAllowedError: The actor is no coach.
            NotFoundError: No such assignment in the actor's teams.
        """
        _need_coach(actor)
        found = self.store.get(assignment)
        if not self._meant(actor, found):
            raise _none(assignment)
        self.store.withdraw(assignment)

    def overview(self, actor: Actor) -> Sequence[Overview]:
        """Returns the assignments of the actor's teams with everybody's progress, latest first.

        Raises:
            NotAllowedError: The actor is no coach.
        """
        _need_coach(actor)
        trainees = self.store.trainees()
        found = [(one, self._meant(actor, one)) for one in self.store.list()]
        mine = [(one, people) for one, people in found if people]
        attempts = self.store.attempts([one.id for one, _ in mine])
        now = self.store.now()
        return [
            Overview(
                one,
                tuple(
                    standing(one, person, trainees[person][0], attempts, now=now)
                    for person in people
                ),
            )
            for one, people in mine
        ]

    # --- the trainee ---

    def mine(self, actor: Actor) -> Sequence[Task]:
        """Returns what is set to the actor: what is open first, the next date first."""
        found = self.store.of_person(actor.person)
        attempts = self.store.attempts([one.id for one in found])
        now = self.store.now()
        tasks = [standing(one, actor.person, "", attempts, now=now) for one in found]
        far = max((task.assignment.what.due_at or now for task in tasks), default=now)
        return sorted(tasks, key=lambda task: (task.done, task.assignment.what.due_at or far))

    def reminders(self, actor: Actor) -> Sequence[Task]:
        """Returns what the actor has still to do, the next date first; for the start page."""
        return [task for task in self.mine(actor) if not task.done]

    def begin(self, actor: Actor, assignment: str, persona_id: str) -> CallRecord:
        """Dials a customer of an assignment; the call counts for it.

        Raises:
            NotFoundError: No such assignment of the actor, or no such customer in it.
            ConflictError: All attempts are used up, or the date is past.
        """
        task = next((one for one in self.mine(actor) if one.assignment.id == assignment), None)
        customers = {one.persona_id: one for one in task.customers} if task else {}
        if task is None or persona_id not in customers:
            raise _none(assignment)
        due = task.assignment.what.due_at
        if due is not None and self.store.now() > due:
            raise ConflictError("The date of this assignment is past.")
        if customers[persona_id].left == 0:
            raise ConflictError("All attempts at this customer are used up.")
        what = task.assignment.what
        record = self.attempts.start(
            actor.person, persona_id, exam=what.exam, rubric=self._rubric(what)
        )
        self.store.link(assignment, record.id, most=what.attempts)
        return record

    def of_call(self, actor: Actor, call_id: str) -> Assignment | None:
        """Returns what the actor's own call was made for; None for free practice.

        Raises:
            NotFoundError: No such call of the actor.
        """
        record = self.attempts.practice.open(actor.person, call_id)
        found = self.store.of_call(record.id)
        return None if found is None else self.store.get(found)

    def _rubric(self, what: NewAssignment) -> str | None:
        """Returns the rubric that was set; one that is gone since must not keep anybody away."""
        return what.rubric if what.rubric in self.attempts.practice.catalog.rubrics else None

    def _meant(self, actor: Actor, assignment: Assignment) -> list[str]:
        """Returns the trainees of the actor's teams to whom an assignment is set."""
        what = assignment.what
        return [
            person
            for person, (_, teams) in self.store.trainees().items()
            if (person in what.people or teams & set(what.teams)) and _in(actor, teams)
        ]


def _customer(what: NewAssignment, persona: str, attempts: Sequence[Attempt]) -> Customer:
    totals = [one.total for one in attempts if one.total is not None]
    ended = any(one.ended_at is not None for one in attempts)
    best = max(totals, default=None)
    reached = ended if what.pass_mark is None else best is not None and best >= what.pass_mark
    return Customer(
        persona_id=persona,
        attempts=len(attempts),
        left=max(0, what.attempts - len(attempts)),
        best=best,
        done=reached,
    )


def _check(new: NewAssignment) -> None:
    problems = {
        "title": not new.title.strip() or len(new.title) > _LONGEST_TITLE,
        "personas": not new.personas or len(set(new.personas)) != len(new.personas),
        "attempts": not 1 <= new.attempts <= MOST_ATTEMPTS,
        "pass_mark": new.pass_mark is not None and not 0 < new.pass_mark <= 100,
        "whom": not new.teams and not new.people,
    }
    for name, wrong in problems.items():
        if wrong:
            raise InputError(name, f"The assignment lacks {name}, or it is out of range.")


def _in(actor: Actor, teams: frozenset[str]) -> bool:
    if actor.teams is None:
        return True
    return bool(actor.teams & teams) or not (actor.teams or teams)


def _need_coach(actor: Actor) -> None:
    if actor.role is not Role.COACH:
        raise NotAllowedError("Only a coach may do this.")


def _none(assignment: str) -> NotFoundError:
    return NotFoundError(f"There is no assignment {assignment} of yours.")
