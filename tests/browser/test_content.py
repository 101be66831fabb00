"""A coach makes a customer of their own and sets it; what it hides never reaches the trainee."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from tests.browser.conftest import ACTION_TIMEOUT_MS, Window, running_app
from tests.browser.test_accounts import import_people, set_password
from tests.browser.test_week import choose
from tests.browser.test_whole_call import say, settled
from trainer.catalog import load_catalog
from trainer.core.persona import Persona
from trainer.settings import PROJECT

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

PEOPLE = "name;login;role;team\nMia Berg;mia;trainee;Nord\nIna Kern;ina;coach;Nord\n"
OBJECTION = "Ob der Gasabschlag so bleibt, weiß bei Ihnen doch keiner."
SHIPPED = load_catalog(PROJECT / "personas", PROJECT / "rubrics").persona("nicole_hambach")
HIDDEN_NAMES = ("offer_fit", "irritability", "talkativeness", "churn_reason", "temperament")


class Wire:
    """Every message of the app that a browser receives."""

    def __init__(self, page: Page) -> None:
        self._received: list[bytes] = []
        page.on("websocket", self._listen)

    def forget(self) -> None:
        self._received.clear()

    def brought(self, text: str) -> bool:
        wanted = text.encode()
        return any(wanted in message for message in self._received)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._add)

    def _add(self, message: str | bytes) -> None:
        self._received.append(message.encode() if isinstance(message, str) else message)


def secrets(persona: Persona) -> list[str]:
    """Returns what the persona would only say, or never; unlike what the card shows."""
    entries = [*persona.facts.values(), *persona.objections.values()]
    lines = [line for entry in entries for line in (entry.note, *(v.text for v in entry.say))]
    return [*(line for line in lines if len(line) > 15), *HIDDEN_NAMES]


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


def test_a_customer_of_ones_own(chromium: Browser, app: tuple[str, str]) -> None:
    url, link = app
    window = Window(chromium, url)
    ina, mia = window(), window()
    coach, trainee = Wire(ina), Wire(mia)
    links = import_people(window(), link, PEOPLE)
    set_password(ina, links["ina"])
    set_password(mia, links["mia"])

    _duplicate(ina, url)
    _change_an_objection(ina)
    assert coach.brought(OBJECTION)
    assert coach.brought(SHIPPED.objections["uncertainty"].note)
    trainee.forget()
    mia.goto(f"{url}/practice")
    expect(mia.get_by_text("Nicole Hambach")).to_be_visible()
    expect(mia.get_by_text("Gesa Thormählen")).to_have_count(0)
    _try(ina)
    _release(ina)
    _assign(ina, url)

    mia.goto(url)
    settled(mia)
    mia.goto(f"{url}/practice")
    expect(mia.get_by_text("Gesa Thormählen")).to_be_visible()
    mia.goto(f"{url}/practice?persona=own_gesa_thormaehlen")
    expect(mia.get_by_role("heading", name="Gesa Thormählen")).to_be_visible()
    mia.goto(f"{url}/content?kind=persona&item=own_gesa_thormaehlen")
    expect(mia.get_by_text("Inhalte bearbeiten Coaches")).to_be_visible()
    said = _call(mia, url)
    assert trainee.brought("Gesa Thormählen") and trainee.brought("Gasversorgung")
    told = [line for line in secrets(SHIPPED) + [OBJECTION] if line not in said]
    assert len(told) > 40
    assert [line for line in told if trainee.brought(line)] == []
    window.close()
    assert window.foreign == [] and window.errors == []


def _duplicate(page: Page, url: str) -> None:
    page.goto(f"{url}/content")
    page.get_by_text("Neuer Fall aus einer Vorlage").click()
    settled(page)
    choose(page, "Vorlage", "Nicole Hambach")
    page.get_by_label("Vorname").fill("Gesa")
    page.get_by_label("Nachname").fill("Thormählen")
    page.get_by_label("Ihre Firma").fill("Nordgas")
    page.get_by_role("button", name="Anlegen").click()
    expect(page.get_by_role("heading", name="Gesa Thormählen")).to_be_visible()
    settled(page)
    page.get_by_role("textbox", name="Branche", exact=True).fill("Gasversorgung")
    page.get_by_role("textbox", name="Branche, englisch").fill("")
    page.get_by_role("textbox", name="Vorname").click()
    settled(page)
    expect(page.get_by_text("Nicht gespeicherte Änderungen")).to_be_visible()


def _change_an_objection(page: Page) -> None:
    page.get_by_role("radio", name="Einwände").click()
    settled(page)
    page.get_by_role("radio", name="Unsicherheit").click()
    settled(page)
    expect(page.get_by_role("radio", name="Unsicherheit")).to_be_checked()
    page.get_by_role("textbox", name="Neutral").fill(OBJECTION)
    # Straight from the field to the button, as people do.
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Gespeichert als Fassung 2")).to_be_visible()
    settled(page)
    page.get_by_role("radio", name="Fassungen").click()
    expect(page.locator("ins", has_text=OBJECTION)).to_be_visible()
    expect(page.locator("ins", has_text="Gasversorgung")).to_be_visible()


def _try(page: Page) -> None:
    page.get_by_role("button", name="Probeanruf").click()
    expect(page.locator(".wh-turn")).to_have_count(1)
    expect(page.get_by_text("Thormählen").first).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Auflegen").click()
    page.get_by_role("button", name="Zur Auswertung").click()
    expect(page.get_by_text("Das war ein Probeanruf")).to_be_visible()
    page.get_by_role("button", name="Zurück zum Bearbeiten").click()


def _release(page: Page) -> None:
    page.get_by_role("button", name="Freigeben").click()
    expect(page.get_by_text("Trainees sehen jetzt Fassung 2")).to_be_visible()


def _assign(page: Page, url: str) -> None:
    page.goto(f"{url}/assignments")
    page.get_by_label("Titel").fill("Gas")
    choose(page, "Wer soll angerufen werden?", "Thormählen")
    page.keyboard.press("Escape")
    choose(page, "Für wen?", "Nord")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Aufgabe stellen").click()
    expect(page.get_by_role("heading", name="Gas")).to_be_visible()


def _call(page: Page, url: str) -> str:
    page.goto(f"{url}/assignments")
    expect(page.get_by_role("heading", name="Gas")).to_be_visible()
    page.get_by_role("button", name="Kundenkarte öffnen").click()
    page.get_by_role("button", name="Anrufen", exact=True).click()
    expect(page.locator(".wh-turn")).to_have_count(1)
    settled(page)
    say(page, "Guten Tag, mein Name ist Mia Berg von Nordgas. Passt es Ihnen gerade?")
    return page.locator(".wh-turns").inner_text()
