"""The practice page: choose, read the card, call."""

import streamlit as st

from trainer.core.person import Role
from trainer.errors import NotFoundError
from trainer.ui import choose, faults, prepare, services, state
from trainer.ui.desk import draw_desk
from trainer.ui.html import scroll_to_top


def render() -> None:
    """Draws what the address asks for: a call, a customer's card, or the choice."""
    practice, person, t = services.practice(), services.person(Role.TRAINEE), state.texts()
    with st.empty():  # always there, so that what follows keeps its place from run to run
        if state.take_move():
            scroll_to_top()
    call_id, persona_id = state.call_id(), state.persona_id()
    try:
        if call_id is not None:
            draw_desk(practice, person, call_id, t)
            return
        if persona_id is not None:
            catalog = practice.catalog
            # What was set can be called even if it was put away since.
            find = catalog.known_persona if state.assignment_id() else catalog.persona
            prepare.draw_card(person, find(persona_id), t)
            return
    except NotFoundError as error:  # an old or mistyped address
        faults.show(error, t)
    choose.draw_choice(practice, person, t)
