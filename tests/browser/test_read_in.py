"""A coach reads real calls in, gets a second opinion on one, and deletes it, in a real browser."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ACTION_TIMEOUT_MS, Window, running_app
from tests.browser.test_whole_call import settled
from tests.coaching.judge_server import script
from tests.coaching.test_real_calls import CALL, RECIPE
from tests.llm.rude_server import rude_server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

INTRODUCED = {"line": 2, "words": "mein Name ist Lena Vogt"}


def archive() -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as target:
        target.writestr("frau-a.txt", CALL)
        target.writestr("frau-b.txt", CALL.replace("dreimal", "zweimal"))
        target.writestr("rezept.txt", RECIPE)
    return made.getvalue()


def test_real_calls_from_files_to_a_second_opinion(chromium: Browser, tmp_path: Path) -> None:
    expect.set_options(timeout=ACTION_TIMEOUT_MS)
    with rude_server() as server:
        server.script = script(needs_summary=INTRODUCED)
        settings = {"JUDGE": "openai", "JUDGE_MODEL": "scripted", "LLM": "phrases"}
        with running_app(tmp_path, JUDGE_BASE_URL=server.base_url, **settings) as url:
            window = Window(chromium, url)
            page = window("/transcripts?role=Coach")
            expect(page.get_by_text("personenbezogene Daten").first).to_be_visible()
            page.locator("input[type=file]").set_input_files(
                {"name": "mai.zip", "mimeType": "application/zip", "buffer": archive()}
            )
            expect(page.get_by_text("Wer ist wer?")).to_be_visible()
            expect(page.get_by_text("Lena Vogt").first).to_be_visible()
            settled(page)
            page.get_by_text("oder wir dürfen diese Gespräche so verwenden").click()
            page.get_by_role("button", name="Einlesen und bewerten").click()
            expect(page.get_by_text("Eingelesen und bewertet: 2")).to_be_visible()
            expect(page.get_by_text("rezept.txt")).to_be_visible()
            page.get_by_role("button", name="Zu den Gesprächen").click()
            expect(page.get_by_text("Gespräche: 2")).to_be_visible()
            settled(page)
            page.get_by_role("button", name="Ansehen").first.click()
            expect(page.get_by_role("heading", name="Zweite Meinung")).to_be_visible()
            settled(page)
            page.get_by_role("button", name="Zweite Meinung einholen", exact=True).click()
            expect(page.get_by_text("Widerspruch bei")).to_be_visible()
            page.locator(".st-key-panel-judgement").get_by_text(
                f"„{INTRODUCED['words']}“", exact=True
            ).click()
            start = CALL.splitlines()[1].removeprefix("Lena Vogt: ").index(INTRODUCED["words"])
            place = f"q-1-{start}-{start + len(INTRODUCED['words'])}"
            expect(page.locator(f"#{place}")).to_be_in_viewport()
            assert page.url.endswith(f"#{place}")
            page.get_by_text("Dieses Gespräch löschen").click()
            page.get_by_text("Ja, endgültig löschen").click()
            page.get_by_role("button", name="Löschen", exact=True).click()
            expect(page.get_by_text("Gespräche: 1")).to_be_visible()
            window.close()
            assert window.foreign == [] and window.errors == []
