"""The button that dials, and the choice to make the call an exam."""

from typing import NoReturn

import streamlit as st

from trainer.core.persona import Persona
from trainer.store.calls import CallRecord
from trainer.ui import services, state
from trainer.ui.html import badge
from trainer.ui.texts import Texts

EXAM_KEY = "exam"


def draw_dial(t: Texts) -> bool:
    """Draws what begins a call and returns whether it shall; assigned practice sets the way."""
    dialled = st.button(t("practice.card.call"), key="call", icon=":material/call:", type="primary")
    if state.assignment_id() is None:
        st.toggle(t("desk.exam.switch"), key=EXAM_KEY, help=t("desk.exam.help"))
    else:
        st.html(badge(t("assignments.for_this"), symbol="assignment"))
    return dialled


def dial(person: str, persona: Persona) -> NoReturn:
    """Dials, takes the preparation along and shows the call.

    Raises:
        NotFoundError: The address names an assignment of somebody else.
        ConflictError: The attempts of that assignment are used up, or its date is past.
        StoreError: The call cannot be written.
    """
    call = _start(person, persona)
    services.preparing().take_along(call)
    state.show_call(call.id)
    st.rerun()


def _start(person: str, persona: Persona) -> CallRecord:
    assignment = state.assignment_id()
    if assignment is not None:
        return services.assignments().begin(services.own(), assignment, persona.id)
    exam = bool(st.session_state.get(EXAM_KEY))
    return services.attempts().start(person, persona.id, exam=exam)
