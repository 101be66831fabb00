"""How many trainees one process bears: in the services alone, and through Streamlit's sockets.

    PYTHONPATH=. python benchmarks/load.py [SECONDS]

Writes `benchmarks/results/<date>-load.md`, `-load.json` and a chart.
"""

import asyncio
import json
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import altair as alt
import numpy as np
import pandas as pd
import psutil

from benchmarks.served import Served, served_app
from benchmarks.sockets import open_desk
from tests.faults.trainee import LINES
from trainer.bootstrap import Desk, build_desk, build_llm, build_practice
from trainer.core.acts import Speaker
from trainer.core.person import Role
from trainer.core.plan import Source
from trainer.errors import StoreError
from trainer.practice import Practice
from trainer.settings import Settings
from trainer.store.calls import CallRecord
from trainer.warm import warm_up

RESULTS = Path(__file__).parent / "results"
TRAINEES = (1, 10, 50, 100)
SECONDS = 60.0
PAUSE_S = 20.0
"""A trainee reads the answer and types the next line in so long on average."""
OPEN_MODE_NAME = "Trainee"
"""Whose calls the app without accounts shows."""


@dataclass(frozen=True)
class Run:
    """What one number of trainees at once came to.

    Attributes:
        way: `services` or `sockets`.
        pause_s: Mean pause before a line.
        waits_ms: From a line to its answer: the whole in the services; at the socket to the first
            sentence, its 400 ms pause for reading included.
        memory_mib: Resident memory of the process at the end.
        sources: How many of the customer's sentences came from where.
        cpu: Mean use of processor by the process, in cores.
        lost: Lines or answers that are not kept as they were said.
        errors: Lines that the database refused.
    """

    way: str
    trainees: int
    pause_s: float
    seconds: float
    waits_ms: list[float]
    memory_mib: float
    sources: dict[str, int]
    cpu: float
    lost: int
    errors: int

    @property
    def turns_per_s(self) -> float:
        """Lines answered in a second."""
        return len(self.waits_ms) / self.seconds

    def row(self) -> str:
        """Returns a line of the table."""
        p50, p95, p99 = np.percentile(self.waits_ms, (50, 95, 99))
        found = sum(self.sources.values()) or 1
        phrases = self.sources.get(Source.PHRASE, 0) / found
        return (
            f"| {self.way} | {self.trainees} | {self.pause_s:g} | {len(self.waits_ms)} "
            f"| {self.turns_per_s:.2f} | {p50:.0f} | {p95:.0f} | {p99:.0f} | {self.cpu:.2f} "
            f"| {len(self.waits_ms) / (self.cpu * self.seconds or 1):.1f} | {self.memory_mib:.0f} "
            f"| {phrases:.0%} | {self.errors} | {self.lost} |"
        )


def main() -> None:
    """Runs everything and writes the results."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    settings = Settings()
    desk = build_desk(settings, build_llm(settings))
    runs = []
    for pause_s in (0.0, PAUSE_S):
        for trainees in TRAINEES:
            runs.append(in_services(desk, trainees, pause_s=pause_s, seconds=seconds))
            print(runs[-1].row(), flush=True)
            write(runs, seconds)
    with tempfile.TemporaryDirectory() as folder:
        for trainees in TRAINEES:
            runs.append(through_sockets(Path(folder), desk, trainees, seconds=seconds))
            print(runs[-1].row(), flush=True)
            write(runs, seconds)


def in_services(desk: Desk, trainees: int, *, pause_s: float, seconds: float) -> Run:
    """Lets trainees talk in threads of this process, as Streamlit's sessions are."""
    with tempfile.TemporaryDirectory() as folder:
        practice = build_practice(Settings(DATABASE_URL=f"sqlite:///{folder}/calls.db"), desk)
        warm_up(practice)
        waits: list[float] = []
        errors: list[str] = []
        said: dict[str, list[tuple[str, str]]] = {}
        until = time.monotonic() + seconds

        def talk(number: int) -> None:
            rng, person = Random(number), practice.people.ensure(f"P{number}", Role.TRAINEE).id
            time.sleep(rng.uniform(0, pause_s))
            while time.monotonic() < until:
                call = practice.start(person, _persona(practice, number), seed=rng.getrandbits(31))
                kept = said[call.id] = []
                for line in LINES:
                    if time.monotonic() >= until or practice.open(person, call.id).ended_at:
                        break
                    began = time.perf_counter()
                    try:
                        answer = " ".join(practice.say(person, call.id, line))
                    except StoreError:
                        errors.append(call.id)
                        break
                    waits.append((time.perf_counter() - began) * 1000)
                    kept.append((line, answer))
                    time.sleep(rng.uniform(0.5, 1.5) * pause_s)

        process = psutil.Process()
        before, began = process.cpu_times(), time.perf_counter()
        _together(talk, trainees)
        took_s = time.perf_counter() - began
        after = process.cpu_times()
        records = [practice.calls.get(call) for call in said]
        practice.close()
    return Run(
        way="services",
        trainees=trainees,
        pause_s=pause_s,
        seconds=took_s,
        waits_ms=waits,
        memory_mib=process.memory_info().rss / 2**20,
        sources=_sources(records),
        cpu=(after.user + after.system - before.user - before.system) / took_s,
        lost=sum(_lost(record, said[record.id]) for record in records if record.id not in errors),
        errors=len(errors),
    )


