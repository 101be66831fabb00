"""Accounts on a database of their own, with a clock that the test moves."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from trainer import passwords
from trainer.accounts import Accounts
from trainer.core.person import Actor, Role
from trainer.store.accounts import AccountStore, NewAccount
from trainer.store.engine import open_engine

PASSWORD = "ein ganzer Satz als Passwort"


@dataclass
class Clock:
    time: datetime = field(default_factory=lambda: datetime(2026, 11, 25, 9, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Accounts]:
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", quick)
    monkeypatch.setattr(passwords, "_NOBODYS", quick.hash("nobody"))
    engine = open_engine(f"sqlite:///{tmp_path / 'accounts.db'}")
    yield Accounts(AccountStore(engine, now=clock), now=clock)
    engine.dispose()


@pytest.fixture
def admin(accounts: Accounts) -> Actor:
    token = accounts.first_link()
    assert token is not None
    return accounts.actor(accounts.use_link(token, PASSWORD))


@pytest.fixture
def mia(accounts: Accounts, admin: Actor) -> Actor:
    new = NewAccount(name="Mia Berg", login="mia", role=Role.TRAINEE, teams=["Nord"])
    return accounts.actor(accounts.use_link(accounts.add(admin, new), PASSWORD))
