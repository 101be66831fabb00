"""The run behind `python -m trainer simulate`: plays, shows progress, writes the report."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from trainer.catalog import load_catalog
from trainer.errors import SimulationError
from trainer.settings import Settings
from trainer.simulation.cluster import play_on_cluster
from trainer.simulation.figures import figures_of
from trainer.simulation.page import as_page
from trainer.simulation.record import Record
from trainer.simulation.report import as_markdown
from trainer.simulation.skills import SKILLS
from trainer.simulation.tournament import fixtures, play_all

_READ_ALONG = 2
"""So many calls of each agent are kept to be read along in the page."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to play and where to report.

    Attributes:
        agents: Names in `SKILLS`.
        personas: Ids; empty for all.
        calls: Calls of each agent with each customer.
        seed: The first seed; the others follow it.
        workers: Processes; 0 for one a core.
        ray: Address of a Ray cluster that plays instead of this machine; `local` starts one.
        folder: Where `simulation.json`, `.html` and `.md` go; None prints only.
    """

    agents: Sequence[str]
    personas: Sequence[str] = ()
    calls: int = 3
    seed: int = 1
    workers: int = 0
    ray: str | None = None
    folder: Path | None = None


def simulate(order: Order, settings: Settings, out: Console, err: Console) -> None:
    """Plays an order and reports.

    Raises:
        SimulationError: An agent or a customer is unknown, or nothing is left to play.
    """
    records = _play(order, settings, err)
    figures = figures_of(records)
    text = as_markdown(figures)
    out.print(text, markup=False, highlight=False, soft_wrap=True)
    if order.folder is None:
        return
    order.folder.mkdir(parents=True, exist_ok=True)
    written = {
        "simulation.md": text,
        "simulation.json": json.dumps(figures, ensure_ascii=False, indent=1) + "\n",
        "simulation.html": as_page(figures, _to_read(records)),
    }
    for name, content in written.items():
        (order.folder / name).write_text(content, encoding="utf-8")
    err.print(f"Written to {order.folder}: {', '.join(written)}", markup=False, soft_wrap=True)


def _play(order: Order, settings: Settings, err: Console) -> list[Record]:
    personas = _personas(order, settings)
    unknown = [agent for agent in order.agents if agent not in SKILLS]
    if unknown or not order.agents:
        named = ", ".join(unknown) or "nobody"
        raise SimulationError(f"agents: {named} is none of {', '.join(SKILLS)}")
    games = fixtures(order.agents, personas, calls=order.calls, seed=order.seed)
    workers = min(order.workers or os.cpu_count() or 1, len(games))
    columns = (TextColumn("calls"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        if order.ray is not None:
            playing = play_on_cluster(games, settings, order.ray, keep_talk=True)
        else:
            playing = play_all(games, settings, workers=workers, keep_talk=True)
        return list(progress.track(playing, total=len(games)))


def _personas(order: Order, settings: Settings) -> list[str]:
    known = load_catalog(settings.personas, settings.rubrics).personas
    unknown = [persona for persona in order.personas if persona not in known]
    if unknown:
        raise SimulationError(f"personas: {', '.join(unknown)} is none of {', '.join(known)}")
    if not known:
        raise SimulationError(f"there is no persona in {settings.personas}; see `check`")
    return list(order.personas) or sorted(known)


def _to_read(records: Sequence[Record]) -> list[Record]:
    seen: dict[str, int] = {}
    kept = []
    for record in records:
        seen[record.agent] = seen.get(record.agent, 0) + 1
        if seen[record.agent] <= _READ_ALONG:
            kept.append(record)
    return kept
