"""A team of five with two coaches lives through a week, in real browsers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ACTION_TIMEOUT_MS, Window, running_app
from tests.browser.test_accounts import PASSWORD, import_people, set_password, sign_in
from tests.browser.test_whole_call import SKILLED, say, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

PEOPLE = (
    "name;login;role;team\nMia Berg;mia;trainee;Nord\nBen Ort;ben;trainee;Nord\n"
    "Jan Süß;jan;trainee;Süd\nIna Kern;ina;coach;Nord\nOtto Lang;otto;coach;Süd\n"
)


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=ACTION_TIMEOUT_MS)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[tuple[str, str]]:
    with running_app(tmp_path, ACCOUNTS="local", LLM="phrases") as url:
        link = re.search(r"http\S+token=\S+", (tmp_path / "server.log").read_text())
        assert link is not None
        yield url, link.group()


def choose(page: Page, label: str, option: str) -> None:
    settled(page)
    field = page.get_by_role("combobox", name=label)
    field.evaluate("element => element.scrollIntoView({block: 'center'})")
    field.click()
    field.fill(option)
    page.get_by_role("option", name=re.compile(option)).first.click()
    settled(page)


def test_a_week_of_a_team(chromium: Browser, app: tuple[str, str]) -> None:
    url, link = app
    window = Window(chromium, url)
    admin = window()
    links = import_people(admin, link, PEOPLE)
    pages = {}
    for login in ("mia", "jan", "ina", "otto"):
        pages[login] = window()
        set_password(pages[login], links[login])
    _assign(pages["ina"], url)
    call = _practise(pages["mia"], url)
    _cannot_see(pages, url, call)
    _submit(pages["mia"])
    _review(pages["ina"], url)
    _see_the_review(pages["mia"], url)
    for other in ("jan", "otto"):
        page = pages[other]
        page.goto(f"{url}/coach?call={call}")
        settled(page)
        expect(page.get_by_text(SKILLED[0])).to_have_count(0)
    _report(pages["ina"], pages["otto"], url)
    _erase(admin, pages["mia"], url)
    window.close()
    assert window.foreign == [] and window.errors == []


def _assign(page: Page, url: str) -> None:
    page.goto(f"{url}/assignments")
    page.get_by_label("Titel").fill("Woche 1")
    choose(page, "Wer soll angerufen werden?", "Adeyemi")
    page.keyboard.press("Escape")
    choose(page, "Für wen?", "Nord")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Aufgabe stellen").click()
    expect(page.get_by_role("heading", name="Woche 1")).to_be_visible()
    expect(page.get_by_text("0 von 2 fertig")).to_be_visible()


def _practise(page: Page, url: str) -> str:
    page.goto(f"{url}/assignments")
    expect(page.get_by_role("heading", name="Woche 1")).to_be_visible()
    page.get_by_role("button", name="Kundenkarte öffnen").click()
    page.get_by_role("button", name="Anrufen", exact=True).click()
    expect(page.locator(".wh-turn")).to_have_count(1, timeout=ACTION_TIMEOUT_MS)
    settled(page)
    for line in SKILLED[:3]:
        if page.get_by_role("button", name="Zur Auswertung").is_visible():
            break
        say(page, line)
    if page.get_by_role("button", name="Auflegen").is_visible():
        page.get_by_role("button", name="Auflegen").click()
    page.get_by_role("button", name="Zur Auswertung").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gespräch mit")
    return page.url.partition("call=")[2].partition("&")[0]


def _cannot_see(pages: dict[str, Page], url: str, call: str) -> None:
    """A private call is nobody else's, by whatever address."""
    for login, path in [("jan", "review"), ("jan", ""), ("ina", "coach"), ("otto", "review")]:
        page = pages[login]
        page.goto(f"{url}/{path}?call={call}")
        expect(page.get_by_role("alert").first).to_be_visible(timeout=ACTION_TIMEOUT_MS)
        expect(page.get_by_text(SKILLED[0])).to_have_count(0)


def _submit(page: Page) -> None:
    page.get_by_role("button", name="An Coach senden").click()
    expect(page.get_by_text("an den Coach gesendet")).to_be_visible()


def _review(page: Page, url: str) -> None:
    page.goto(f"{url}/coach")
    page.get_by_text("Blind bewerten").click()
    settled(page)
    page.get_by_role("button", name="Ansehen").click()
    expect(page.get_by_text("Vergeben Sie Ihre Stufen")).to_be_visible()
    expect(page.get_by_text("Daran lohnt es sich")).to_have_count(0)
    levels = page.get_by_test_id("stForm").get_by_text(re.compile(r"^3\s"))
    expect(levels).to_have_count(4)
    for level in levels.all():
        level.click()
    page.get_by_role("button", name="Stufen festhalten").click()
    expect(page.get_by_text("blind bewertet").first).to_be_visible()
    choose(page, "Was bewerten Sie anders?", "Bedarf klären")
    page.get_by_text("Stufe 5 von 5").last.click()
    page.get_by_label("Begründung").fill("Sehr <b>genau</b> zugehört.")
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text("Sehr <b>genau</b> zugehört.")).to_be_visible()
    page.get_by_role("button", name="Abschließen und zeigen").click()
    expect(page.get_by_text("Abgeschlossen von Ina Kern")).to_be_visible()
    page.get_by_role("button", name="Als Beispiel vorschlagen").click()
    expect(page.get_by_text("Als Beispiel vorgeschlagen.")).to_be_visible()


def _see_the_review(page: Page, url: str) -> None:
    page.goto(f"{url}/review")
    page.get_by_role("button", name="Ansehen").first.click()
    expect(page.get_by_text("Sehr <b>genau</b> zugehört.")).to_be_visible()
    page.get_by_role("button", name="Ja, zeigen").click()
    expect(page.get_by_text("Ihr Team darf dieses Gespräch")).to_be_visible()
    page.goto(f"{url}/account")
    expect(page.locator(".st-key-panel-looks")).to_contain_text("Ina Kern")


def _report(ina: Page, otto: Page, url: str) -> None:
    ina.goto(f"{url}/team")
    expect(ina.get_by_role("rowheader", name="Mia Berg")).to_be_visible()
    with ina.expect_download() as download:
        ina.get_by_role("button", name="Bericht als PDF").click()
    report = pypdfium2.PdfDocument(download.value.path())
    assert "Mia Berg" in report[0].get_textpage().get_text_range()
    report.close()
    otto.goto(f"{url}/team")
    expect(otto.get_by_text("wurde kein Gespräch eingereicht")).to_be_visible()


def _erase(admin: Page, mia: Page, url: str) -> None:
    admin.goto(f"{url}/people")
    choose(admin, "Wessen Konto?", "Mia Berg")
    admin.get_by_text("Mia Berg mit allen Gesprächen").click()
    settled(admin)
    admin.get_by_role("button", name="Person löschen").click()
    expect(admin.get_by_text("alle ihre Gespräche sind gelöscht")).to_be_visible()
    mia.goto(url)
    expect(mia.get_by_label("Anmeldename")).to_be_visible()
    sign_in(mia, f"{url}/signin", "mia", PASSWORD)
    expect(mia.get_by_role("alert")).to_contain_text("passen nicht zusammen")
