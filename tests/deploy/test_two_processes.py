"""Two processes behind nginx; one ends in mid-call, and the trainee goes on in the other."""

import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_accounts import FIRST_PAGE_MS, PASSWORD
from tests.browser.test_whole_call import SKILLED, dial, lines, say, settled
from tests.deploy.site import Site, running_site
from tests.llm.served import served_model
from tests.requirements import require

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.slow, pytest.mark.timeout(900)]

PROCESS = "wiederhoeren_process"
OTHER = {"a": "b", "b": "a"}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("model")
    with served_model(folder) as url:
        yield url, folder / "model.log"


@pytest.fixture
def site(tmp_path: Path, postgres_url: str, model: tuple[str, Path]) -> Iterator[Site]:
    require(shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"), "nginx")
    with running_site(tmp_path, database=postgres_url, model=model[0]) as running:
        yield running


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(
        ignore_https_errors=True, locale="de-DE", timezone_id="Europe/Berlin"
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if "Policy" in said.text else None)
    yield page
    context.close()
    assert problems == [], "scripts failed, or the security policy keeps something out"


def process_of(page: Page) -> str:
    return next(it["value"] for it in page.context.cookies() if it["name"] == PROCESS)


def enter(page: Page, site: Site) -> None:
    """Makes an account on the command line and comes in by its link, through nginx."""
    printed = site.command("user", "add", "mia", "--name", "Mia Berg")
    link = re.search(r"https\S+token=\S+", printed.replace("\n", ""))
    assert link is not None, printed
    page.goto(link.group())
    page.get_by_label("Neues Passwort").fill(PASSWORD)
    page.get_by_label("Noch einmal").fill(PASSWORD)
    page.get_by_role("button", name="Speichern und anmelden").click()
    expect(page.get_by_role("button", name="Abmelden")).to_be_visible(timeout=FIRST_PAGE_MS)
    settled(page)


def back(page: Page) -> None:
    """Reloads the page, as a person does to whom nothing happens any more."""
    page.reload()
    expect(page.locator(".wh-turn").first).to_be_visible(timeout=FIRST_PAGE_MS)
    settled(page)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_process_ends_in_mid_call_and_not_a_word_is_lost(
    page: Page, site: Site, model: tuple[str, Path], how: signal.Signals
) -> None:
    enter(page, site)
    page.goto(f"{site.url}/practice")
    settled(page)
    dial(page)
    say(page, SKILLED[0])
    say(page, SKILLED[1])
    before, first = lines(page), process_of(page)
    page.get_by_placeholder("Was sagen Sie?").fill(SKILLED[2])
    page.get_by_placeholder("Was sagen Sie?").press("Enter")
    site.end(first, how)
    back(page)
    assert process_of(page) == OTHER[first]
    _find_everything_again(page, before, SKILLED[2])
    say(page, SKILLED[3])
    site.start(first)
    say(page, SKILLED[4])
    assert process_of(page) == OTHER[first], "nobody is moved without need"
    before = lines(page)
    page.get_by_placeholder("Was sagen Sie?").fill("Das schreibe ich gerade erst")
    site.end(OTHER[first], how)
    back(page)
    assert process_of(page) == first
    assert lines(page) == before
    expect(page.get_by_placeholder("Was sagen Sie?")).to_have_value("Das schreibe ich gerade erst")
    page.get_by_role("button", name="Auflegen").click()
    page.get_by_role("button", name="Zur Auswertung").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gespräch mit")
    assert "POST /v1/chat/completions" in model[1].read_text(errors="replace")


def _find_everything_again(page: Page, before: list[str], line: str) -> None:
    """The line under way is in the talk with its answer, or back in the field: never gone."""
    if len(lines(page)) == len(before):
        field = page.get_by_placeholder("Was sagen Sie?")
        expect(field).to_have_value(line)
        field.press("Enter")
    expect(page.locator(".wh-turn:not(.wh-new)")).to_have_count(len(before) + 2, timeout=90_000)
    settled(page)
    after = lines(page)
    assert after[: len(before)] == before
    assert after[len(before)] == line and after[len(before) + 1]


def test_the_door_is_shut_and_says_what_browsers_must_know(page: Page, site: Site) -> None:
    answer = page.request.get(site.url + "/signin")
    assert answer.status == 200
    assert "max-age" in answer.headers["strict-transport-security"]
    assert answer.headers["x-content-type-options"].startswith("nosniff")
    assert "server" not in answer.headers or "/" not in answer.headers["server"]
    for path in ("/metrics", "/healthz", "/_stcore/metrics", "/_stcore/agent/openapi.json"):
        assert page.request.get(site.url + path).status == 404
    enter(page, site)
    cookies = {it["name"]: it for it in page.context.cookies()}
    for name in (PROCESS, "wiederhoeren_session"):
        assert cookies[name]["secure"] and cookies[name]["httpOnly"]
        assert cookies[name]["sameSite"] == "Lax"
    plain = page.request.get(f"http://127.0.0.1:{site.plain_port}/x?y=1", max_redirects=0)
    assert (plain.status, plain.headers["location"]) == (301, "https://127.0.0.1/x?y=1")
