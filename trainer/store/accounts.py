"""Accounts, teams, sessions and one-time links: every change is one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.orm import Session

from trainer.core.now import utc_now
from trainer.core.person import Role
from trainer.errors import ConflictError, NotFoundError
from trainer.store.account_tables import (
    AccountRow,
    AttemptRow,
    LinkRow,
    MemberRow,
    SessionRow,
    TeamRow,
)
from trainer.store.session import reading, writing
from trainer.store.tables import PersonRow


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in.

    Attributes:
        password: The argon2id hash; None before a password was set, and with a provider.
        teams: Names of the teams by id.
    """

    person: str
    name: str
    role: Role
    login: str
    password: str | None
    disabled_at: datetime | None
    teams: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account to be made. Teams are named; those that are missing are made, too."""

    name: str
    login: str
    role: Role
    teams: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that was found: whose, and its times."""

    person: str
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Failures:
    """How often a login was tried in vain, and when last."""

    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class AccountStore:
    """All accounts in one database. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    engine: Engine
    now: Callable[[], datetime] = utc_now

    def add(self, new: Sequence[NewAccount]) -> Sequence[str]:
        """Makes accounts, all or none, and returns the people's ids in the same order.

        Raises:
            ConflictError: A login, or a name in the same role, is taken.
        """
        with writing(self.engine) as session:
            people = {(row.name, row.role) for row in session.scalars(select(PersonRow))}
            logins = set(session.scalars(select(AccountRow.login)))
            made = []
            for account in new:
                if account.login in logins or (account.name, account.role) in people:
                    raise ConflictError(f"{account.login} or {account.name} is taken.")
                person = self._person(account.name, account.role)
                session.add(person)
                session.flush()
                session.add(AccountRow(person=person.id, login=account.login))
                made.append(person.id)
                people.add((account.name, account.role))
                logins.add(account.login)
            session.flush()
            for person_id, account in zip(made, new, strict=True):
                _join(session, person_id, account.teams)
            return made

    def get(self, person: str) -> Account:
        """Returns the account of a person.

        Raises:
            NotFoundError: No such account.
        """
        with reading(self.engine) as session:
            found = _accounts(session, AccountRow.person == person)
        if not found:
            raise NotFoundError(f"There is no account of {person}.")
        return found[0]

    def by_login(self, login: str) -> Account | None:
        """Returns the account with this login, or None."""
        with reading(self.engine) as session:
            return next(iter(_accounts(session, AccountRow.login == login)), None)

    def list(self) -> Sequence[Account]:
        """Returns all accounts by name."""
        with reading(self.engine) as session:
            return _accounts(session)

    def teams(self) -> Mapping[str, str]:
        """Returns the names of all teams by id, in the order of names."""
        with reading(self.engine) as session:
            rows = session.execute(select(TeamRow.id, TeamRow.name).order_by(TeamRow.name))
            return {row.id: row.name for row in rows}

    def change(self, person: str, *, role: Role, teams: Sequence[str], disabled: bool) -> None:
        """Sets what an account may do. Sessions of a disabled account end.

        Raises:
            NotFoundError: No such account.
            ConflictError: It is the last administrator's, or the name is taken in that role.
        """
        with writing(self.engine) as session:
            account, row = _locked(session, person)
            loses = row.role == Role.ADMINISTRATOR and (disabled or role != Role.ADMINISTRATOR)
            if loses and account.disabled_at is None and _administrators(session) <= 1:
                raise ConflictError("The last administrator must stay one.")
            same = select(PersonRow.id).where(PersonRow.name == row.name, PersonRow.role == role)
            if session.scalar(same.where(PersonRow.id != person)) is not None:
                raise ConflictError(f"There is another {role} called {row.name}.")
            row.role = role
            account.disabled_at = (account.disabled_at or self.now()) if disabled else None
            if disabled:
                session.execute(delete(SessionRow).where(SessionRow.person == person))
            session.execute(delete(MemberRow).where(MemberRow.person == person))
            _join(session, person, teams)

    def set_password(self, person: str, hashed: str, *, keep: str | None = None) -> None:
        """Replaces a password and ends the person's sessions and one-time links.

        Args:
            person: Id of the person.
            hashed: The argon2id hash.
            keep: Hash of the session that goes on.

        Raises:
            NotFoundError: No such account.
        """
        with writing(self.engine) as session:
            account, _ = _locked(session, person)
            account.password = hashed
            others = delete(SessionRow).where(SessionRow.person == person)
            session.execute(others if keep is None else others.where(SessionRow.token != keep))
            session.execute(delete(LinkRow).where(LinkRow.person == person))
            session.execute(delete(AttemptRow).where(AttemptRow.login == account.login))

    def begin_session(self, person: str, token: str) -> None:
        """Keeps a session by the hash of its token."""
        now = self.now()
        with writing(self.engine) as session:
            session.add(SessionRow(token=token, person=person, began_at=now, seen_at=now))

    def session(self, token: str) -> SignedIn | None:
        """Returns a session by its token's hash, whatever its age; None where there is none."""
        with reading(self.engine) as session:
            row = session.get(SessionRow, token)
            return None if row is None else SignedIn(row.person, row.began_at, row.seen_at)

    def touch_session(self, token: str) -> None:
        """Notes that a session was used just now."""
        with writing(self.engine) as session:
            session.execute(
                update(SessionRow).where(SessionRow.token == token).values(seen_at=self.now())
            )

    def end_session(self, token: str) -> None:
        """Forgets a session."""
        with writing(self.engine) as session:
            session.execute(delete(SessionRow).where(SessionRow.token == token))

    def failures(self, login: str) -> Failures | None:
        """Returns how often a login was tried in vain; None when it was not."""
        with reading(self.engine) as session:
            row = session.get(AttemptRow, login)
            return None if row is None else Failures(row.failures, row.last_at)

    def count_failure(self, login: str, *, after: timedelta) -> int:
        """Notes a failed try and returns how many there are; counts anew after a quiet time."""
        now = self.now()
        with writing(self.engine) as session:
            row = session.get(AttemptRow, login, with_for_update=True)
            if row is None:
                session.add(AttemptRow(login=login, failures=1, last_at=now))
                return 1
            row.failures = 1 if now - row.last_at >= after else row.failures + 1
            row.last_at = now
            return row.failures

    def forget_failures(self, login: str) -> None:
        """Counts anew: somebody got in."""
        with writing(self.engine) as session:
            session.execute(delete(AttemptRow).where(AttemptRow.login == login))

    def add_links(self, links: Iterable[tuple[str, str]], *, expires_at: datetime) -> None:
        """Keeps one-time links as pairs of a token's hash and a person; older ones are void."""
        made = dict(links)
        with writing(self.engine) as session:
            session.execute(delete(LinkRow).where(LinkRow.person.in_(made.values())))
            session.add_all(
                LinkRow(token=token, person=person, expires_at=expires_at)
                for token, person in made.items()
            )

    def link(self, token: str) -> str | None:
        """Returns whose password a link sets; None when it is unknown, used or too old."""
        with reading(self.engine) as session:
            row = session.get(LinkRow, token)
            return None if row is None or row.expires_at <= self.now() else row.person

    def tidy(self, *, before: datetime) -> None:
        """Deletes sessions and failed tries last seen before a time, and links too old."""
        with writing(self.engine) as session:
            session.execute(delete(SessionRow).where(SessionRow.seen_at < before))
            session.execute(delete(AttemptRow).where(AttemptRow.last_at < before))
            session.execute(delete(LinkRow).where(LinkRow.expires_at <= self.now()))

    def administrators(self) -> int:
        """Returns how many administrators can sign in."""
        with reading(self.engine) as session:
            return _administrators(session)

    def _person(self, name: str, role: Role) -> PersonRow:
        return PersonRow(id=uuid4().hex, name=name, role=role, created_at=self.now())


