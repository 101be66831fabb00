"""The browser goes away while the customer speaks; the whole answer is there when it comes back."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import START_TIMEOUT_S, Window, running_app
from tests.browser.test_whole_call import SKILLED, dial, lines, say, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def window(
    tmp_path_factory: pytest.TempPathFactory,
    chromium: Browser,
) -> Iterator[Window]:
    with running_app(tmp_path_factory.mktemp("app"), LLM="phrases") as url:
        opened = Window(chromium, url)
        page = opened()
        page.locator("h1").first.wait_for(timeout=START_TIMEOUT_S * 1000)
        yield opened
        opened.close()


@pytest.mark.parametrize("until", [".wh-dots", ".wh-turn.wh-new"], ids=["pause", "sentence"])
def test_the_browser_is_closed_in_mid_stream(window: Window, until: str) -> None:
    page = window()
    dial(page)
    say(page, SKILLED[0])
    before, there = lines(page), urlsplit(page.url)
    page.get_by_placeholder("Was sagen Sie?").fill(SKILLED[1])
    page.get_by_placeholder("Was sagen Sie?").press("Enter")
    page.locator(until).first.wait_for()
    page.context.close()
    again = window(f"{there.path}?{there.query}")
    expect(again.locator(".wh-turn:not(.wh-new)")).to_have_count(len(before) + 2)
    settled(again)
    kept = lines(again)
    assert kept[: len(before) + 1] == [*before, SKILLED[1]]
    assert kept[-1].strip() and kept[-1] != SKILLED[1]
