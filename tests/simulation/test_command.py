import json
import sys
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tests.requirements import require
from trainer.errors import SimulationError
from trainer.settings import Settings
from trainer.simulation.cluster import LOCAL
from trainer.simulation.command import Order, simulate
from trainer.simulation.tournament import fixtures, play_all

pytestmark = pytest.mark.slow

QUIET = Console(file=StringIO())
PERSONA = "nicole_hambach"


def run(order: Order) -> None:
    simulate(order, Settings(), QUIET, QUIET)


@pytest.mark.parametrize(
    ("order", "named"),
    [
        (Order(["nobody"]), "nobody is none of skilled"),
        (Order([]), "agents"),
        (Order(["weak"], personas=["nobody"]), "nobody is none of"),
    ],
)
def test_who_is_unknown_is_named(order: Order, named: str) -> None:
    with pytest.raises(SimulationError, match=named):
        run(order)


def test_no_persona_at_all_is_said(tmp_path: Path) -> None:
    settings = Settings().model_copy(update={"personas": tmp_path})
    with pytest.raises(SimulationError, match="no persona"):
        simulate(Order(["weak"]), settings, QUIET, QUIET)


def test_a_run_writes_text_json_and_page(tmp_path: Path) -> None:
    run(Order(["silent"], personas=[PERSONA], calls=1, workers=1, folder=tmp_path / "new"))
    folder = tmp_path / "new"
    figures = json.loads((folder / "simulation.json").read_text(encoding="utf-8"))
    assert figures["calls"] == 1 and figures["agents"]["silent"]["won"] == 0.0
    assert "seed 1" in (folder / "simulation.html").read_text(encoding="utf-8")
    assert (folder / "simulation.md").exists()


def test_two_processes_play_the_same_calls_as_one() -> None:
    games = fixtures(["weak", "silent"], [PERSONA], calls=2, seed=3)
    alone = [r.transcript for r in play_all(games, Settings(), workers=1, keep_talk=True)]
    both = [r.transcript for r in play_all(games, Settings(), workers=2, keep_talk=True)]
    assert alone == both


def test_without_ray_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(SimulationError, match="requirements-ray.txt"):
        run(Order(["silent"], personas=[PERSONA], calls=1, ray=LOCAL))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_local_ray_plays_the_same_calls() -> None:
    require(find_spec("ray"), "ray, see requirements-ray.txt")
    from trainer.simulation.cluster import play_on_cluster

    games = fixtures(["silent"], [PERSONA], calls=2, seed=3)
    there = list(play_on_cluster(games, Settings(), LOCAL, keep_talk=True))
    here = list(play_all(games, Settings(), workers=1, keep_talk=True))
    assert [r.transcript for r in there] == [r.transcript for r in here]
