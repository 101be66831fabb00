"""Reads a CSV file with people: every line becomes an account to be made or a reason why not."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trainer.core.person import Role
from trainer.errors import InputError
from trainer.store.accounts import NewAccount

MOST_BYTES = 5_000_000
MOST_LINES = 20_000
_LONGEST = 120
_COLUMNS = {
    "name": "name",
    "login": "login",
    "kennung": "login",
    "anmeldename": "login",
    "e-mail": "login",
    "email": "login",
    "role": "role",
    "rolle": "role",
    "team": "team",
    "teams": "team",
}
_ROLES = {
    "": Role.TRAINEE,
    "trainee": Role.TRAINEE,
    "coach": Role.COACH,
    "administrator": Role.ADMINISTRATOR,
    "administration": Role.ADMINISTRATOR,
    "admin": Role.ADMINISTRATOR,
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not taken.

    Attributes:
        line: Its number in the file, the heading being 1.
        problem: `name`, `login`, `role`, `login_taken` or `name_taken`.
        value: What stood there.
    """

    line: int
    problem: str
    value: str


@dataclass(frozen=True, slots=True)
class Roster:
    """The good lines and the others."""

    people: Sequence[NewAccount]
    refused: Sequence[Refused]


def read_roster(content: bytes, *, logins: set[str], names: set[tuple[str, Role]]) -> Roster:
    """Reads the file: columns name, login, role and team, separated by comma, semicolon or tab.

    Several teams of one person are separated by `|`.

    Args:
        content: UTF-8, with or without byte order mark, or Windows-1252.
        logins: Those that are taken.
        names: Names that are taken, with their roles.

    Raises:
        InputError: No CSV file, too large, or a column is missing (`problem` is `file_…`).
    """
    if len(content) > MOST_BYTES:
        raise InputError("file_large", f"The file is larger than {MOST_BYTES // 10**6} MB.")
    rows = _rows(_text(content))
    columns = [_COLUMNS.get(cell.strip().casefold(), "") for _, row in rows[:1] for cell in row]
    missing = [name for name in ("name", "login") if name not in columns]
    if missing:
        raise InputError("file_columns", f"The first line lacks the column {missing[0]!r}.")
    if len(rows) - 1 > MOST_LINES:
        raise InputError("file_long", f"The file has more than {MOST_LINES} lines.")
    people: list[NewAccount] = []
    refused: list[Refused] = []
    logins, names = set(logins), set(names)
    for line, row in rows[1:]:
        cells = dict(zip(columns, row, strict=False))
        read = _person(line, cells, logins, names)
        if isinstance(read, Refused):
            refused.append(read)
            continue
        people.append(read)
        logins.add(read.login)
        names.add((read.name, read.role))
    return Roster(people, refused)


def _text(content: bytes) -> str:
    if b"\x00" in content:
        raise InputError("file_text", "This is no text file. Save the table as CSV.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Returns the lines that are not empty with their numbers."""
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InputError("file_text", f"Line {reader.line_num} cannot be read: {error}") from error


def _person(
    line: int, cells: Mapping[str, str], logins: set[str], names: set[tuple[str, Role]]
) -> NewAccount | Refused:
    name = " ".join(cells.get("name", "").split())
    login = cells.get("login", "").strip().casefold()
    role = _ROLES.get(cells.get("role", "").strip().casefold())
    if not name or len(name) > _LONGEST:
        return Refused(line, "name", name[:_LONGEST])
    if not login or len(login) > _LONGEST or any(mark.isspace() for mark in login):
        return Refused(line, "login", login[:_LONGEST])
    if role is None:
        return Refused(line, "role", cells["role"].strip()[:_LONGEST])
    if login in logins:
        return Refused(line, "login_taken", login)
    if (name, role) in names:
        return Refused(line, "name_taken", name)
    teams = [team.strip()[:_LONGEST] for team in cells.get("team", "").split("|") if team.strip()]
    return NewAccount(name=name, login=login, role=role, teams=teams)
