"""A copy holds all there is to the last letter, and is made while others write."""

import threading
from collections.abc import Iterator
from pathlib import Path
from stat import S_IMODE

import pytest
from sqlalchemy import Engine, MetaData, select, text
from typer.testing import CliRunner

from tests.postgres import Server
from tests.store.samples import assessment, heard, said, start
from trainer.cli import app
from trainer.core.person import Role
from trainer.core.plan import Ending
from trainer.core.text import Localized
from trainer.errors import BackupError, StoreError, StoreProblem
from trainer.store import backup as module
from trainer.store.accounts import AccountStore, NewAccount
from trainer.store.attempts import AttemptStore
from trainer.store.backup import backup, restore
from trainer.store.calls import CallStore
from trainer.store.engine import open_engine


@pytest.fixture
def empty_url(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Another database of the same kind with nothing in it."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'elsewhere' / 'calls.db'}"
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.database() as name:
        yield server.url(name)


def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as the database itself gives it."""
    engine = open_engine(url)
    try:
        tables = MetaData()
        tables.reflect(engine)
        with engine.connect() as connection:
            return {
                name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
                for name, table in tables.tables.items()
            }
    finally:
        engine.dispose()


def fill(engine: Engine) -> str:
    """Makes something in as many tables as there are ways to; returns a call's id."""
    calls = CallStore(engine)
    made = AccountStore(engine).add(
        [NewAccount(name="Mia „Ö“ Berg", login="mia", role=Role.TRAINEE, teams=["Nord"])]
    )
    mia = made[0]
    call = start(calls, mia).id
    for index in range(0, 12, 2):
        calls.put_turn(call, said(index, f"Ja bitte? {index} 🙂 \x00 – „so“"))
        calls.put_turn(call, heard(index + 1, "Guten Tag.\n\tZwei Zeilen; 'quoted' \\ ende"))
    attempts = AttemptStore(engine)
    attempts.note(call, "Meine Notiz")
    attempts.add_hint(call, turn=3, check="opens", text=Localized(de="Tipp", en="hint"))
    calls.finish(call, Ending.ABANDONED)
    calls.save_assessment(call, assessment())
    calls.comment(call, author=mia, text="Schön", turn=1)
    return call


def test_what_is_restored_is_what_was_there(
    url: str, empty_url: str, engine: Engine, tmp_path: Path
) -> None:
    call = fill(engine)
    before = contents(url)
    assert sum(bool(rows) for rows in before.values()) >= 8
    copy = tmp_path / "copies" / "monday"
    backup(url, copy)
    assert S_IMODE(copy.stat().st_mode) == 0o600
    assert [file.name for file in copy.parent.iterdir()] == ["monday"]
    CallStore(engine).put_turn(start(CallStore(engine), person_of(before)).id, said(0, "Später"))
    restore(empty_url, copy)
    assert contents(empty_url) == before
    again = open_engine(empty_url)
    try:
        assert CallStore(again).get(call) == CallStore(engine).get(call)
    finally:
        again.dispose()


def person_of(found: dict[str, list[tuple[object, ...]]]) -> str:
    return str(found["people"][0][0])


def test_a_copy_is_one_moment_while_others_write(
    url: str, empty_url: str, engine: Engine, tmp_path: Path
) -> None:
    """Each call gets a turn and a comment on it in one transaction; never one without the other."""
    calls = CallStore(engine)
    fill(engine)
    mia = person_of(contents(url))
    over = threading.Event()

    def write() -> None:
        while not over.is_set():
            call = start(calls, mia).id
            calls.put_turn(call, said(0, "Ja bitte? " * 200))
            calls.comment(call, author=mia, text="Schön", turn=0)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        for number in range(3):
            backup(url, tmp_path / f"copy-{number}")
    finally:
        over.set()
        for writer in writers:
            writer.join()
    restore(empty_url, tmp_path / "copy-2")
    kept = contents(empty_url)
    turns = {(row[0], row[1]) for row in kept["turns"]}
    assert len(turns) > 12
    calls_there = {row[0] for row in kept["calls"]}
    assert {call for call, _ in turns} <= calls_there
    written = len(contents(url)["calls"])
    assert len(kept["calls"]) <= written


def test_a_copy_of_an_older_schema_is_brought_up_to_date(
    url: str, empty_url: str, engine: Engine, tmp_path: Path
) -> None:
    from alembic import command

    from trainer.store.schema import config

    call = fill(engine)
    before = CallStore(engine).get(call)
    with engine.begin() as connection:
        command.downgrade(config(connection), "0003")
    backup(url, tmp_path / "old")
    restore(empty_url, tmp_path / "old")
    again = open_engine(empty_url)
    try:
        assert CallStore(again).get(call).turns == before.turns
    finally:
        again.dispose()


def test_nothing_is_overwritten(url: str, engine: Engine, tmp_path: Path) -> None:
    fill(engine)
    before = contents(url)
    copy = tmp_path / "copy"
    backup(url, copy)
    with pytest.raises(BackupError, match="nothing is overwritten"):
        backup(url, copy)
    with pytest.raises(BackupError, match=r"move it away|not empty"):
        restore(url, copy)
    assert contents(url) == before


def test_what_is_no_copy_is_refused_and_the_place_stays_empty(
    empty_url: str, tmp_path: Path
) -> None:
    letter = tmp_path / "letter"
    letter.write_text("Das ist ein Brief. " * 1000)
    with pytest.raises(BackupError):
        restore(empty_url, letter)
    with pytest.raises(BackupError, match="no file"):
        restore(empty_url, tmp_path / "nowhere")
    open_engine(empty_url).dispose()
    assert contents(empty_url)["calls"] == []


def test_a_copy_of_a_newer_version_says_so(
    url: str, empty_url: str, engine: Engine, tmp_path: Path
) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    backup(url, tmp_path / "new")
    with pytest.raises(StoreError) as caught:
        restore(empty_url, tmp_path / "new")
    assert caught.value.problem is StoreProblem.SCHEMA


def test_a_damaged_file_is_not_taken_for_a_copy(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    fill(engine)
    engine.dispose()
    backup(sqlite_url, tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    (tmp_path / "copy").write_bytes(whole[:8192] + b"\xff" * 8192 + whole[16384:])
    elsewhere = tmp_path / "elsewhere.db"
    with pytest.raises(BackupError):
        restore(f"sqlite:///{elsewhere}", tmp_path / "copy")
    assert not elsewhere.exists()


def test_a_copy_that_cannot_be_written_leaves_nothing(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no database"):
        backup(sqlite_url, tmp_path / "copy")
    open_engine(sqlite_url).dispose()
    (tmp_path / "file").touch()
    with pytest.raises(BackupError, match="cannot be"):
        backup(sqlite_url, tmp_path / "file" / "copy")
    assert sorted(path.name for path in tmp_path.glob("*copy*")) == []


@pytest.mark.postgres
def test_missing_tools_and_a_secret_password(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = postgres_url.replace("postgres@", "postgres:geheim@").replace("/test_", "/nowhere_")
    with pytest.raises(BackupError, match="pg_dump failed") as caught:
        backup(secret, tmp_path / "copy")
    assert "geheim" not in str(caught.value)
    assert not (tmp_path / "copy").exists() and not (tmp_path / "copy.part").exists()
    monkeypatch.setattr(module.shutil, "which", lambda _: None)
    with pytest.raises(BackupError, match="install PostgreSQL's client"):
        backup(postgres_url, tmp_path / "copy")


def test_the_commands(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(sqlite_url)
    fill(engine)
    engine.dispose()
    runner, copy = CliRunner(), str(tmp_path / "copy")
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    assert runner.invoke(app, ["db", "backup", copy]).exit_code == 0
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    monkeypatch.setenv("DATABASE_URL", elsewhere)
    assert "Restored from" in runner.invoke(app, ["db", "restore", copy]).output
    assert contents(elsewhere) == contents(sqlite_url)
