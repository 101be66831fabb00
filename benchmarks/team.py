"""Time to the team page and to the coach's inbox with 50 trainees and 5,000 submitted calls.

In the services and, from the click to the page drawn and at rest, in a real Chromium.

    PYTHONPATH=. python benchmarks/team.py

Writes `benchmarks/results/<date>-team.md`. PostgreSQL is left out where it is not installed.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median, quantiles

from playwright.sync_api import sync_playwright
from sqlalchemy import Engine, insert, text

from benchmarks.pages import REST_MS, TIMED
from benchmarks.served import served_app
from benchmarks.store import RESULTS, call, databases, measure, turn
from tests.conftest import CHROMIUM_ARGS
from trainer.bootstrap import build_desk
from trainer.coaching import Coaching
from trainer.core.digest import digest
from trainer.core.person import Actor, Role
from trainer.library import Library
from trainer.practice import Practice
from trainer.scoring.assessor import assess
from trainer.settings import Settings
from trainer.store.accounts import AccountStore, NewAccount
from trainer.store.calls import CallFilter, CallStore
from trainer.store.coaching import CoachingStore
from trainer.store.people import PeopleStore
from trainer.store.tables import CallRow, TurnRow
from trainer.store.teamwork import TeamworkStore
from trainer.teamwork import Teamwork

TRAINEES = 50
CALLS = 5_000
TURNS = 20
DAYS = 80
"""The calls lie in the three months that the team page shows at first."""
PAGES = {"Team": "Wo das Team steht", "Coach": "Eingereichte Gespräche"}
ROUNDS = 12
DESK = build_desk(Settings(), None)


def main() -> None:
    """Fills, measures and writes the result file."""
    lines = [
        "| database | operation | median ms | 95th percentile ms |",
        "| --- | --- | ---: | ---: |",
    ]
    for name, engine in databases():
        coach = fill(engine)
        for operation, act in operations(engine, coach):
            lines.append(_row(name, operation, *measure(act)))
        for page, times in openings(engine).items():
            late = quantiles(times, n=20)[-1]
            lines.append(_row(name, f"Chromium, to „{page}“", 1000 * median(times), 1000 * late))
    head = [
        "# Team report and inbox",
        "",
        f"Command: `PYTHONPATH=. python benchmarks/team.py`. Machine: {os.cpu_count()} cores.",
        f"{TRAINEES} trainees and a coach in one team, {CALLS:,} submitted calls of {TURNS} turns.",
        "Levels, totals and results of checks are drawn at random; sizes are those of real ones.",
        "",
    ]
    file = RESULTS / f"{datetime.now(UTC).date()}-team.md"
    file.write_text("\n".join([*head, *lines, ""]), encoding="utf-8")


def _row(*cells: str | float) -> str:
    texts = [cell if isinstance(cell, str) else f"{cell:.0f}" for cell in cells]
    print(*texts, flush=True)
    return f"| {' | '.join(texts)} |"


def fill(engine: Engine) -> Actor:
    """Makes the team and its calls and returns the coach."""
    accounts = AccountStore(engine)
    people = [
        NewAccount(name=f"Person {n}", login=f"p{n}", role=Role.TRAINEE, teams=["Nord"])
        for n in range(TRAINEES)
    ]
    coach = NewAccount(name="Ina", login="ina", role=Role.COACH, teams=["Nord"])
    *trainees, made = accounts.add([*people, coach])
    random = Random(1)
    began = datetime.now(UTC) - timedelta(days=DAYS)
    talk = [turn(index) for index in range(TURNS)]
    empty = assess([], DESK.catalog.rubric("winback"), {})
    shape = digest(empty)
    with engine.begin() as connection:
        for number in range(CALLS):
            row = call(number, trainees[number % TRAINEES])
            total = random.uniform(10, 95)
            started = began + number * timedelta(days=DAYS) / CALLS
            row |= {
                "started_at": started,
                "ended_at": started + timedelta(minutes=6),
                "submitted_at": started + timedelta(minutes=7),
                "total": total,
                "levels": {name: random.randint(1, 5) for name in row["levels"]},
                "digest": _drawn(shape, random),
            }
            connection.execute(insert(CallRow), row)
            connection.execute(insert(TurnRow), [{**one, "call_id": row["id"]} for one in talk])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE"))
    return Actor(made, Role.COACH, frozenset(accounts.get(made).teams))


def _drawn(shape: dict[str, object], random: Random) -> dict[str, object]:
    results = ("met", "partly", "not", "not_observable")
    checks = {check.id: random.choice(results) for check in DESK.catalog.rubric("winback").checks}
    asked = {question: random.random() < 0.4 for question in QUESTIONS}
    steps = ["acknowledged", "isolated", "answered", "checked"]
    objections = [
        {"objection": kind, "steps": random.sample(steps, random.randint(0, 4))}
        for kind in ("time", "cost", "uncertainty")
    ]
    return {**shape, "checks": checks, "asked": asked, "objections": objections}


QUESTIONS = (
    "ask_reason", "ask_grade", "ask_for_top_grade", "ask_positives", "ask_conditions",
    "ask_priority", "ask_care_points", "ask_never_again", "ask_return_if",
)  # fmt: skip


def operations(engine: Engine, coach: Actor) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yields what the pages do, by name."""
    practice = Practice(
        Library(DESK.catalog),
        DESK.recognizer,
        DESK.generator,
        CallStore(engine),
        PeopleStore(engine),
    )
    coaching = Coaching(practice, CoachingStore(engine))
    team = Teamwork(TeamworkStore(engine))
    yield "team report over all calls", lambda: team.report(coach)
    yield "inbox, latest 50", lambda: coaching.inbox(coach, CallFilter(limit=50))
    yield (
        "inbox, waiting for review",
        lambda: coaching.inbox(coach, CallFilter(finished=False, limit=50)),
    )
    yield (
        "search for a word in all calls",
        lambda: coaching.inbox(coach, CallFilter(words="Probemonat", limit=50)),
    )


def openings(engine: Engine) -> dict[str, list[float]]:
    """Returns the seconds from the click to the page, drawn and at rest, by name of the page."""
    times: dict[str, list[float]] = {name: [] for name in PAGES}
    url = engine.url.render_as_string(hide_password=False)
    with served_app(url) as app, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_ARGS
        )
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="de-DE")
        page.goto(f"http://{app.address}/coach?role=Coach")
        page.get_by_role("heading", name=PAGES["Coach"]).wait_for(timeout=90_000)
        page.wait_for_timeout(REST_MS)
        sidebar = page.get_by_test_id("stSidebar")
        for _ in range(ROUNDS):
            for name, heading in PAGES.items():
                link = sidebar.get_by_role("link", name=name).element_handle()
                times[name].append(page.evaluate(TIMED, [link, heading]) / 1000)
                page.wait_for_timeout(REST_MS)
        chromium.close()
    return times


if __name__ == "__main__":
    main()
