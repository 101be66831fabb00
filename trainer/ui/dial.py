"""The button that dials, and the choice to make the call an exam."""

from collections.abc import Callable

import streamlit as st

from trainer.core.persona import Persona
from trainer.core.preparation import Preparation
from trainer.errors import TrainerError
from trainer.store.calls import CallRecord
from trainer.ui import faults, services, state
from trainer.ui.html import badge
from trainer.ui.texts import Texts

EXAM_KEY = "exam"


def draw_dial(person: str, persona: Persona, prepared: Callable[[], Preparation], t: Texts) -> None:
    """Draws what begins a call with this customer; assigned practice sets the way it is taken.

    Args:
        person: The trainee.
        persona: Whom to call.
        prepared: Reads what was thought out from the fields, as they are when the phone rings.
        t: The words.
    """
    st.button(
        t("practice.card.call"),
        key="call",
        icon=":material/call:",
        type="primary",
        on_click=_dial,
        args=(person, persona, prepared),
    )
    if state.assignment_id() is None:
        st.toggle(t("desk.exam.switch"), key=EXAM_KEY, help=t("desk.exam.help"))
    else:
        st.html(badge(t("assignments.for_this"), symbol="assignment"))
    fault = state.take_fault()
    if fault is not None:
        faults.show(fault, t)


def _dial(person: str, persona: Persona, prepared: Callable[[], Preparation]) -> None:
    """Dials before the page is drawn: the customer is heard one run of the script earlier."""
    preparing = services.preparing()
    try:
        preparing.save(person, persona.id, prepared())
        call = _start(person, persona)
        preparing.take_along(call)
    except TrainerError as error:
        state.tell_fault(error)
    else:
        state.show_call(call.id)


def _start(person: str, persona: Persona) -> CallRecord:
    assignment = state.assignment_id()
    if assignment is not None:
        return services.assignments().begin(services.own(), assignment, persona.id)
    exam = bool(st.session_state.get(EXAM_KEY))
    return services.attempts().start(person, persona.id, exam=exam)
