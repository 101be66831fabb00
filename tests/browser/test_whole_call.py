"""A whole call in a real browser: choose, call, reload, review, submit, comment."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ACTION_TIMEOUT_MS

pytestmark = pytest.mark.browser

UNTIL_A_RUN_BEGINS_MS = 250
SKILLED = [
    "Guten Tag, mein Name ist Lena Vogt. Ich rufe an, weil Sie lange bei uns waren und ich "
    "verstehen möchte, was wir besser machen müssen. Passt es Ihnen gerade für drei Minuten?",
    "Danke, das weiß ich zu schätzen. Ich würde erst zwei Fragen stellen und Ihnen danach sagen, "
    "was sich bei uns geändert hat. Was hat damals den Ausschlag gegeben, dass Sie gegangen sind?",
    "Das kann ich gut nachvollziehen, und es tut mir leid. Was genau ist damals passiert?",
    "Danke, dass Sie das so offen sagen. Was war denn gut in unserer gemeinsamen Zeit?",
    "Was steckt da genau dahinter, ist es eher der Moment oder etwas anderes?",
    "Unter welchen Bedingungen könnten Sie sich einen Neuanfang vorstellen?",
    "Was wäre Ihnen dabei am wichtigsten?",
    "Und was darf auf keinen Fall wieder passieren?",
    "Ich fasse zusammen: Ihnen ist wichtig, dass man sich kümmert und Wort hält. Stimmt das so?",
    "Wenn wir all das erfüllen, kommen Sie dann zu uns zurück?",
    "Sie bekommen eine feste Ansprechpartnerin mit Durchwahl. Für Sie heißt das: Ein Anruf genügt. "
    "Ist der Punkt damit für Sie geklärt?",
    "Wollen wir es so machen, dass ich Ihnen das heute schriftlich schicke und Sie am Freitag um "
    "zehn Uhr anrufe?",
    "Dann halten wir das so fest. Vielen Dank für Ihre Zeit und auf Wiederhören!",
]


def lines(page: Page) -> list[str]:
    """The lines of the call as the page shows them."""
    return page.locator(".wh-turn .wh-text").all_inner_texts()


def settled(page: Page) -> None:
    """Waits until the page has been drawn and nothing runs."""
    page.wait_for_timeout(UNTIL_A_RUN_BEGINS_MS)
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()


def over(page: Page) -> bool:
    return page.get_by_role("button", name="Zur Auswertung").is_visible()


def dial(page: Page) -> None:
    """Opens the first customer's card and calls."""
    page.get_by_role("button", name="Kundenkarte öffnen").first.click()
    page.get_by_role("button", name="Anrufen", exact=True).click()
    expect(page.locator(".wh-turn")).to_have_count(1, timeout=ACTION_TIMEOUT_MS)
    settled(page)


def say(page: Page, text: str) -> None:
    """Types a line and waits for the answer, which may end the call."""
    before = len(lines(page))
    field = page.get_by_placeholder("Was sagen Sie?")
    expect(field).to_be_enabled()
    field.fill(text)
    field.press("Enter")
    expect(page.locator(".wh-dots")).to_have_count(0, timeout=ACTION_TIMEOUT_MS)
    answered = page.locator(".wh-turn:not(.wh-new)")
    expect(answered).to_have_count(before + 2, timeout=ACTION_TIMEOUT_MS)
    settled(page)


