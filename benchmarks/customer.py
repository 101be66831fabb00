"""Scripted agents of eight skills telephone every customer, in words; 30 seeds each.

Run: PYTHONPATH=. .venv/bin/python benchmarks/customer.py
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from trainer.catalog import load_catalog
from trainer.settings import Settings
from trainer.simulation.figures import figures_of
from trainer.simulation.report import as_markdown
from trainer.simulation.skills import SKILLS
from trainer.simulation.tournament import fixtures, play_all

RESULT = Path(__file__).parent / "results" / "2026-11-26-customer.md"
SEEDS = 30


def measure() -> str:
    """Plays everything and returns the figures as Markdown."""
    settings, cores = Settings(), os.cpu_count() or 1
    personas = sorted(load_catalog(settings.personas, settings.rubrics).personas)
    games = fixtures(list(SKILLS), personas, calls=SEEDS, seed=1)
    figures = figures_of(list(play_all(games, settings, workers=cores)))
    return (
        "# The customer against scripted agents\n\n"
        f"{datetime.now(UTC):%Y-%m-%d}, {cores} cores; real recogniser, the customer's words from "
        "the phrase bank;\n`PYTHONPATH=. .venv/bin/python benchmarks/customer.py`\n\n"
        f"{as_markdown(figures)}"
    )


if __name__ == "__main__":
    report = measure()
    RESULT.write_text(report, encoding="utf-8")
    print(report)
