"""What grows with what: latency over turns in a call, over calls kept, start-up, memory a session.

    PYTHONPATH=. python benchmarks/growth.py [CALLS]

Over calls at once see `benchmarks/load.py`. Writes `benchmarks/results/<date>-growth.md` with
charts.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import altair as alt
import numpy as np
import pandas as pd
from sqlalchemy import Engine, Insert, insert, select, text

from benchmarks.load import OPEN_MODE_NAME
from benchmarks.served import Served, served_app
from benchmarks.sockets import open_desk
from benchmarks.store import RESULTS, call, databases, measure, turn
from trainer.bootstrap import Desk, build_desk, build_llm
from trainer.core.person import Role
from trainer.library import Library
from trainer.practice import Practice
from trainer.settings import Settings
from trainer.store.calls import CallFilter, CallStore
from trainer.store.engine import open_engine
from trainer.store.people import PeopleStore
from trainer.store.tables import CallRow, TurnRow
from trainer.warm import warm_up

SIZES = (1_000, 10_000, 30_000, 100_000)
PEOPLE = 200
TURNS_PER_CALL = 20
SESSIONS = (0, 10, 25, 50)
TALK = (
    "Das verstehe ich gut, und es tut mir leid.",
    "Was war Ihnen damals wichtig?",
    "Was hat Ihnen denn gut gefallen?",
    "Und was darf auf keinen Fall wieder passieren?",
)
LONG_CALLS, LONG_CALL = 12, 40
Row = dict[str, object]


def main() -> None:
    """Measures everything and writes the results."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1]
    sizes = [size for size in SIZES if size < most] + [most]
    settings = Settings()
    began = time.perf_counter()
    desk = build_desk(settings, build_llm(settings))
    loaded_s = time.perf_counter() - began
    over_turns = list(latency_over_turns(desk))
    sessions = list(memory_over_sessions(desk))
    over_calls: list[Row] = []
    for row in latency_over_calls(desk, sizes):
        over_calls.append(row)
        write(loaded_s, over_turns, over_calls, sessions)


def latency_over_turns(desk: Desk) -> Iterator[Row]:
    """Yields how long the nth line of a call takes, as far as calls last."""
    with tempfile.TemporaryDirectory() as folder:
        practice = _practice(desk, f"sqlite:///{folder}/calls.db")
        warm_up(practice)
        person = practice.people.ensure("Bench", Role.TRAINEE).id
        for number in range(LONG_CALLS):
            persona = list(practice.catalog.personas)[number % len(practice.catalog.personas)]
            made = practice.start(person, persona, seed=number)
            for at in range(1, LONG_CALL + 1):
                if practice.open(person, made.id).ended_at is not None:
                    break
                began = time.perf_counter()
                list(practice.say(person, made.id, TALK[at % len(TALK)]))
                yield {"turn": at, "ms": (time.perf_counter() - began) * 1000}
        practice.close()


def latency_over_calls(desk: Desk, sizes: Sequence[int]) -> Iterator[Row]:
    """Yields the latency of what pages do, on databases of growing size."""
    for name, engine in databases():
        people = [PeopleStore(engine).ensure(f"P{n}", Role.TRAINEE).id for n in range(PEOPLE)]
        there = 0
        for size in sizes:
            _fill(engine, people, range(there, size))
            there = size
            for operation, act in _operations(desk, engine, people[0]):
                median, late = measure(act)
                row: Row = {"database": name, "calls": size, "what": operation}
                yield row | {"median ms": median, "95th ms": late}
                print(name, size, operation, f"{median:.1f} / {late:.1f} ms", flush=True)


def _fill(engine: Engine, people: Sequence[str], numbers: range) -> None:
    """Adds ended, scored calls in bulk; every tenth is submitted."""
    step = 500
    for first in range(numbers.start, numbers.stop, step):
        block = range(first, min(first + step, numbers.stop))
        with engine.begin() as connection:
            made = [call(number, people[number % PEOPLE]) for number in block]
            connection.execute(insert(CallRow), made)
            if first == 0:
                talk = [
                    {**turn(index), "call_id": made[0]["id"]} for index in range(TURNS_PER_CALL)
                ]
                connection.execute(insert(TurnRow), talk)
            connection.execute(_copied_turns(block))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # What autovacuum would do in the next minutes.
        connection.execute(text("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE"))


def _copied_turns(block: range) -> Insert:
    """Gives calls the turns of the first one, without sending them again."""
    first = f"{0:032}"
    turns = TurnRow.__table__.columns
    new = [CallRow.id if column.name == "call_id" else column for column in turns]
    wanted = (
        select(*new)
        .select_from(CallRow)
        .join(TurnRow, TurnRow.call_id == first)
        .where(CallRow.id.between(f"{block.start:032}", f"{block.stop - 1:032}"))
        .where(CallRow.id != first)
    )
    return insert(TurnRow).from_select([column.name for column in turns], wanted)


def _operations(
    desk: Desk, engine: Engine, person: str
) -> Iterator[tuple[str, Callable[[], object]]]:
    store = CallStore(engine)
    practice = _of(desk, engine)
    yield "start page: is a call unfinished", lambda: practice.unfinished(person)
    yield "start page: own latest 50 calls", lambda: practice.own_calls(person)
    yield "coach: submitted, latest 50", lambda: store.list(CallFilter(submitted=True, limit=50))
    yield "open a call", lambda: store.get(f"{0:032}")
    persona = next(iter(practice.catalog.personas))
    made: list[str] = []

    def line() -> None:
        if not made or practice.open(person, made[-1]).ended_at is not None:
            made.append(practice.start(person, persona, seed=len(made)).id)
        list(practice.say(person, made[-1], TALK[0]))

    yield "a line and its answer (shipped model)", line
    for identity in made:
        practice.hang_up(person, identity)