def _accounts(session: Session, *conditions: object) -> list[Account]:
    rows = session.execute(
        select(AccountRow, PersonRow.name, PersonRow.role)
        .join(PersonRow, PersonRow.id == AccountRow.person)
        .where(*conditions)  # type: ignore[arg-type]
        .order_by(PersonRow.name, PersonRow.id)
    ).all()
    teams: dict[str, dict[str, str]] = {row.AccountRow.person: {} for row in rows}
    found = (
        select(MemberRow.person, TeamRow.id, TeamRow.name)
        .join(TeamRow, TeamRow.id == MemberRow.team)
        .order_by(TeamRow.name)
    )
    if len(rows) == 1:
        found = found.where(MemberRow.person == rows[0].AccountRow.person)
    for member in session.execute(found) if rows else ():
        teams.get(member.person, {})[member.id] = member.name
    return [
        Account(
            person=row.AccountRow.person,
            name=row.name,
            role=Role(row.role),
            login=row.AccountRow.login,
            password=row.AccountRow.password,
            disabled_at=row.AccountRow.disabled_at,
            teams=teams[row.AccountRow.person],
        )
        for row in rows
    ]


def _locked(session: Session, person: str) -> tuple[AccountRow, PersonRow]:
    account = session.get(AccountRow, person, with_for_update=True)
    row = session.get(PersonRow, person)
    if account is None or row is None:
        raise NotFoundError(f"There is no account of {person}.")
    return account, row


def _administrators(session: Session) -> int:
    counted = (
        select(func.count())
        .select_from(AccountRow)
        .join(PersonRow, PersonRow.id == AccountRow.person)
        .where(PersonRow.role == Role.ADMINISTRATOR, AccountRow.disabled_at.is_(None))
    )
    return session.scalar(counted) or 0


def _join(session: Session, person: str, teams: Iterable[str]) -> None:
    for name in dict.fromkeys(teams):
        team = session.scalar(select(TeamRow).where(TeamRow.name == name))
        if team is None:
            team = TeamRow(id=uuid4().hex, name=name)
            session.add(team)
            session.flush()
        session.add(MemberRow(person=person, team=team.id))
