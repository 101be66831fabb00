"""Copies of a whole database: made while calls go on, put back into an empty place.

A SQLite database is copied to a database file, a PostgreSQL one to an archive of `pg_dump`.
"""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, inspect

from trainer.errors import BackupError
from trainer.store.engine import open_engine, open_unchanged, parse
from trainer.store.failures import translated

_MARK = "alembic_version"
"""A table that every database of this app has."""


def backup(url: str, target: Path) -> None:
    """Copies a database into a new file; the copy is one moment of it, whatever goes on.

    Args:
        url: As in `DATABASE_URL`.
        target: Must not be there yet. It appears when it is complete, and not before.

    Raises:
        SettingsError: The URL names no database this app works with.
        BackupError: The copy cannot be made; nothing is left of it.
    """
    database = parse(url)
    if target.exists():
        raise BackupError(f"{target} is there already; name a new file, nothing is overwritten")
    copy = _copy_sqlite if database.get_backend_name() == "sqlite" else _dump_postgres
    part = target.with_name(f"{target.name}.part")
    with _told("copied"):
        target.parent.mkdir(parents=True, exist_ok=True)
        part.touch(mode=0o600)  # it holds what people said
        try:
            copy(database, part)
            part.rename(target)
        finally:
            part.unlink(missing_ok=True)


def restore(url: str, source: Path) -> None:
    """Puts a copy into an empty database and brings it to the newest schema.

    Args:
        url: As in `DATABASE_URL`: a file that is not there yet, or a database without tables.
        source: What `backup` made.

    Raises:
        SettingsError: The URL names no database this app works with.
        BackupError: The copy is damaged or none, or the database is not empty.
        StoreError: A newer version of the app made the copy, or the database is away.
    """
    database = parse(url)
    if not source.is_file():
        raise BackupError(f"there is no file {source}")
    if database.get_backend_name() == "sqlite":
        _restore_sqlite(database, source)
    else:
        _restore_postgres(database, source)
    open_engine(url).dispose()


def _copy_sqlite(database: URL, part: Path) -> None:
    file = _file(database)
    if not file.is_file():
        raise BackupError(f"there is no database {file}; check DATABASE_URL")
    with closing(_read_only(file)) as live, closing(sqlite3.connect(part)) as copy:
        live.backup(copy)  # in one go: in steps, each write of others would begin it anew
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    _check_sqlite(part)


def _restore_sqlite(database: URL, source: Path) -> None:
    target = _file(database)
    if target.exists():
        raise BackupError(f"{target} is there; stop the app and move it away first")
    with _told("put back"):
        _check_sqlite(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        shutil.copyfile(source, part)
        part.chmod(0o600)
        for beside in ("-wal", "-shm"):  # of a database that was there before
            target.with_name(target.name + beside).unlink(missing_ok=True)
        part.rename(target)


def _check_sqlite(file: Path) -> None:
    with closing(_read_only(file)) as copy:
        (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        ours = copy.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (_MARK,)).fetchone()
    if verdict != "ok":
        raise BackupError(f"{file.name} is damaged: {verdict}")
    if ours is None:
        raise BackupError(f"{file.name} is no database of this app")


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _file(database: URL) -> Path:
    name = database.database or ""
    if name.startswith("file:"):
        raise BackupError("DATABASE_URL is a file: URI; name the file itself for this")
    return Path(name)


def _dump_postgres(database: URL, part: Path) -> None:
    _run("pg_dump", database, "--format=custom", f"--file={part}")


def _restore_postgres(database: URL, source: Path) -> None:
    with translated(), open_unchanged(database) as engine:
        if inspect(engine).get_table_names():
            raise BackupError("the database is not empty; let DATABASE_URL name an empty one")
    _run("pg_restore", database, "--exit-on-error", "--single-transaction", str(source))


def _run(tool: str, database: URL, *arguments: str) -> None:
    """Runs a tool of PostgreSQL; the password is in no list of processes."""
    program = shutil.which(tool)
    if program is None:
        raise BackupError(f"{tool} is not installed; install PostgreSQL's client programs")
    address = database.set(drivername="postgresql", password=None).render_as_string()
    secret = {"PGPASSWORD": database.password} if database.password else {}
    done = subprocess.run(
        [program, "--no-owner", "--no-privileges", f"--dbname={address}", *arguments],
        env={"PATH": str(Path(program).parent), "LC_ALL": "C", **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{tool} failed: {done.stderr.strip() or done.returncode}")


@contextmanager
def _told(done: str) -> Iterator[None]:
    """Says in our words what SQLite says about a file."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"the database cannot be {done}: {error}") from error
