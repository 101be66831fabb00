"""Commands for whoever owns the machine: accounts, a person's data, deleting what is too old."""

from typing import Annotated

import typer
from rich.console import Console

from trainer.bootstrap import build_accounts, build_privacy
from trainer.core.person import Role
from trainer.privacy import as_json
from trainer.settings import load_settings
from trainer.store.accounts import NewAccount

users = typer.Typer(help="Accounts, for WIEDERHOEREN_ACCOUNTS=local.", no_args_is_help=True)
_out = Console()

Login = Annotated[str, typer.Argument(help="The person's login.")]


@users.command("add")
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="The person's name.")],
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.TRAINEE,
    team: Annotated[list[str] | None, typer.Option(help="A team; can be repeated.")] = None,
) -> None:
    """Makes an account and prints the link that sets its password, once, within seven days."""
    settings = load_settings()
    new = NewAccount(name=name, login=login, role=role, teams=team or ())
    token = build_accounts(settings).add_from_shell(new)
    print_link(settings.url, token)


@users.command("link")
def link(login: Login) -> None:
    """Prints a new link for somebody who forgot the password."""
    settings = load_settings()
    print_link(settings.url, build_accounts(settings).link_from_shell(login))


@users.command("export")
def export(login: Login) -> None:
    """Prints everything kept about a person as JSON (Art. 15 GDPR)."""
    settings = load_settings()
    person = build_accounts(settings).known(login).person
    typer.echo(as_json(build_privacy(settings).store.everything(person)))


@users.command("erase")
def erase(
    login: Login,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Deletes a person with all calls, for good (Art. 17 GDPR)."""
    settings = load_settings()
    account = build_accounts(settings).known(login)
    if not yes:
        typer.confirm(f"Delete {account.name} with all calls for good?", abort=True)
    build_privacy(settings).store.erase(account.person)
    _out.print(f"{account.name} is erased.", markup=False)


def tidy() -> None:
    """Deletes calls past the retention period, old sessions and links; the app does it daily."""
    settings = load_settings()
    deleted = build_privacy(settings).apply_retention()
    build_accounts(settings).tidy()
    _out.print(f"Calls deleted: {deleted}")


def print_link(url: str, token: str) -> None:
    """Prints a one-time link; it is kept nowhere."""
    _out.print(f"{url.rstrip('/')}/password?token={token}", markup=False, soft_wrap=True)
