"""Files that do harm: going in as content, coming out as tables."""

import csv
import io
from pathlib import Path
from time import perf_counter

import pandas as pd
import pytest

from trainer.catalog import load_catalog
from trainer.errors import InputError, NotFoundError
from trainer.roster import MOST_BYTES, read_roster
from trainer.settings import Settings
from trainer.ui.csvfile import csv_of

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(n)}: &{chr(n)} [{', '.join(f'*{chr(n - 1)}' for _ in range(9))}]\n"
    for n in range(ord("b"), ord("z"))
)
HARMFUL = {
    "bomb": BOMB,
    "recursion": "id: &x {facts: *x}\n",
    "object": "id: !!python/object/apply:os.system ['true']\n",
    "module": "id: !!python/module:os\n",
    "name": "id: !!python/name:os.system\n",
    "own tag": "id: !geheim x\n",
    "many aliases": "a: &a x\nb: [" + "*a, " * 1000 + "*a]\n",
    "no text": "\x00\x01\x02",
    "deep": "a: " + "[" * 5000,
    "huge": "# " + "x" * 600_000 + "\nid: x\n",
}


@pytest.mark.parametrize("kind", ["personas", "rubrics"])
@pytest.mark.parametrize("name", sorted(HARMFUL))
def test_a_harmful_content_file_is_named_and_nothing_else_happens(
    tmp_path: Path, kind: str, name: str
) -> None:
    (tmp_path / "harmful.yaml").write_text(HARMFUL[name], encoding="utf-8")
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    folders = {"personas": nothing, "rubrics": nothing} | {kind: tmp_path}
    began = perf_counter()
    catalog = load_catalog(folders["personas"], folders["rubrics"], "winback")
    assert perf_counter() - began < 20
    assert {problem.path.name for problem in catalog.problems} == {"harmful.yaml"}
    assert "harmful" not in catalog.personas and "harmful" not in catalog.rubrics


@pytest.mark.parametrize(
    "persona", ["../personas/tobias_renner", "/etc/passwd", "..\\x", "%2e%2e/x", "tobias_renner\0"]
)
def test_an_id_is_a_name_in_a_list_and_never_a_path(persona: str) -> None:
    settings = Settings()
    catalog = load_catalog(settings.personas, settings.rubrics, settings.rubric)
    with pytest.raises(NotFoundError):
        catalog.persona(persona)


@pytest.mark.parametrize("file", ["../../evil", "a/b", "..", ".", "", "CON\x00", "x" * 300])
def test_a_personas_id_must_be_the_name_of_its_file(tmp_path: Path, file: str) -> None:
    shipped = next(Settings().personas.glob("*.yaml")).read_text(encoding="utf-8")
    first, rest = shipped.split("\n", 1)
    assert first.startswith("id: ")
    (tmp_path / "harmless.yaml").write_text(f"id: {file!r}\n{rest}", encoding="utf-8")
    catalog = load_catalog(tmp_path, Settings().rubrics, "winback")
    assert catalog.personas == {} and catalog.problems


FORMULAS = ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", " =1", "%0a=1", "|x"]


def test_no_cell_of_a_table_for_a_spreadsheet_begins_a_formula() -> None:
    table = pd.DataFrame({"=HYPERLINK(1)": FORMULAS, "points": [-1.5] * len(FORMULAS)})
    text = csv_of(table).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text), delimiter=";")
    for cell in (head[0], *(row[0] for row in rows)):
        assert cell.startswith("'")
    assert {row[1] for row in rows} == {"-1,5"}  # a number stays one
    assert [row[0].removeprefix("'") for row in rows] == [f.replace("\r", " ") for f in FORMULAS]


def test_every_table_for_a_spreadsheet_goes_through_that_one_door() -> None:
    folder = Path(__file__).parents[2] / "trainer"
    writers = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if ".to_csv(" in (text := path.read_text(encoding="utf-8")) or "csv.writer(" in text
    ]
    assert writers == ["ui/csvfile.py"]


@pytest.mark.parametrize(
    "content",
    [b"x" * (MOST_BYTES + 1), b"\x00name,login", b'name,login\n"' + b"x" * 200_000, b""],
)
def test_a_list_of_people_that_is_too_much_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        read_roster(content, logins=set(), names=set())


def test_names_in_a_list_of_people_are_only_names() -> None:
    lines = "name,login\n" + "".join(f'"{cell}",l{n}\n' for n, cell in enumerate(FORMULAS))
    roster = read_roster(lines.encode(), logins=set(), names=set())
    assert len(roster.people) + len(roster.refused) == len(FORMULAS)
