import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.accounts.conftest import PASSWORD
from trainer.accounts import Accounts
from trainer.bootstrap import build_accounts
from trainer.cli import app
from trainer.core.person import Role
from trainer.errors import ConflictError, NotFoundError
from trainer.settings import load_settings


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'shell.db'}")
    monkeypatch.setenv("WIEDERHOEREN_URL", "https://training.example/")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def token_in(output: str) -> str:
    found = re.fullmatch(r"https://training\.example/password\?token=(\S+)\n", output)
    assert found is not None, output
    return found.group(1)


def there() -> Accounts:
    return build_accounts(load_settings())


def test_the_owner_of_the_machine_makes_an_account() -> None:
    token = token_in(
        run("user", "add", "Ina", "--name", "Ina Kern", "--role", "coach", "--team", "Nord")
    )
    accounts = there()
    actor = accounts.actor(accounts.use_link(token, PASSWORD))
    assert actor.role is Role.COACH
    assert list(accounts.own(actor).teams.values()) == ["Nord"]
    again = token_in(run("user", "link", "INA"))
    assert accounts.open_link(again).login == "ina"
    with pytest.raises(ConflictError):
        CliRunner().invoke(app, ["user", "add", "ina", "--name", "x"], catch_exceptions=False)


def test_a_persons_data_is_printed_and_deleted() -> None:
    run("user", "add", "mia", "--name", "Mia Berg")
    assert json.loads(run("user", "export", "mia"))["people"][0]["name"] == "Mia Berg"
    assert "erased" in run("user", "erase", "mia", "--yes")
    with pytest.raises(NotFoundError):
        CliRunner().invoke(app, ["user", "export", "mia"], catch_exceptions=False)


def test_erasing_asks_first() -> None:
    run("user", "add", "mia", "--name", "Mia Berg")
    assert CliRunner().invoke(app, ["user", "erase", "mia"], input="n\n").exit_code == 1
    assert there().known("mia").name == "Mia Berg"


def test_what_is_too_old_can_be_deleted_by_hand() -> None:
    assert run("tidy") == "Calls deleted: 0\n"
