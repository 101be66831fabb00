"""Latency of the store over the number of calls in the database, on SQLite and PostgreSQL.

    PYTHONPATH=. python benchmarks/store.py

Writes `benchmarks/results/<date>-store.md`. PostgreSQL is left out where it is not installed.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, insert, text

from tests.postgres import find_binaries, running_server
from tests.store.samples import assessment, heard, persona, said
from trainer.core.person import Role
from trainer.core.plan import Ending
from trainer.store.calls import CallFilter, CallStore
from trainer.store.engine import open_engine
from trainer.store.people import PeopleStore
from trainer.store.rows import turn_row
from trainer.store.tables import CallRow, TurnRow

SIZES = (2_500, 5_000, 10_000, 20_000)
"""From the size at which every list below is full."""
PEOPLE = 50
TURNS_PER_CALL = 20
SUBMITTED_EVERY = 10
REPEATS = 100
RESULTS = Path(__file__).parent / "results"
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Fills, measures and writes the result file."""
    lines = [
        "| database | calls | operation | median ms | 95th percentile ms |",
        "| --- | ---: | --- | ---: | ---: |",
    ]
    for name, engine in databases():
        people = [PeopleStore(engine).ensure(f"Person {i}", Role.TRAINEE).id for i in range(PEOPLE)]
        there = 0
        for size in SIZES:
            fill(engine, people, range(there, size))
            there = size
            for operation, act in operations(CallStore(engine), *people[:2]):
                median, late = measure(act)
                lines.append(f"| {name} | {size} | {operation} | {median:.2f} | {late:.2f} |")
                print(lines[-1])
    write(lines)


def databases() -> Iterator[tuple[str, Engine]]:
    """Yields the databases by name, empty and migrated."""
    with tempfile.TemporaryDirectory() as folder, opened(f"sqlite:///{folder}/calls.db") as engine:
        yield "SQLite", engine
    binaries = find_binaries()
    if binaries is None:
        print("PostgreSQL is not installed; left out")
        return
    with ExitStack() as stack:
        server = stack.enter_context(running_server(binaries))
        name = stack.enter_context(server.database())
        yield "PostgreSQL", stack.enter_context(opened(server.url(name)))


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Opens a database and closes it again."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def fill(engine: Engine, people: list[str], numbers: range) -> None:
    """Adds ended, scored calls of `TURNS_PER_CALL` turns; every tenth is submitted."""
    talk = [turn(index) for index in range(TURNS_PER_CALL)]
    with engine.begin() as connection:
        for number in numbers:
            connection.execute(insert(CallRow), call(number, people[number % PEOPLE]))
            rows = [{**said_or_heard, "call_id": f"{number:032}"} for said_or_heard in talk]
            connection.execute(insert(TurnRow), rows)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # What autovacuum would do in the next minutes.
        connection.execute(text("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE"))


def call(number: int, person: str) -> dict[str, Any]:
    """Returns the values of one call."""
    started = BEGIN + timedelta(minutes=number)
    result = assessment()
    customer = persona()
    return {
        "id": f"{number:032}",
        "person": person,
        "persona": customer | {"filler": "x" * 10_000},
        "persona_id": customer["id"],
        "persona_name": "Ayşe Yılmaz",
        "industry": customer["industry"],
        "difficulty": customer["difficulty"],
        "seed": number,
        "versions": {},
        "started_at": started,
        "ended_at": started + timedelta(minutes=6),
        "ending": Ending.DECLINED,
        "submitted_at": started if number % SUBMITTED_EVERY == 0 else None,
        "assessment": result.model_dump(mode="json"),
        "total": result.total,
        "passed": result.passed,
        "levels": {name: score.level for name, score in result.principles.items()},
    }


def turn(index: int) -> dict[str, Any]:
    """Returns the values of one turn but its call."""
    make = heard if index % 2 else said
    row = turn_row("", make(index, "Ich hatte damals einfach das Gefühl, dass es egal ist. " * 3))
    return {column.name: getattr(row, column.name) for column in TurnRow.__table__.columns}


def operations(
    calls: CallStore, person: str, idle: str
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yields what the pages do, by name."""
    running = calls.create(person=person, persona=persona(), seed=1, versions={}).id
    yield "a person's latest 50", lambda: calls.list(CallFilter(person=person, limit=50))
    yield (
        "a person's unfinished call",
        lambda: calls.list(CallFilter(person=person, ended=False, limit=1)),
    )
    yield "no unfinished call", lambda: calls.list(CallFilter(person=idle, ended=False, limit=1))
    yield "submitted, latest 200", lambda: calls.list(CallFilter(submitted=True, limit=200))
    yield (
        "submitted and passed, latest 50",
        lambda: calls.list(CallFilter(submitted=True, passed=True, limit=50)),
    )
    yield f"open a call of {TURNS_PER_CALL} turns", lambda: calls.get(f"{0:032}")
    indexes = iter(range(10_000))
    yield "keep a turn", lambda: calls.put_turn(running, heard(next(indexes), "Guten Tag. " * 10))
    calls.finish(running, Ending.ABANDONED)


def measure(act: Callable[[], object]) -> tuple[float, float]:
    """Returns median and 95th percentile in milliseconds."""
    act()
    took_ms = []
    for _ in range(REPEATS):
        began = perf_counter()
        act()
        took_ms.append((perf_counter() - began) * 1000)
    shares = quantiles(took_ms, n=20)
    return shares[9], shares[18]


def write(lines: list[str]) -> None:
    """Writes the dated result file."""
    head = [
        "# Store: latency over the number of calls",
        "",
        f"Command: `PYTHONPATH=. python benchmarks/store.py`. Machine: {os.cpu_count()} cores.",
        f"{REPEATS} repeats each, {TURNS_PER_CALL} turns a call, {PEOPLE} people, every tenth call",
        "submitted. PostgreSQL by Unix socket with fsync off, SQLite with synchronous = FULL.",
        "",
    ]
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{datetime.now(UTC).date()}-store.md"
    file.write_text("\n".join([*head, *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
