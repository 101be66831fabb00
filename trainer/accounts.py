"""Who may come in: sign-in, sessions, passwords, one-time links, and the people's list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from trainer import passwords
from trainer.core.now import utc_now
from trainer.core.person import Actor, Role
from trainer.errors import (
    ConflictError,
    InputError,
    NotAllowedError,
    NotFoundError,
    SignInError,
)
from trainer.roster import Refused, read_roster
from trainer.store.accounts import Account, AccountStore, NewAccount

LINK_LIFE = timedelta(days=7)
TRIES = 5
LOCK = timedelta(minutes=15)
_TOUCH = timedelta(minutes=1)
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Claims:
    """What an OpenID Connect provider says about somebody, and how the words are meant.

    Attributes:
        role_claim: Claim with one or several words.
        coach: The word that makes a coach; likewise `administrator`.
        team_claim: Claim with the names of the person's teams.
    """

    role_claim: str = "roles"
    coach: str = "coach"
    administrator: str = "administrator"
    team_claim: str = "teams"

    def role(self, claims: Mapping[str, Any]) -> Role:
        """Returns the highest role among the words; a trainee where none is known."""
        words = _words(claims.get(self.role_claim))
        if self.administrator in words:
            return Role.ADMINISTRATOR
        return Role.COACH if self.coach in words else Role.TRAINEE

    def teams(self, claims: Mapping[str, Any]) -> Sequence[str]:
        """Returns the names of the teams."""
        return _words(claims.get(self.team_claim))


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file with people.

    Attributes:
        links: The one-time link's token by login; shown once and kept nowhere.
        refused: Lines that were not taken, with the reason.
    """

    links: Mapping[str, str]
    refused: Sequence[Refused]


