import time

import pytest

from trainer.accounts import Accounts
from trainer.core.person import Actor, Role
from trainer.errors import InputError
from trainer.roster import read_roster


def read(text: str | bytes):
    content = text.encode() if isinstance(text, str) else text
    return read_roster(content, logins={"taken"}, names={("Da", Role.TRAINEE)})


@pytest.mark.parametrize(
    "content",
    [
        "name,login,role,team\nZoë Öz,zoe,coach,Nord|Süd\n",
        "Name;Kennung;Rolle;Team\r\nZoë Öz;ZOE;Coach;Nord | Süd\r\n".encode("cp1252"),
        b"\xef\xbb\xbf" + "team\trole\tlogin\tname\nNord|Süd\tcoach\tzoe\tZoë   Öz\n".encode(),
        'extra,name,login,role,team\n1,"Zoë Öz",zoe,coach,"Nord|Süd"\n\n',
    ],
)
def test_what_tables_are_saved_as_is_read(content: str | bytes) -> None:
    roster = read(content)
    (person,) = roster.people
    assert (person.name, person.login, person.role) == ("Zoë Öz", "zoe", Role.COACH)
    assert list(person.teams) == ["Nord", "Süd"]
    assert roster.refused == []


def test_each_bad_line_is_named_with_its_reason_and_the_others_are_taken() -> None:
    roster = read(
        "name,login,role\n"
        "Gut,gut,\n"
        ",ohne,trainee\n"
        "Wer,,trainee\n"
        "Wer,a b,trainee\n"
        "Wer,wer,chefin\n"
        "Wer,taken,\n"
        "Zwei,gut,\n"
        "Da,neu,trainee\n"
        "Gut,gut2,coach\n"
        "Gut,gut3\n"
    )
    assert [(line.line, line.problem) for line in roster.refused] == [
        (3, "name"), (4, "login"), (5, "login"), (6, "role"), (7, "login_taken"),
        (8, "login_taken"), (9, "name_taken"), (11, "name_taken"),
    ]  # fmt: skip
    assert [person.login for person in roster.people] == ["gut", "gut2"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "file_columns"),
        (b"vorname,nachname\nx,y", "file_columns"),
        (b"PK\x03\x04\x00\x00", "file_text"),
        (b"x" * 5_000_001, "file_large"),
        (b'name,login\n"' + b"x" * 200_000, "file_text"),
        (b"name,login\n" + b"x,y\n" * 20_001, "file_long"),
    ],
)
def test_what_is_no_list_of_people_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        read(content)
    assert caught.value.problem == problem


@pytest.mark.slow
def test_ten_thousand_lines_are_imported_in_seconds(accounts: Accounts, admin: Actor) -> None:
    lines = [f"Person {n},p{n},trainee,Team {n % 40}" for n in range(10_000)]
    content = "\n".join(["name,login,role,team", *lines, "Person 5,noch,trainee,", "x,admin,,"])
    began = time.monotonic()
    imported = accounts.import_people(admin, content.encode())
    assert time.monotonic() - began < 60
    assert len(imported.links) == 10_000
    assert [(line.line, line.problem) for line in imported.refused] == [
        (10_002, "name_taken"), (10_003, "login_taken"),
    ]  # fmt: skip
    assert len(accounts.everybody(admin)) == 10_001
    assert accounts.open_link(imported.links["p77"]).teams
