"""The database on the command line: bring it up to date, copy it, put a copy back."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from trainer.settings import load_settings
from trainer.store.backup import backup, restore
from trainer.store.engine import upgrade

database = typer.Typer(help="The database.", no_args_is_help=True)
_out = Console()


@database.command("upgrade")
def db_upgrade() -> None:
    """Brings the database to the newest schema; creates it where there is none."""
    upgrade(load_settings().database_url)
    _out.print("The database is up to date.")


@database.command("backup")
def db_backup(
    file: Annotated[Path, typer.Argument(help="A new file.")],
) -> None:
    """Copies the whole database into a file while the app goes on."""
    backup(load_settings().database_url, file)
    _out.print(f"Copied to {file}.", soft_wrap=True)


@database.command("restore")
def db_restore(
    file: Annotated[Path, typer.Argument(help="What `db backup` made.")],
) -> None:
    """Puts a copy into an empty database, or into a file that is not there yet."""
    restore(load_settings().database_url, file)
    _out.print(f"Restored from {file}.", soft_wrap=True)