@dataclass(frozen=True, slots=True)
class Accounts:
    """The service behind the entrance and the pages about accounts.

    Attributes:
        session_life: After this time everybody signs in anew.
        idle: After this time without a click as well.
        claims: How to read what a provider says.
    """

    store: AccountStore
    session_life: timedelta = timedelta(hours=10)
    idle: timedelta = timedelta(hours=2)
    claims: Claims = Claims()
    now: Callable[[], datetime] = utc_now

    # --- the entrance: for those who are not signed in ---

    def sign_in(self, login: str, password: str) -> str:
        """Begins a session and returns its token for the browser's cookie.

        Raises:
            SignInError: Login and password do not fit, or too many tries failed (`locked`).
        """
        login = _login(login)
        failed = self.store.failures(login)
        if failed and failed.count >= TRIES and self.now() - failed.last_at < LOCK:
            raise _locked()
        account = self.store.by_login(login)
        fits = passwords.fits(password, account.password if account else None)
        if account is None or account.password is None or account.disabled_at or not fits:
            if self.store.count_failure(login, after=LOCK) >= TRIES:
                raise _locked()
            raise SignInError("wrong", "Login and password do not fit together.")
        self.store.forget_failures(login)
        if passwords.outdated(account.password):
            hashed = passwords.hash_password(password, login=login)
            self.store.set_password(account.person, hashed)
        return self._begin(account.person)

    def open_link(self, token: str) -> Account:
        """Returns whose password a one-time link sets.

        Raises:
            SignInError: The link is unknown, used or too old.
        """
        person = self.store.link(passwords.fingerprint(token))
        if person is None:
            raise SignInError(
                "link", "This link was used already or is too old. Ask for a new one."
            )
        account = self.store.get(person)
        if account.disabled_at is not None:
            raise SignInError("link", "This account is switched off.")
        return account

    def use_link(self, token: str, password: str) -> str:
        """Sets a password by a one-time link, begins a session and returns its token.

        Raises:
            SignInError: The link is unknown, used or too old.
            InputError: The password cannot be taken.
        """
        account = self.open_link(token)
        hashed = passwords.hash_password(password, login=account.login)
        self.store.set_password(account.person, hashed)
        return self._begin(account.person)

    def actor(self, token: str) -> Actor:
        """Returns who a session belongs to, as they are now, and notes that it was used.

        Raises:
            SignInError: There is no such session, or it is over.
        """
        key = passwords.fingerprint(token)
        session = self.store.session(key)
        now = self.now()
        if session is None:
            raise _needed()
        if now - session.began_at > self.session_life or now - session.seen_at > self.idle:
            self.store.end_session(key)
            raise _needed()
        if now - session.seen_at > _TOUCH:
            self.store.touch_session(key)
        return self._actor(session.person)

    def sign_out(self, token: str) -> None:
        """Ends a session."""
        self.store.end_session(passwords.fingerprint(token))

    def admit(self, claims: Mapping[str, Any]) -> Actor:
        """Returns whom a provider vouches for; makes or changes the account as its claims say.

        Raises:
            SignInError: The claims name nobody, are too old, or the account is switched off.
        """
        issuer, subject = str(claims.get("iss") or ""), str(claims.get("sub") or "")
        issued = claims.get("iat")
        if not issuer or not subject or not isinstance(issued, int | float):
            raise SignInError("needed", "The provider did not say who this is.")
        if self.now() - datetime.fromtimestamp(issued, UTC) > self.session_life:
            raise _needed()
        login, role = f"{issuer}|{subject}", self.claims.role(claims)
        teams = self.claims.teams(claims)
        account = self.store.by_login(login)
        if account is None:
            name = str(claims.get("name") or claims.get("email") or subject)[:_LONGEST_NAME]
            return self._actor(self._add_known(name, login, role, teams))
        if account.disabled_at is not None:
            raise SignInError("needed", "This account is switched off.")
        if account.role is not role or sorted(account.teams.values()) != sorted(teams):
            self.store.change(account.person, role=role, teams=teams, disabled=False)
        return self._actor(account.person)

    # --- one's own account ---

    def own(self, actor: Actor) -> Account:
        """Returns the actor's own account."""
        return self.store.get(actor.person)

    def change_password(self, actor: Actor, old: str, new: str, *, session: str) -> None:
        """Replaces the actor's password; all other sessions end.

        Args:
            actor: Whose password.
            old: The present password.
            new: The new one.
            session: Token of the session that goes on.

        Raises:
            SignInError: The present password is wrong, or too many tries failed.
            InputError: The new password cannot be taken.
        """
        account = self.store.get(actor.person)
        failed = self.store.failures(account.login)
        if failed and failed.count >= TRIES and self.now() - failed.last_at < LOCK:
            raise _locked()
        if not passwords.fits(old, account.password):
            self.store.count_failure(account.login, after=LOCK)
            raise SignInError("wrong", "The present password is wrong.")
        hashed = passwords.hash_password(new, login=account.login)
        self.store.set_password(actor.person, hashed, keep=passwords.fingerprint(session))

    # --- everybody's accounts: for administrators ---

    def everybody(self, actor: Actor) -> Sequence[Account]:
        """Returns all accounts.

        Raises:
            NotAllowedError: The actor is no administrator.
        """
        _need_administrator(actor)
        return self.store.list()

    def teams(self, actor: Actor) -> Mapping[str, str]:
        """Returns the names of the teams by id: all for an administrator, else one's own."""
        every = self.store.teams()
        if actor.role is Role.ADMINISTRATOR or actor.teams is None:
            return every
        return {team: name for team, name in every.items() if team in actor.teams}

    def add(self, actor: Actor, new: NewAccount) -> str:
        """Makes an account and returns the token of its one-time link.

        Raises:
            NotAllowedError: The actor is no administrator.
            InputError: Name or login cannot be taken.
            ConflictError: Name or login is taken.
        """
        _need_administrator(actor)
        cleaned = _cleaned(new)
        (person,) = self.store.add([cleaned])
        return self._links({cleaned.login: person})[cleaned.login]

    def import_people(self, actor: Actor, content: bytes) -> Imported:
        """Makes an account of every good line of a CSV file; the others are reported.

        Raises:
            NotAllowedError: The actor is no administrator.
            InputError: The file is no CSV with the columns that are needed, or too large.
        """
        _need_administrator(actor)
        known = self.store.list()
        roster = read_roster(
            content,
            logins={account.login for account in known},
            names={(account.name, account.role) for account in known},
        )
        people = self.store.add(roster.people)
        logins = [person.login for person in roster.people]
        return Imported(self._links(dict(zip(logins, people, strict=True))), roster.refused)

    def change(
        self, actor: Actor, person: str, *, role: Role, teams: Sequence[str], disabled: bool
    ) -> None:
        """Sets what an account may do.

        Raises:
            NotAllowedError: The actor is no administrator.
            NotFoundError: No such account.
            ConflictError: It is the last administrator's, or the name is taken in that role.
        """
        _need_administrator(actor)
        self.store.change(person, role=role, teams=_names(teams), disabled=disabled)

    def new_link(self, actor: Actor, person: str) -> str:
        """Returns the token of a new one-time link for somebody who forgot the password.

        Raises:
            NotAllowedError: The actor is no administrator.
            NotFoundError: No such account.
        """
        _need_administrator(actor)
        return self._links({person: self.store.get(person).person})[person]

    # --- the machine's owner: command line and start of the app ---

    def first_link(self, name: str = "Administration", login: str = "admin") -> str | None:
        """Returns the token of a link for the first administrator; None where there is one.

        Whoever can start the app or read its output owns the machine.
        """
        waiting = self.store.by_login(login)
        if waiting is None:
            if self.store.administrators() > 0:
                return None
            (person,) = self.store.add(
                [NewAccount(name=name, login=login, role=Role.ADMINISTRATOR)]
            )
        elif waiting.password is None and waiting.role is Role.ADMINISTRATOR:
            person = waiting.person
        else:
            return None
        return self._links({login: person})[login]

    def add_from_shell(self, new: NewAccount) -> str:
        """Makes an account and returns the token of its one-time link.

        Raises:
            InputError: Name or login cannot be taken.
            ConflictError: Name or login is taken.
        """
        cleaned = _cleaned(new)
        (person,) = self.store.add([cleaned])
        return self._links({cleaned.login: person})[cleaned.login]

    def known(self, login: str) -> Account:
        """Returns the account with this login.

        Raises:
            NotFoundError: No such account.
        """
        account = self.store.by_login(_login(login))
        if account is None:
            raise NotFoundError(f"There is no account with the login {login!r}.")
        return account

    def link_from_shell(self, login: str) -> str:
        """Returns the token of a new one-time link.

        Raises:
            NotFoundError: No such account.
        """
        return self._links({login: self.known(login).person})[login]

    def tidy(self) -> None:
        """Deletes sessions, failed tries and links that are too old to matter."""
        self.store.tidy(before=self.now() - max(self.session_life, LOCK))

    def _begin(self, person: str) -> str:
        token = passwords.new_token()
        self.store.begin_session(person, passwords.fingerprint(token))
        return token

    def _actor(self, person: str) -> Actor:
        account = self.store.get(person)
        if account.disabled_at is not None:
            raise _needed()
        return Actor(account.person, account.role, frozenset(account.teams))

    def _links(self, people: Mapping[str, str]) -> dict[str, str]:
        tokens = {name: passwords.new_token() for name in people}
        self.store.add_links(
            ((passwords.fingerprint(tokens[name]), person) for name, person in people.items()),
            expires_at=self.now() + LINK_LIFE,
        )
        return tokens

    def _add_known(self, name: str, login: str, role: Role, teams: Sequence[str]) -> str:
        """Makes an account for somebody a provider vouches for; names may repeat there."""
        for number in range(1, 1000):
            free = name if number == 1 else f"{name} ({number})"
            try:
                (person,) = self.store.add(
                    [NewAccount(name=free, login=login, role=role, teams=teams)]
                )
            except ConflictError:
                # Two tabs may come back from the provider at once: the other one was faster.
                there = self.store.by_login(login)
                if there is not None:
                    return there.person
                continue
            return person
        raise ConflictError(f"There are too many people called {name}.")


def _words(claim: object) -> list[str]:
    if isinstance(claim, str):
        return [claim]
    return [str(word) for word in claim] if isinstance(claim, list | tuple) else []


def _login(text: str) -> str:
    return text.strip().casefold()


def _names(names: Sequence[str]) -> list[str]:
    return [name.strip() for name in names if name.strip()]


def _cleaned(new: NewAccount) -> NewAccount:
    name, login = " ".join(new.name.split()), _login(new.login)
    if not name or len(name) > _LONGEST_NAME:
        raise InputError("name", "A name is missing or too long.")
    if not login or len(login) > _LONGEST_NAME or any(mark.isspace() for mark in login):
        raise InputError("login", "A login is missing, too long or contains a space.")
    return NewAccount(name=name, login=login, role=new.role, teams=_names(new.teams))


def _need_administrator(actor: Actor) -> None:
    if actor.role is not Role.ADMINISTRATOR:
        raise NotAllowedError("Only an administrator may do this.")


def _locked() -> SignInError:
    minutes = int(LOCK.total_seconds() // 60)
    return SignInError("locked", f"Too many tries failed. Try again in {minutes} minutes.")


def _needed() -> SignInError:
    return SignInError("needed", "Please sign in.")