def memory_over_sessions(desk: Desk) -> Iterator[Row]:
    """Yields memory of a fresh app process by the number of desks open in it, and its start-up."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/calls.db"
        practice = _practice(desk, url)
        person = practice.people.ensure(OPEN_MODE_NAME, Role.TRAINEE).id
        names = list(practice.catalog.personas)
        calls = [
            practice.start(person, names[at % len(names)], seed=at).id for at in range(SESSIONS[-1])
        ]
        practice.close()
        with served_app(url) as app:
            yield from asyncio.run(_open_desks(app, calls))


async def _open_desks(app: Served, calls: Sequence[str]) -> list[Row]:
    desk, first_s = await open_desk(app.address, calls[0])
    await desk.socket.close()
    rows: list[Row] = [{"start-up s": app.start_s, "first page s": first_s}]
    desks = []
    for wanted in SESSIONS:
        took = []
        while len(desks) < wanted:
            desk, page_s = await open_desk(app.address, calls[len(desks)])
            desks.append(desk)
            took.append(page_s)
        await asyncio.sleep(1)
        rows.append(
            {
                "sessions": wanted,
                "MiB": app.process.memory_info().rss / 2**20,
                "page s": float(np.median(took)) if took else None,
            }
        )
    return rows


def _practice(desk: Desk, url: str) -> Practice:
    return _of(desk, open_engine(url))


def _of(desk: Desk, engine: Engine) -> Practice:
    return Practice(
        Library(desk.catalog),
        desk.recognizer,
        desk.generator,
        CallStore(engine),
        PeopleStore(engine),
    )


def write(
    loaded_s: float,
    over_turns: Sequence[Row],
    over_calls: Sequence[Row],
    sessions: Sequence[Row],
) -> None:
    """Writes tables and charts with today's date."""
    name = f"{datetime.now(UTC).date()}-growth"
    turns, calls = pd.DataFrame(over_turns), pd.DataFrame(over_calls)
    blocks = turns.assign(block=(turns["turn"] - 1) // 5 * 5 + 1).groupby("block")["ms"]
    start, *held = sessions
    per_session = (held[-1]["MiB"] - held[0]["MiB"]) / SESSIONS[-1]
    lines = [
        "# Cost of growth",
        "",
        "Command: `PYTHONPATH=. python benchmarks/growth.py`. Machine:",
        f"{os.cpu_count()} cores (load average {os.getloadavg()[2]:.1f}",
        "over the last 15 minutes): compare figures within a table.",
        "",
        f"Start: content and models are loaded in {loaded_s:.1f} s; the app's port answers after",
        f"{start['start-up s']:.1f} s, its first page takes {start['first page s']:.1f} s more.",
        "",
        "## Over the turns of a call",
        "",
        f"Shipped model, SQLite, {LONG_CALLS} calls, until the customer ends them.",
        "",
        "| lines | number | median ms | 95th percentile ms |",
        "| --- | ---: | ---: | ---: |",
        *(
            f"| {first}–{first + 4} | {len(ms)} | {ms.median():.0f} | {ms.quantile(0.95):.0f} |"
            for first, ms in blocks
        ),
        "",
        "## Over the calls in the database",
        "",
        f"{TURNS_PER_CALL} turns a call, {PEOPLE} people, every tenth call submitted; SQLite with",
        "synchronous = FULL, PostgreSQL by Unix socket with fsync off.",
        "",
        "| database | calls | what | median ms | 95th percentile ms |",
        "| --- | ---: | --- | ---: | ---: |",
        *(
            f"| {row['database']} | {row['calls']:,} | {row['what']} | {row['median ms']:.1f} "
            f"| {row['95th ms']:.1f} |"
            for row in over_calls
        ),
        "",
        "## Memory over open desks",
        "",
        f"One more desk costs {per_session:.1f} MiB of resident memory; about 0 means that it fits",
        "into what loading the models needed for a moment.",
        "",
        "| desks | MiB | median s until one is drawn |",
        "| ---: | ---: | ---: |",
        *(
            f"| {row['sessions']} | {row['MiB']:.0f} | "
            f"{'' if row['page s'] is None else format(row['page s'], '.2f')} |"
            for row in held
        ),
        "",
    ]
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text("\n".join(lines), encoding="utf-8")
    _turn_chart(turns).save(RESULTS / f"{name}-turns.svg")
    _call_chart(calls).save(RESULTS / f"{name}-calls.svg")


def _turn_chart(turns: pd.DataFrame) -> alt.Chart:
    return (
        alt.Chart(turns, title="Wait for the answer over the lines of a call", width=420)
        .mark_boxplot(extent="min-max")
        .encode(x=alt.X("turn:O", title="line"), y=alt.Y("ms:Q", title="ms"))
    )


def _call_chart(calls: pd.DataFrame) -> alt.Chart:
    return (
        alt.Chart(calls, title="Median latency over the calls in the database", width=420)
        .mark_line(point=True)
        .encode(
            x=alt.X("calls:Q", scale=alt.Scale(type="log")),
            y=alt.Y("median ms:Q"),
            color="what:N",
            strokeDash="database:N",
        )
    )


if __name__ == "__main__":
    main()
