"""The figures as they leave the program: JSON, CSV and the command."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trainer.cli import app
from trainer.measured import Basis, as_csv, as_json
from trainer.scoring.pairs import Pair, rows

PAIRS = [
    *(Pair(str(n), "lead", level, coach) for n, (level, coach) in enumerate(["11", "23", "55"])),
    Pair("0", "lead.introduce", "met", "not"),
    Pair("1", "lead.introduce", "not_observable", "not"),
]


def test_json_says_what_was_compared_and_on_which_scale() -> None:
    found = json.loads(json.dumps(as_json(rows(PAIRS), Basis.BLIND)))
    lead, check = found["rows"]
    assert found["basis"] == "blind"
    assert lead["pairs"] == 3 and lead["exact"] == pytest.approx(2 / 3, abs=1e-4)
    assert lead["confusion"][1][2] == 1 and lead["scale"] == [1, 2, 3, 4, 5]
    assert (check["pairs"], check["left_out"], check["scale"]) == (1, 1, ["not", "partly", "met"])
    # One pair: the two rate everything differently, so chance alone would do no worse.
    assert check["kappa"] == 0


def test_csv_has_a_line_for_each_subject_and_blanks_for_what_is_not_defined() -> None:
    table = list(csv.DictReader(StringIO(as_csv(rows([*PAIRS, Pair("0", "needs", None, "3")])))))
    assert [line["subject"] for line in table] == ["lead", "needs", "lead.introduce"]
    assert table[1]["kappa"] == "" and table[1]["left_out"] == "1"
    assert float(table[0]["kappa_low"]) <= float(table[0]["kappa"])


@pytest.mark.parametrize(("option", "start"), [("--json", "{"), ("--csv", "subject,")])
def test_the_command_prints_what_programs_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, start: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'calls.db'}")
    done = CliRunner().invoke(app, ["agreement", option])
    assert done.exit_code == 0, done.output
    assert done.output.startswith(start)


def test_the_command_says_when_there_is_nothing_to_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'calls.db'}")
    done = CliRunner().invoke(app, ["agreement", "--basis", "finished"])
    assert "No coach has said anything" in done.output
