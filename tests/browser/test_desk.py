"""The desk in a real browser: keys, drafts, two windows, voice, another attempt, hand-in."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_whole_call import dial, lines, say, settled

pytestmark = pytest.mark.browser

OPENING = "Guten Tag, mein Name ist Lena Vogt. Ich rufe an, weil wir Sie vermissen. Passt es kurz?"
WHY = "Was hat damals den Ausschlag gegeben, dass Sie gegangen sind?"
VOICES = """
window.said = [];
const voices = [
  {name: 'Google Deutsch', lang: 'de-DE', localService: false},
  {name: 'Anna', lang: 'de-DE', localService: true},
  {name: 'Markus', lang: 'de-DE', localService: true},
  {name: 'Alex', lang: 'en-US', localService: true},
];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, 'speechSynthesis', {value: {
  getVoices: () => voices,
  cancel: () => { window.cancelled = (window.cancelled || 0) + 1; },
  speak: (said) => window.said.push([said.text, said.voice.name, said.rate]),
}});
"""


def field(page: Page):
    return page.get_by_placeholder("Was sagen Sie?")


def test_a_call_by_keyboard_then_again_from_a_line_compared_and_handed_in(open_window) -> None:
    page = open_window()
    dial(page)
    field(page).focus()
    page.keyboard.type(OPENING)
    page.keyboard.press("F2")
    expect(page.locator(".wh-hint")).to_contain_text("Name und Firma")
    expect(field(page)).to_have_value(OPENING)
    field(page).press("Enter")
    expect(page.locator(".wh-turn:not(.wh-new)")).to_have_count(3)
    settled(page)
    say(page, WHY)
    first = page.url
    field(page).focus()
    page.keyboard.press("F9")
    page.get_by_role("button", name="Zur Auswertung").click()
    expect(page.get_by_text("Tipps geholt")).to_be_visible()
    page.get_by_role("button", name="Ab Zeile 4 neu").click()
    expect(page.get_by_text("Neuer Anlauf ab Zeile 4")).to_be_visible()
    assert page.url != first
    say(page, "Jetzt unterschreiben Sie schon, das Angebot gilt nur heute!")
    page.keyboard.press("F9")
    page.get_by_role("button", name="Mit dem ersten Anlauf vergleichen").click()
    expect(page.get_by_text("Bis Zeile 3 sind beide Gespräche gleich.")).to_be_visible()
    expect(page.locator(".wh-compare tbody tr")).to_have_count(4)
    page.get_by_role("link", name="Zur Auswertung").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF").click()
    assert re.fullmatch(r"Gespraech-\w+-\d{4}-\d\d-\d\d\.pdf", download.value.suggested_filename)
    page.get_by_label("Ihre Frage an den Coach").fill("War das zu früh?")
    page.get_by_role("button", name="An Coach senden").click()
    expect(page.get_by_text("War das zu früh?")).to_be_visible()


def test_neither_a_reload_nor_a_second_window_loses_a_word(open_window) -> None:
    page = open_window()
    dial(page)
    field(page).focus()
    page.keyboard.type("Ein Entwurf für $5")
    page.reload()
    expect(page.locator(".wh-turn")).to_have_count(1)
    expect(field(page)).to_have_value("Ein Entwurf für $5")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".wh-turn")).to_have_count(1)
    settled(other)
    field(other).focus()
    other.keyboard.type(WHY)
    say(page, OPENING)
    field(other).press("Enter")
    expect(other.get_by_text("in einem anderen Fenster weiter")).to_be_visible()
    expect(field(other)).to_have_value(WHY)
    assert lines(other) == lines(page) and len(lines(page)) == 3
    expect(field(other)).to_be_in_viewport()


def test_the_customer_is_heard_in_a_voice_of_this_machine(open_window) -> None:
    page = open_window()
    page.add_init_script(VOICES)
    page.reload()
    dial(page)
    page.get_by_text("Stimme", exact=True).click()
    page.get_by_text("Kundin oder Kunden vorlesen").click()
    page.wait_for_function("window.said.length === 1")
    text, voice, _ = page.evaluate("window.said[0]")
    assert text == lines(page)[0] and voice in ("Anna", "Markus")
    say(page, OPENING)
    page.wait_for_function("window.said.length === 2")
    assert page.evaluate("window.said[1][0]") == lines(page)[2]
    before = page.evaluate("window.cancelled")
    field(page).focus()
    page.keyboard.type("H")
    assert page.evaluate("window.cancelled") > before
