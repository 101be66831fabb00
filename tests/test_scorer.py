import subprocess
import sys
from collections import Counter
from pathlib import Path

import psutil
import pytest

from trainer.scorer import processes, score_all
from trainer.settings import Settings

CALL = (
    "SPEAKER_00: Berger.\n"
    "SPEAKER_01: Guten Tag, Frau Berger, Lena Vogt von der Gärtnerei Morgentau. "
    "Ich rufe an, weil Sie lange nichts bestellt haben. Passt es gerade?\n"
    "SPEAKER_00: Ja, kurz.\n"
    "SPEAKER_01: Was war denn der Grund, dass Sie nicht mehr bestellen?\n"
    "SPEAKER_00: Die Pflanzen waren zuletzt vertrocknet.\n"
    "SPEAKER_01: Das tut mir leid, das darf nicht passieren.\n"
    "SPEAKER_00: Nein, das finde ich auch.\n"
)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Nine good files and a bad one in their middle."""
    found = [tmp_path / f"{n}.txt" for n in range(10)]
    for file in found:
        file.write_text(CALL, encoding="cp1252")
    found[4].write_text("Man nehme drei Eier.\n", encoding="utf-8")
    return found


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_files_are_scored_in_order_and_a_bad_one_stops_no_other(
    files: list[Path], workers: int
) -> None:
    agents = frozenset({"SPEAKER_01"})
    found = list(score_all(files, Settings(), agents=agents, workers=workers))
    assert [each.file for each in found] == files
    assert [bool(each.problem) for each in found] == [n == 4 for n in range(10)]
    totals = Counter(each.assessment.total for each in found if each.assessment)
    assert len(totals) == 1 and None not in totals


@pytest.mark.parametrize(
    ("files", "wanted", "expected"),
    [(1, 0, 1), (30, 0, 1), (60, 0, 2), (1000, 0, 8), (1000, 3, 3), (2, 5, 2), (0, 0, 1)],
)
def test_processes_are_started_where_they_save_time(files: int, wanted: int, expected: int) -> None:
    assert processes(files, wanted, 8) == expected


@pytest.mark.slow
def test_no_process_is_left_when_the_command_is_killed(tmp_path: Path) -> None:
    names = [str(tmp_path / f"{n}.txt") for n in range(500)]
    for name in names:
        Path(name).write_text(CALL, encoding="utf-8")
    command = [sys.executable, "-m", "trainer", "score", "--workers", "2", "--json"]
    with subprocess.Popen([*command, *names], stdout=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stdout.readline(), "it is at work"
        children = psutil.Process(running.pid).children(recursive=True)
        assert len(children) >= 2
        running.kill()
    assert psutil.wait_procs(children, timeout=20)[1] == []