def choose_role(page: Page, role: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("radio", name=role).click()
    settled(page)


def test_a_call_from_the_first_page_to_the_coachs_comment(open_window) -> None:
    page = open_window()
    dial(page)
    for number, line in enumerate(SKILLED):
        if over(page):
            break
        say(page, line)
        if number == 1:
            _reload_and_find_everything_again(page)
    if not over(page):
        page.get_by_role("button", name="Auflegen").click()
    page.get_by_role("button", name="Zur Auswertung").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gespräch mit")
    _follow_a_quote(page)
    _submit(page)
    _comment_as_coach(page)
    choose_role(page, "Trainee")
    page.get_by_role("link", name="Auswertungen").click()
    page.get_by_role("button", name="Ansehen").first.click()
    expect(page.locator("#turn-1 + .wh-comment")).to_contain_text(
        "Der Einstieg sitzt für $5 *fett*."
    )


def _reload_and_find_everything_again(page: Page) -> None:
    before, address = lines(page), page.url
    assert "call=" in address
    page.reload()
    expect(page.locator(".wh-turn")).to_have_count(len(before))
    settled(page)
    assert lines(page) == before
    assert page.url == address


def _follow_a_quote(page: Page) -> None:
    settled(page)
    page.get_by_text(re.compile(r"Führung übernehmen –")).click()
    quote = page.locator(".wh-checks a.wh-quote:visible").first
    words = quote.inner_text().strip("„“")
    quote.click()
    turn = page.locator(".wh-turn:has(:target)")
    expect(turn).to_have_count(1)
    expect(turn).to_be_in_viewport()
    identity = page.url.rpartition("#")[2]
    lit = page.locator(f".wh-turn .{identity}")
    assert "".join(lit.all_inner_texts()) == words
    colours = {
        piece.evaluate("element => getComputedStyle(element).backgroundColor")
        for piece in lit.all()
    }
    assert colours == {"rgb(255, 224, 138)"}


def _submit(page: Page) -> None:
    expect(page.get_by_text("Dieses Gespräch ist privat")).to_be_visible()
    page.get_by_role("button", name="An Coach senden").click()
    expect(page.get_by_text("an den Coach gesendet")).to_be_visible()


def _comment_as_coach(page: Page) -> None:
    choose_role(page, "Coach")
    page.get_by_role("link", name="Coach").click()
    page.get_by_role("button", name="Ansehen").first.click()
    page.get_by_label("Ihre Anmerkung").fill("Der Einstieg sitzt für $5 *fett*.")
    subject = page.get_by_role("combobox", name="Bezieht sich auf")
    subject.fill("Zeile 2:")
    page.get_by_role("option", name=re.compile("^Zeile 2:")).click()
    expect(subject).to_have_value(re.compile("^Zeile 2:"))
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Gespeichert.")).to_be_visible()
    expect(page.locator("#turn-1 + .wh-comment")).to_contain_text("Der Einstieg sitzt")


def test_hostile_text_is_shown_and_not_run(open_window) -> None:
    page = open_window()
    dial(page)
    text = "<script>window.hurt=1</script> <img src=x onerror='window.hurt=1'> $5 *fett* :red[rot]"
    say(page, text)
    assert lines(page)[1] == text
    assert page.evaluate("() => window.hurt") is None


def test_the_clock_ticks_without_asking_the_server(open_window) -> None:
    page = open_window()
    dial(page)
    clock = (
        "() => getComputedStyle(document.querySelector('.wh-ticking')).getPropertyValue('--wh-s')"
    )
    first = int(page.evaluate(clock))
    page.wait_for_function(f"() => Number(({clock})()) > {first}")


@pytest.mark.parametrize("dark", [False, True])
def test_a_phone_shows_every_page_without_sideways_scrolling(open_window, *, dark: bool) -> None:
    page = open_window(width=390, dark=dark)
    _fits(page)
    page.get_by_role("button", name="Kundenkarte öffnen").first.click()
    page.get_by_role("button", name="Anrufen", exact=True).wait_for()
    _fits(page)
    page.get_by_role("button", name="Anrufen", exact=True).click()
    expect(page.locator(".wh-turn")).to_have_count(1, timeout=ACTION_TIMEOUT_MS)
    say(page, SKILLED[0])
    _fits(page)
    expect(page.get_by_placeholder("Was sagen Sie?")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Auflegen")).to_be_in_viewport()
    page.get_by_role("button", name="Auflegen").click()
    page.get_by_role("button", name="Zur Auswertung").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gespräch mit")
    _fits(page)


def _fits(page: Page) -> None:
    settled(page)
    wide = "() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    assert page.evaluate(wide) <= 0
