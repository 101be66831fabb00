"""The button that dials, and the choice to make the call an exam."""

import streamlit as st

from trainer.core.persona import Persona
from trainer.errors import StoreError
from trainer.ui import faults, services, state
from trainer.ui.texts import Texts

EXAM_KEY = "exam"


def draw_dial(person: str, persona: Persona, t: Texts) -> None:
    """Draws what begins a call with this customer."""
    st.toggle(t("desk.exam.switch"), key=EXAM_KEY, help=t("desk.exam.help"))
    st.button(
        t("practice.card.call"),
        key="call",
        icon=":material/call:",
        type="primary",
        on_click=_dial,
        args=(person, persona.id),
    )
    fault = state.take_fault()
    if fault is not None:
        faults.show(fault, t)


def _dial(person: str, persona_id: str) -> None:
    """Dials before the page is drawn: the customer is heard one run of the script earlier."""
    exam = bool(st.session_state.get(EXAM_KEY))
    try:
        state.show_call(services.attempts().start(person, persona_id, exam=exam).id)
    except StoreError as error:
        state.tell_fault(error)
