from pathlib import Path

import pytest
from sqlalchemy import Engine

from trainer.core.person import Role
from trainer.errors import SettingsError, StoreError, StoreProblem
from trainer.store.engine import open_engine
from trainer.store.people import PeopleStore
from trainer.store.tables import CommentRow


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.fixture
def sqlite(sqlite_url: str) -> object:
    engine = open_engine(sqlite_url)
    yield engine
    engine.dispose()


def test_sqlite_writes_ahead_checks_keys_and_waits(sqlite: Engine) -> None:
    assert pragma(sqlite, "journal_mode") == "wal"
    assert pragma(sqlite, "foreign_keys") == 1
    assert pragma(sqlite, "busy_timeout") == 10_000
    assert pragma(sqlite, "synchronous") == 2  # FULL: a committed turn survives a power cut


def test_the_folder_of_the_database_is_made(tmp_path: Path) -> None:
    file = tmp_path / "ein Ordner" / "tief % drin" / "anrufe.db"
    open_engine(f"sqlite:///{file}").dispose()
    assert file.is_file()


@pytest.mark.postgres
@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgres_is_reached_by_its_usual_addresses(postgres_url: str, scheme: str) -> None:
    engine = open_engine(postgres_url.replace("postgresql", scheme, 1))
    try:
        assert engine.dialect.driver == "psycopg"
        assert PeopleStore(engine).ensure("Mia", Role.TRAINEE)
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "no database URL"),
        ("calls.db", "no database URL"),
        ("mysql://root:geheim@localhost/calls", "neither sqlite nor postgresql"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
    ],
)
def test_a_url_that_names_no_usable_database_is_refused(url: str, why: str) -> None:
    with pytest.raises(SettingsError, match=f"DATABASE_URL: .*{why}") as caught:
        open_engine(url)
    assert "geheim" not in str(caught.value)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL") as caught:
        open_engine(f"sqlite:///{tmp_path}")
    assert caught.value.problem is StoreProblem.AWAY


def test_a_file_in_the_place_of_the_folder_is_named_as_a_problem(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("no folder")
    with pytest.raises(StoreError, match="DATABASE_URL") as caught:
        open_engine(f"sqlite:///{tmp_path / 'var' / 'calls.db'}")
    assert isinstance(caught.value.__cause__, OSError)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "calls.db"
    file.write_text("Das ist ein Brief. " * 100)
    with pytest.raises(StoreError, match="no database") as caught:
        open_engine(f"sqlite:///{file}")
    assert caught.value.problem is StoreProblem.DAMAGED
    assert file.read_text().startswith("Das ist ein Brief.")


@pytest.mark.postgres
def test_a_server_that_is_away_is_named_as_a_problem(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        open_engine(f"postgresql://user:geheim@/calls?host={tmp_path}")
    assert caught.value.problem is StoreProblem.AWAY
    assert "geheim" not in str(caught.value) + str(caught.value.__cause__)


def test_no_error_shows_what_was_to_be_written(engine: Engine) -> None:
    with pytest.raises(Exception, match="hidden") as caught, engine.begin() as connection:
        connection.execute(
            CommentRow.__table__.insert(), {"id": "1", "call_id": "x", "text": "Vertrauliches"}
        )
    assert "Vertrauliches" not in str(caught.value).split("[SQL", 1)[-1]