def _together(talk: Callable[[int], None], trainees: int) -> None:
    threads = [threading.Thread(target=talk, args=(number,)) for number in range(trainees)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _persona(practice: Practice, number: int) -> str:
    names = list(practice.catalog.personas)
    return names[number % len(names)]


def _lost(record: CallRecord, said: Sequence[tuple[str, str]]) -> int:
    """Counts lines and answers that are not kept as they were said and shown."""
    texts = [kept.turn.text for kept in record.turns]
    expected = [text for pair in said for text in pair]
    return sum(a != b for a, b in zip(texts[1:], expected, strict=False)) + abs(
        len(expected) - len(texts[1:])
    )


def _sources(records: Sequence[CallRecord]) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for record in records:
        for kept in record.turns:
            if kept.turn.speaker is Speaker.CUSTOMER:
                counted.update(kept.sentences or {})
    return dict(counted)


def through_sockets(folder: Path, desk: Desk, trainees: int, *, seconds: float) -> Run:
    """Lets trainees talk at pages of a real app process, by Streamlit's own protocol."""
    url = f"sqlite:///{folder}/sockets-{trainees}.db"
    practice = build_practice(Settings(DATABASE_URL=url), desk)
    person = practice.people.ensure(OPEN_MODE_NAME, Role.TRAINEE).id
    calls = [
        practice.start(person, _persona(practice, number), seed=number).id
        for number in range(trainees)
    ]
    with served_app(url) as app:
        waits, said, took_s, cpu = asyncio.run(_drive(app, calls, seconds))
        memory = app.process.memory_info().rss / 2**20
    records = [practice.calls.get(call) for call in calls]
    practice.close()
    missing = sum(
        [kept.turn.text for kept in record.turns][1::2] != said[record.id]
        or len(record.turns) != 2 * len(said[record.id]) + 1
        for record in records
    )
    return Run(
        way="sockets",
        trainees=trainees,
        pause_s=PAUSE_S,
        seconds=took_s,
        waits_ms=waits,
        memory_mib=memory,
        sources=_sources(records),
        cpu=cpu,
        lost=missing,
        errors=0,
    )


async def _drive(
    app: Served, calls: Sequence[str], seconds: float
) -> tuple[list[float], dict[str, list[str]], float, float]:
    waits: list[float] = []
    said: dict[str, list[str]] = {call: [] for call in calls}
    await open_desk(app.address, calls[0])  # the first page loads everything
    before, began = app.process.cpu_times(), time.perf_counter()
    until = began + seconds

    async def talk(number: int, call: str) -> None:
        rng = Random(number)
        await asyncio.sleep(rng.uniform(0, PAUSE_S))
        desk, _ = await open_desk(app.address, call)
        for line in LINES:
            if desk.field is None or time.perf_counter() >= until:
                break
            first, _ = await desk.say(line)
            waits.append(first * 1000)
            said[call].append(line)
            await asyncio.sleep(rng.uniform(0.5, 1.5) * PAUSE_S)

    await asyncio.gather(*(talk(number, call) for number, call in enumerate(calls)))
    took_s, after = time.perf_counter() - began, app.process.cpu_times()
    used = after.user + after.system - before.user - before.system
    return waits, said, took_s, used / took_s


def write(runs: Sequence[Run], seconds: float) -> None:
    """Writes table, figures and chart with today's date."""
    name = f"{datetime.now(UTC).date()}-load"
    columns = (
        "way|trainees|pause s|turns|turns/s|p50 ms|p95 ms|p99 ms"
        "|cores|turns per core-s|MiB|bank|errors|lost"
    )
    lines = [
        "# Load: trainees in calls at once, one process, shipped model, SQLite",
        "",
        f"Command: `PYTHONPATH=. python benchmarks/load.py {seconds:g}`. Machine:",
        f"{os.cpu_count()} cores (load average {os.getloadavg()[2]:.1f}",
        "over the last 15 minutes): compare rows with each other. `services`: threads of one",
        "process on the service layer; pause 0 is as fast as it goes. `sockets`: a real app",
        "process driven by Streamlit's own protocol; the wait is to the first sentence and",
        "includes the 400 ms in which the page shows that the customer speaks. `bank`: sentences",
        "that the phrase bank gave, which also takes over when the model is too slow. `lost`:",
        "lines or answers that are not kept as they were said and shown. `cores` is what the",
        "process got of the processor; `turns per core-s` is what it did with that, and hangs",
        "least on the others.",
        "",
        f"| {columns.replace('|', ' | ')} |",
        f"| --- {'| ---: ' * columns.count('|')}|",
        *(run.row() for run in runs),
        "",
    ]
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text("\n".join(lines), encoding="utf-8")
    (RESULTS / f"{name}.json").write_text(
        json.dumps([{**asdict(run), "waits_ms": _rounded(run.waits_ms)} for run in runs]),
        encoding="utf-8",
    )
    chart(runs).save(RESULTS / f"{name}.svg")


def _rounded(values: Sequence[float]) -> list[int]:
    return [round(value) for value in values]


def chart(runs: Sequence[Run]) -> alt.Chart:
    """Draws the wait over the number of trainees, a line for each way."""
    rows = [
        {
            "trainees at once": run.trainees,
            "wait in ms": float(np.percentile(run.waits_ms, share)),
            "share": f"p{share}",
            "way": f"{run.way}, {run.pause_s:g} s pause",
        }
        for run in runs
        for share in (50, 95)
    ]
    return (
        alt.Chart(pd.DataFrame(rows), title="Wait for the answer", width=420, height=260)
        .mark_line(point=True)
        .encode(
            x=alt.X("trainees at once:Q"),
            y=alt.Y("wait in ms:Q", scale=alt.Scale(type="log")),
            color="way:N",
            strokeDash="share:N",
        )
    )


if __name__ == "__main__":
    main()
