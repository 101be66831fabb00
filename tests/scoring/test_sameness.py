"""Same transcript, same rubric: same result, in any process and for any rubric that adds up."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.scoring.talks import RUBRIC_FILE, SKILLED, rubric
from trainer.catalog import load_catalog
from trainer.core.rubric import Principle
from trainer.core.turn import Segment, Turn
from trainer.scoring.assessor import assess
from trainer.settings import PROJECT

_PRINTS = """
from tests.scoring.talks import SKILLED, rubric
from trainer.scoring.assessor import assess
print(assess(SKILLED, rubric(), {}).model_dump_json())
"""


def printed(hash_seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", _PRINTS]
    return subprocess.run(
        command, capture_output=True, check=True, text=True, cwd=PROJECT, env=environment
    ).stdout


def test_processes_that_order_sets_differently_give_the_same_assessment() -> None:
    assert printed("1") == printed("2")
    assert printed("1").strip() == assess(SKILLED, rubric(), {}).model_dump_json()


def drifted(part: Segment, by: float) -> Segment:
    return replace(part, acts={act: share - by for act, share in part.acts.items()})


def moved(turn: Turn, by: float) -> Turn:
    return replace(turn, segments=tuple(drifted(part, by) for part in turn.segments))


def test_the_last_digits_of_a_probability_change_nothing() -> None:
    edge = [moved(turn, 0.7) for turn in SKILLED[:1]] + list(SKILLED[1:])
    a_little_less = [moved(turn, 1e-9) for turn in edge]
    assert assess(edge, rubric(), {}) == assess(a_little_less, rubric(), {})


def test_points_are_rounded_before_they_are_compared() -> None:
    for score in assess(SKILLED[:-6], rubric(), {}).principles.values():
        assert score.points is not None and score.points == round(score.points, 1)


def test_a_copied_rubric_with_a_check_switched_off_is_used_without_code(tmp_path: Path) -> None:
    text = RUBRIC_FILE.read_text(encoding="utf-8").replace("id: winback", "id: branch", 1)
    old = "        acts: [set_agenda]\n"
    assert old in text
    (tmp_path / "branch.yaml").write_text(
        text.replace(old, "        enabled: false\n" + old, 1), encoding="utf-8"
    )
    catalog = load_catalog(PROJECT / "personas", tmp_path, "branch")
    result = assess(SKILLED, catalog.rubric(), {})
    assert "lead.agenda" not in {finding.id for finding in result.findings}
    assert result.versions["rubric"].startswith("branch/")
    assert catalog.rubric_of(result) == catalog.rubric()
    assert result.principles[Principle.LEAD].level == 5


def test_weights_that_do_not_add_up_are_refused_with_file_field_and_reason(tmp_path: Path) -> None:
    text = RUBRIC_FILE.read_text(encoding="utf-8").replace("weight: 13\n", "weight: 31\n", 1)
    (tmp_path / "winback.yaml").write_text(text, encoding="utf-8")
    (problem,) = load_catalog(PROJECT / "personas", tmp_path).problems
    assert str(problem).startswith("winback.yaml: principles.lead: checks: the weights")
    assert "sum to 118; make it 100" in str(problem)
