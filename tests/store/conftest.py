"""Every test that asks for `url`, `engine` or `calls` runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.postgres import Server, find_binaries, running_server
from tests.requirements import require
from trainer.core.person import Role
from trainer.store.calls import CallStore
from trainer.store.engine import open_engine
from trainer.store.people import PeopleStore


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    binaries = find_binaries()
    require(binaries, "no PostgreSQL server (initdb, pg_ctl) is installed")
    assert binaries is not None
    with running_server(binaries) as server:
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'calls.db'}"


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    with postgres_server.database() as name:
        yield postgres_server.url(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    """An empty database."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def calls(engine: Engine) -> CallStore:
    return CallStore(engine)


@pytest.fixture
def mia(engine: Engine) -> str:
    return PeopleStore(engine).ensure("Mia", Role.TRAINEE).id
