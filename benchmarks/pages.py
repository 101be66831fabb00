"""Time from page to page, and from "Anrufen" to the customer's first words, in a real Chromium.

    PYTHONPATH=. python benchmarks/pages.py

One trainee with 200 past calls that were played and scored (ten different ones, copied), one with
none. Writes `benchmarks/results/<date>-pages.md`.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import Engine, insert, select

from benchmarks.store import RESULTS
from tests.browser.conftest import running_app
from tests.browser.test_whole_call import SKILLED
from tests.conftest import CHROMIUM_ARGS
from trainer.bootstrap import build_practice
from trainer.core.person import Role
from trainer.settings import Settings
from trainer.store.tables import CallRow, TurnRow

CALLS = 200
PLAYED = 10
ROUNDS = 8
DIALS = 10
PAGES = {
    "Start": "Wo Sie stehen",
    "Üben": "Wen rufen Sie heute an?",
    "Auswertungen": "Ihre Auswertungen",
    "Fortschritt": "Ihr Fortschritt",
    "Mein Konto": "Mein Konto",
}
REST_MS = 700
TIMED = """
([what, heading]) => new Promise(done => {
  const began = performance.now();
  what.click();
  const look = () => {
    const there = [...document.querySelectorAll('h1')].some(h => h.innerText.includes(heading));
    const idle = document.querySelector(
      '[data-testid="stApp"][data-test-script-state="notRunning"]');
    there && idle ? done(performance.now() - began) : requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""
"""Clicks and returns the milliseconds until the heading is there and nothing runs any more."""
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def main() -> None:
    """Fills, measures, prints and writes the result file."""
    lines = ["| what | median ms | 90th percentile ms |", "| --- | ---: | ---: |"]
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        practice = build_practice(Settings(DATABASE_URL=f"sqlite:///{folder}/calls.db"))
        person = practice.people.ensure("Trainee", Role.TRAINEE).id
        played = [_play(practice, person, number) for number in range(PLAYED)]
        _copy(practice.calls.engine, played)
        practice.close()
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_ARGS
        )
        with running_app(Path(folder)) as url:
            page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="de-DE")
            page.goto(url)
            page.get_by_role("heading", name=PAGES["Start"]).wait_for(timeout=90_000)
            for name, times in _changes(page).items():
                lines.append(_row(f"to „{name}“", times))
                print(lines[-1], flush=True)
            lines.append(_row("to the review of a call", list(_reviews(page, url))))
            print(lines[-1], flush=True)
            lines.append(_row("from „Anrufen“ to the first words", list(_dials(page, url))))
            print(lines[-1], flush=True)
        chromium.close()
    head = [
        "# From page to page",
        "",
        f"Command: `PYTHONPATH=. python benchmarks/pages.py`. Machine: {os.cpu_count()} cores,",
        f"load {os.getloadavg()[0]:.1f} at the end. {CALLS} past calls; until the page's heading",
        "is there and nothing runs any more.",
        "",
    ]
    file = RESULTS / f"{datetime.now(UTC).date()}-pages.md"
    file.write_text("\n".join([*head, *lines, ""]), encoding="utf-8")


def _play(practice: Any, person: str, number: int) -> str:
    personas = sorted(practice.catalog.personas)
    call = practice.start(person, personas[number % len(personas)], seed=number).id
    for line in SKILLED[: 6 + number % 7]:
        if practice.open(person, call).ended_at is None:
            list(practice.say(person, call, line))
    practice.hang_up(person, call)
    return str(call)


def _copy(engine: Engine, played: list[str]) -> None:
    with engine.begin() as connection:
        for number, call in zip(range(CALLS - PLAYED), cycle(played), strict=False):
            row = dict(
                connection.execute(select(CallRow.__table__).where(CallRow.id == call))
                .mappings()
                .one()
            )
            back = timedelta(hours=3 * number + 3)
            row |= {
                "id": uuid4().hex,
                "started_at": row["started_at"] - back,
                "ended_at": row["ended_at"] - back,
            }
            connection.execute(insert(CallRow), row)
            turns = connection.execute(select(TurnRow.__table__).where(TurnRow.call_id == call))
            connection.execute(
                insert(TurnRow), [{**turn, "call_id": row["id"]} for turn in turns.mappings()]
            )


def _changes(page: Page) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in PAGES}
    sidebar = page.get_by_test_id("stSidebar")
    for _ in range(ROUNDS):
        for name in [*list(PAGES)[1:], "Start"]:
            link = sidebar.get_by_role("link", name=name).element_handle()
            times[name].append(page.evaluate(TIMED, [link, PAGES[name]]) / 1000)
            page.wait_for_timeout(REST_MS)
    return times


def _reviews(page: Page, url: str) -> Iterator[float]:
    for number in range(ROUNDS):
        page.goto(f"{url}/review")
        page.get_by_role("heading", name=PAGES["Auswertungen"]).wait_for()
        page.locator(SETTLED).wait_for()
        button = page.get_by_role("button", name="Ansehen").nth(number).element_handle()
        yield page.evaluate(TIMED, [button, "Gespräch mit"]) / 1000


def _dials(page: Page, url: str) -> Iterator[float]:
    for number in range(DIALS):
        page.goto(f"{url}/practice")
        page.get_by_role("button", name="Kundenkarte öffnen").nth(number).click()
        page.get_by_role("button", name="Anrufen", exact=True).wait_for()
        page.locator(SETTLED).wait_for()
        began = perf_counter()
        page.get_by_role("button", name="Anrufen", exact=True).click()
        page.locator(".wh-turn .wh-text").first.wait_for()
        yield perf_counter() - began
        page.locator(SETTLED).wait_for()
        page.get_by_role("button", name="Auflegen").click()
        page.get_by_role("button", name="Zur Auswertung").wait_for()


def _row(what: str, seconds: list[float]) -> str:
    return f"| {what} | {1000 * median(seconds):.0f} | {1000 * quantiles(seconds, n=10)[-1]:.0f} |"


if __name__ == "__main__":
    main()
