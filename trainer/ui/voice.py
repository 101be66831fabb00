"""Hearing the customer and speaking to them, at the desk; both off at first."""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import streamlit as st

from trainer.core.acts import Speaker
from trainer.core.persona import Persona
from trainer.errors import SpeechError
from trainer.speech.recording import Ear, missing
from trainer.speech.sound import sound_of
from trainer.store.calls import CallRecord
from trainer.ui import services, state
from trainer.ui.html import esc, notice
from trainer.ui.texts import Texts

_SCRIPT = (Path(__file__).parent / "speech.js").read_text(encoding="utf-8")
_HEAR_KEY, _SPEAK_KEY = "voice_hear", "voice_speak"


def draw_switches(t: Texts) -> None:
    """Draws what can be switched on, and what is missing for it."""
    with st.expander(t("voice.title"), icon=":material/record_voice_over:", key="aside-voice"):
        st.toggle(t("voice.hear"), key=_HEAR_KEY, help=t("voice.hear_help"))
        st.html(f'<p class="wh-small wh-novoice" role="status">{esc(t("voice.no_voice"))}</p>')
        lacking = missing(services.speech_folder())
        st.toggle(t("voice.speak"), key=_SPEAK_KEY, disabled=lacking is not None)
        if lacking is not None:
            st.html(f'<p class="wh-small">{esc(t(f"voice.missing.{lacking}"))}</p>')


def say_aloud(record: CallRecord, persona: Persona) -> None:
    """Makes the browser speak the customer's latest line, once; silent where it is off."""
    latest = record.turns[-1]
    line = None
    if st.session_state.get(_HEAR_KEY) and latest.turn.speaker is Speaker.CUSTOMER:
        line = {
            "call": record.id,
            "turn": latest.index,
            "text": latest.turn.text,
            **asdict(sound_of(persona)),
        }
    # A "</script>" in a line would end the script.
    words = json.dumps(line).replace("<", "\\u003c")
    st.html(f"<script>({_SCRIPT})({words});</script>", unsafe_allow_javascript=True)


def take_recording(record: CallRecord, t: Texts) -> None:
    """Draws the recorder where it is on; puts what was understood into the field for typing."""
    ear = services.ear()
    if ear is None or not st.session_state.get(_SPEAK_KEY):
        return
    recorded = st.audio_input(t("voice.record"), key=f"recorded-{record.id}-{len(record.turns)}")
    if recorded is not None:
        _understand(ear, recorded.getvalue(), t)


def _understand(ear: Ear, wav: bytes, t: Texts) -> None:
    if not state.is_new_recording(sha256(wav).hexdigest()):
        return
    try:
        words = ear.hear(wav)
    except SpeechError as error:
        notice(t("voice.failed"), tone="warn", details=str(error))
        return
    if not words:
        notice(t("voice.nothing"), tone="warn")
        return
    state.put_line(words)
    notice(t("voice.understood"))
