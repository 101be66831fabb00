"""Two teams with a coach each, an administrator, and calls of one trainee: who may what?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trainer.accounts import Accounts
from trainer.assignments import Assignments
from trainer.attempts import Attempts
from trainer.bootstrap import Desk, build_practice
from trainer.coaching import Coaching
from trainer.content import Contents, Names
from trainer.core.acts import Speaker
from trainer.core.person import Actor, Role
from trainer.core.plan import Ending
from trainer.core.turn import Turn
from trainer.journey import Journey, build_journey
from trainer.practice import Practice
from trainer.preparing import Preparing, build_preparing
from trainer.privacy import Privacy
from trainer.settings import Settings
from trainer.store.accounts import AccountStore, NewAccount
from trainer.store.assignments import AssignmentStore, NewAssignment
from trainer.store.attempts import AttemptStore
from trainer.store.calls import TurnRecord
from trainer.store.coaching import CoachingStore
from trainer.store.content import ContentStore, Kind
from trainer.store.erasure import Erasure
from trainer.store.submissions import SubmissionStore
from trainer.store.teamwork import TeamworkStore
from trainer.submissions import Submissions
from trainer.teamwork import Teamwork

PEOPLE = {
    "mia": (Role.TRAINEE, "Nord"),
    "ben": (Role.TRAINEE, "Nord"),
    "jan": (Role.TRAINEE, "Süd"),
    "ina": (Role.COACH, "Nord"),
    "otto": (Role.COACH, "Süd"),
    "admin": (Role.ADMINISTRATOR, "Nord"),
}
LINES = (
    "Yılmaz, hallo?",
    "Guten Tag, hier ist Lena Vogt. Ich rufe an, weil wir Sie vermissen. Passt es gerade?",
    "Ja, aber nur kurz.",
    "Danke. Was hat damals den Ausschlag gegeben, dass Sie gegangen sind?",
    "Es hat sich niemand gekümmert.",
    "Das tut mir leid, das kann ich gut verstehen. Was wäre Ihnen wichtig für einen Neuanfang?",
    "Dass jemand zurückruft.",
)


@dataclass
class Company:
    """The services on one database, everybody's actor, and Mia's calls."""

    practice: Practice
    accounts: Accounts
    coaching: Coaching
    assignments: Assignments
    privacy: Privacy
    teamwork: Teamwork
    attempts: Attempts
    submissions: Submissions
    contents: Contents
    journey: Journey
    preparing: Preparing
    actors: dict[str, Actor] = field(default_factory=dict)
    submitted: str = ""
    private: str = ""

    def assignment(self, **more: Any) -> NewAssignment:
        """Returns an assignment to Mia's team, with one customer."""
        persona = next(iter(self.practice.catalog.personas))
        (team,) = self.actors["mia"].teams or ()
        return NewAssignment(
            **{"title": "Woche 1", "personas": (persona,), "teams": (team,)} | more
        )

    def persona(self, *, release: bool = False) -> str:
        """Makes a persona of the coach of Mia's team and returns its id."""
        source = next(iter(self.practice.library.files.personas))
        names = Names(first="Gesa", last="Thormählen", company="Nordgas")
        made = self.contents.duplicate(self.actors["ina"], Kind.PERSONA, source, names)
        if release:
            self.contents.release(self.actors["ina"], Kind.PERSONA, made, 1)
        return made

    def call(self, person: str, *, submit: bool = True, lines: tuple[str, ...] = LINES) -> str:
        """Makes an ended call of somebody and returns its id."""
        calls = self.practice.calls
        persona = next(iter(self.practice.catalog.personas.values()))
        made = calls.create(
            person=self.actors[person].person,
            persona=persona.model_dump(mode="json"),
            seed=1,
            versions={},
        )
        for index, text in enumerate(lines):
            turn = Turn(Speaker.CUSTOMER, text, ())
            if index % 2:
                turn = Turn(
                    Speaker.TRAINEE,
                    text,
                    self.practice.recognizer.label(
                        text, speaker=Speaker.TRAINEE, context=lines[index - 1]
                    ),
                )
            calls.put_turn(made.id, TurnRecord(index, turn, made.started_at))
        calls.finish(made.id, Ending.ABANDONED)
        if submit:
            self.submissions.submit(self.actors[person].person, made.id)
        return made.id


_TEMPLATE: dict[str, Any] = {}
"""The database with everybody in it, made once: most tests only look at it."""


@contextmanager
def company(folder: Path, desk: Desk) -> Iterator[Company]:
    """Opens a database with everybody in it."""
    file = folder / "team.db"
    if _TEMPLATE:
        file.write_bytes(_TEMPLATE["database"])
    practice = build_practice(Settings(DATABASE_URL=f"sqlite:///{file}"), desk)
    engine = practice.calls.engine
    attempts = Attempts(practice, AttemptStore(engine))
    there = Company(
        practice,
        Accounts(AccountStore(engine)),
        Coaching(practice, CoachingStore(engine)),
        Assignments(attempts, AssignmentStore(engine)),
        Privacy(Erasure(engine)),
        Teamwork(TeamworkStore(engine)),
        attempts,
        Submissions(practice, SubmissionStore(engine)),
        Contents(practice, ContentStore(engine)),
        build_journey(practice),
        build_preparing(practice),
    )
    if not _TEMPLATE:
        _fill(there)
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        _TEMPLATE.update(
            database=file.read_bytes(),
            actors=there.actors,
            submitted=there.submitted,
            private=there.private,
        )
    there.actors = dict(_TEMPLATE["actors"])
    there.submitted, there.private = _TEMPLATE["submitted"], _TEMPLATE["private"]
    yield there
    practice.close()


def _fill(there: Company) -> None:
    made = there.accounts.store.add(
        [
            NewAccount(name=name.title(), login=name, role=role, teams=[team])
            for name, (role, team) in PEOPLE.items()
        ]
    )
    for name, person in zip(PEOPLE, made, strict=True):
        teams = frozenset(there.accounts.store.get(person).teams)
        there.actors[name] = Actor(person, PEOPLE[name][0], teams)
    there.submitted = there.call("mia")
    there.private = there.call("mia", submit=False)
