"""How a call ended, in words, with an icon and a colour."""

import streamlit as st

from trainer.core.persona import Persona
from trainer.core.plan import WON, Ending
from trainer.store.calls import CallRecord
from trainer.ui import links, state
from trainer.ui.html import Tone, badge, notice
from trainer.ui.links import Place
from trainer.ui.texts import Texts

_ICONS = {
    Ending.ACCEPTED: "handshake",
    Ending.NEXT_STEP: "event_available",
    Ending.DECLINED: "do_not_disturb_on",
    Ending.HUNG_UP: "phone_disabled",
    Ending.OPT_OUT: "block",
    Ending.ABANDONED: "call_end",
}


def ending_badge(ending: Ending, t: Texts) -> str:
    """Returns the ending as a label."""
    return badge(t(f"guide.ending.{ending}"), tone=_tone(ending), symbol=_ICONS[ending])


def draw_ending(record: CallRecord, persona: Persona, t: Texts) -> None:
    """Draws how the call ended and where to go from here."""
    ending = record.ending or Ending.ABANDONED
    notice(
        t(f"practice.ended.{ending}", name=persona.salutation),
        tone="good" if ending in WON else "info",
    )
    with st.container(horizontal=True):
        if st.button(
            t("practice.ended.review"), key="to_review", icon=":material/insights:", type="primary"
        ):
            links.go(Place.REVIEW, call=record.id)
        st.button(
            t("practice.ended.again"),
            key="again",
            icon=":material/phone_in_talk:",
            on_click=state.show_start,
        )


def _tone(ending: Ending) -> Tone | None:
    if ending in WON:
        return "good"
    return "bad" if ending in (Ending.HUNG_UP, Ending.OPT_OUT) else None
