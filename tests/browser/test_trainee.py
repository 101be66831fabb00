"""A first visit on a phone, preparing on a laptop."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import running_app
from tests.browser.test_accessible import accessible
from tests.browser.test_whole_call import say, settled

pytestmark = pytest.mark.browser


@pytest.fixture
def fresh_address(tmp_path):
    """An app that nobody has used yet."""
    with running_app(tmp_path) as url:
        yield url


def test_a_first_visit_leads_through_an_easy_call(fresh_address, chromium) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844}, locale="de-DE")
    page.goto(fresh_address)
    begin = page.get_by_role("button", name="Erstes Gespräch beginnen")
    begin.wait_for()
    assert accessible(page) == []
    begin.click()
    expect(page.get_by_role("heading", name="Eröffnen")).to_be_visible()
    page.get_by_role("button", name="Satz übernehmen").click()
    field = page.get_by_placeholder("Was sagen Sie?")
    expect(field).to_have_value(re.compile("Lena Vogt"))
    assert accessible(page) == []
    say(page, field.input_value())
    field.fill("Ich fasse zusammen: Ihnen ist wichtig, dass …")
    field.press("Enter")
    expect(page.get_by_text("eigene Worte")).to_be_visible()
    expect(field).to_have_value("Ich fasse zusammen: Ihnen ist wichtig, dass …")
    page.get_by_role("button", name="Auflegen").click()
    page.get_by_role("button", name="Zur Auswertung").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gespräch mit")
    page.get_by_role("button", name="Ab Zeile 2 neu").click()
    expect(page.locator(".wh-retry")).to_be_visible()
    settled(page)
    say(page, "Guten Tag, Frau Brandstetter, Lena Vogt hier. Darf ich Sie kurz etwas fragen?")
    page.get_by_role("button", name="Auflegen").click()
    page.get_by_role("button", name="Zur Auswertung").click()
    page.get_by_role("button", name="An Coach senden").click()
    expect(page.get_by_text("an den Coach gesendet")).to_be_visible()
    page.goto(fresh_address)
    expect(page.get_by_role("heading", name="Wo Sie stehen")).to_be_visible()


def test_what_was_prepared_is_compared_in_the_review(open_window) -> None:
    page = open_window("/practice")
    page.get_by_role("button", name="Kundenkarte öffnen").nth(1).click()
    note = page.get_by_label("Was könnte ein Anreiz sein")
    note.fill("Ein fester Termin")
    # Straight from the field to the phone: what was just typed is kept.
    page.get_by_role("button", name="Anrufen", exact=True).click()
    expect(page.locator(".wh-turn")).to_have_count(1)
    settled(page)
    page.get_by_role("button", name="Auflegen").click()
    page.get_by_role("button", name="Zur Auswertung").click()
    expect(page.get_by_text("Ein fester Termin")).to_be_visible()
    assert accessible(page) == []
