"""Turns lost, doubled or halved while databases, processes, models and browsers fail at random.

    PYTHONPATH=. python benchmarks/faults.py [TURNS]

Trainees say 10,000 lines on each database; with every second line something goes wrong at a random
point of it. What they remember is then compared with what is kept, and every answer with the one
that an undisturbed call would have had. Writes `benchmarks/results/<date>-faults.md`.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from benchmarks.store import databases
from tests.faults.audit import damage
from tests.faults.trainee import KINDS, Outcome, suffer
from trainer.bootstrap import build_desk
from trainer.core.person import Role
from trainer.library import Library
from trainer.practice import Practice
from trainer.settings import Settings
from trainer.store.calls import CallStore
from trainer.store.people import PeopleStore

TURNS = 10_000
RATE = 0.5
SEED = 20261126
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Runs, compares and writes the result file."""
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else TURNS
    desk = build_desk(Settings(), None)
    lines = []
    for name, engine in databases():
        began = perf_counter()
        url = engine.url.render_as_string(hide_password=False)
        outcome = suffer(url, desk, turns=turns, seed=SEED, rate=RATE)
        practice = Practice(
            Library(desk.catalog),
            desk.recognizer,
            desk.generator,
            CallStore(engine),
            PeopleStore(engine),
        )
        found = damage(practice, PeopleStore(engine).ensure("Mia", Role.TRAINEE).id, outcome.calls)
        lines += table(name, outcome, found, took_s=perf_counter() - began)
        print("\n".join(lines), flush=True)
        write(lines)


def table(name: str, outcome: Outcome, found: list[str], *, took_s: float) -> list[str]:
    """Returns the figures of one database as Markdown."""
    rows = [
        ("lines said", outcome.turns),
        ("calls", len(outcome.calls)),
        *((f"fault: {kind}", outcome.faults[kind]) for kind in KINDS),
        ("faults in all", sum(outcome.faults.values())),
        ("processes that died", outcome.deaths),
        *((f"error shown: {problem}", count) for problem, count in sorted(outcome.errors.items())),
        ("turns lost, doubled, halved or with another plan", len(found)),
        ("minutes", round(took_s / 60, 1)),
    ]
    return [
        f"## {name}",
        "",
        "| what | number |",
        "| --- | ---: |",
        *(f"| {what} | {number:,} |" for what, number in rows),
        *(f"- {problem}" for problem in found[:20]),
        "",
    ]


def write(lines: list[str]) -> None:
    """Writes the dated result file."""
    head = [
        "# Faults at random points",
        "",
        "Command: `PYTHONPATH=. python benchmarks/faults.py`. Machine:",
        f"{os.cpu_count()} cores, used by other programs as well. Seed {SEED}; something is set to",
        f"go wrong with {RATE:.0%} of the lines, at a point drawn from all that such a turn passes",
        "(a fault drawn beyond the end of its turn has no effect and is not counted). `killed` and",
        "`terminated` end the process by SIGKILL and SIGTERM; on PostgreSQL `database away` cuts",
        "the connections, also right after a commit whose confirmation is then lost. The trainee",
        "does what a person does: looks at the page again, and sends a line once more only where",
        "the page says that it was not said.",
        "",
    ]
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{datetime.now(UTC).date()}-faults.md"
    file.write_text("\n".join([*head, *lines]), encoding="utf-8")


if __name__ == "__main__":
    main()
