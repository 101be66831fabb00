"""Brings a database to the newest revision in `migrations/`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from trainer.errors import StoreProblem
from trainer.store import (  # noqa: F401 - known to the metadata
    account_tables,
    coaching_tables,
    content_tables,
    real_tables,
)
from trainer.store.failures import store_error, translated
from trainer.store.session import for_writing

_LOCK = 0x5749_4544  # "WIED": any number will do as long as it stays
_WAIT = "120s"


def migrate(engine: Engine) -> None:
    """Applies the missing revisions in one transaction; does nothing where there are none.

    Raises:
        StoreError: The database cannot be written, or a newer version of the app made it.
    """
    with translated():
        with engine.connect() as connection:
            if _is_current(connection):
                return
        with for_writing(engine).begin() as connection:
            _wait_for_others(connection)
            _apply(connection)


def config(connection: Connection | None = None) -> Config:
    """Returns Alembic's configuration, which lives in no file of its own."""
    made = Config(attributes={"connection": connection})
    folder = Path(__file__).parent / "migrations"
    made.set_main_option("script_location", str(folder).replace("%", "%%"))
    return made


def _is_current(connection: Connection) -> bool:
    heads = ScriptDirectory.from_config(config()).get_heads()
    return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)


def _wait_for_others(connection: Connection) -> None:
    # On SQLite the transaction holds the write lock already.
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{_WAIT}'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _apply(connection: Connection) -> None:
    try:
        command.upgrade(config(connection), "head")
    except CommandError as error:
        # The revision in the database is none that this version knows.
        raise store_error(StoreProblem.SCHEMA) from error
