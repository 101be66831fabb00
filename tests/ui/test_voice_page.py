"""Voice at the desk: what is spoken, what is missing, what becomes of a recording."""

import json
import re
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.driver import call_somebody, html_of, run
from trainer.core.person import Role
from trainer.errors import SpeechError
from trainer.practice import Practice
from trainer.ui import services, voice

pytestmark = pytest.mark.slow


@pytest.fixture
def persona_id(practice: Practice) -> str:
    return next(iter(practice.catalog.personas))


def spoken(app: AppTest) -> dict[str, object] | None:
    """What the page hands to the browser's speech synthesis."""
    script = next(part for part in html_of(app).split("<script>") if "speechSynthesis" in part)
    found = re.search(r"\)\((.*?)\);</script>", script, re.DOTALL)
    words: dict[str, object] | None = json.loads(found.group(1))
    return words


def test_the_customer_is_read_aloud_only_when_asked_for(
    app: AppTest, practice: Practice, persona_id: str
) -> None:
    call_id = call_somebody(app, persona_id)
    assert spoken(app) is None
    run(app.toggle(key="voice_hear").set_value(True))
    line = spoken(app)
    turns = practice.open(services.person(Role.TRAINEE), call_id).turns
    assert line["text"] == turns[0].turn.text and line["turn"] == 0


def test_without_a_model_the_page_says_how_to_get_one(app: AppTest, persona_id: str) -> None:
    call_somebody(app, persona_id)
    assert app.toggle(key="voice_speak").disabled
    assert "Tippen geht immer" in html_of(app)


class Ear:
    def __init__(self, words: str | SpeechError) -> None:
        self.words, self.heard = words, 0

    def hear(self, wav: bytes) -> str:
        self.heard += 1
        if isinstance(self.words, SpeechError):
            raise self.words
        return self.words


@pytest.mark.parametrize(
    ("words", "notice"),
    [
        ("Guten Tag, Frau Öztürk.", "So wurde es verstanden"),
        ("", "nichts zu verstehen"),
        (SpeechError("kaputt"), "konnte nicht verstanden werden"),
    ],
)
def test_a_recording_is_put_into_the_field_and_not_sent(
    app: AppTest,
    practice: Practice,
    persona_id: str,
    monkeypatch: pytest.MonkeyPatch,
    words: str | SpeechError,
    notice: str,
) -> None:
    ear, wav = Ear(words), SimpleNamespace(getvalue=lambda: b"RIFF")
    monkeypatch.setattr(services, "ear", lambda: ear)
    monkeypatch.setattr(voice, "missing", lambda folder: None)
    monkeypatch.setattr(voice.st, "audio_input", lambda *_, **__: wav)
    call_id = call_somebody(app, persona_id)
    run(app.toggle(key="voice_speak").set_value(True))
    assert notice in html_of(app)
    assert len(practice.open(services.person(Role.TRAINEE), call_id).turns) == 1
    if words == "Guten Tag, Frau Öztürk.":
        assert app.chat_input(key="message").proto.value == words
    run(app)
    assert ear.heard == 1
