"""The way to a test call."""

from collections.abc import Callable

import streamlit as st

from trainer.content import Item
from trainer.errors import NotFoundError
from trainer.store.content import Kind
from trainer.ui import content_labels, faults, links, services
from trainer.ui.links import Place
from trainer.ui.texts import Texts


def draw_try(item: Item, ready: Callable[[], bool], t: Texts) -> None:
    """Draws the button that dials; to try a rubric, with the question whom to call.

    Args:
        item: What is tried.
        ready: Asked before dialling; saves what is not saved yet, and tells whether it could.
        t: The words.
    """
    if item.kind is Kind.PERSONA:
        if _button(t):
            _dial(item, "", ready, t)
        return
    with st.popover(t("content.action.try"), icon=":material/call:"):
        personas = services.contents().items(services.actor(), Kind.PERSONA)
        names = {
            one.id: content_labels.name_of(one, t)
            for one in personas
            if one.content is not None and not one.archived
        }
        persona = st.selectbox(
            t("content.action.try_whom"),
            list(names),
            key="try_persona",
            format_func=lambda one: names[one],
        )
        if persona is not None and _button(t):
            _dial(item, persona, ready, t)


def _button(t: Texts) -> bool:
    return st.button(
        t("content.action.try"),
        key="try_content",
        icon=":material/call:",
        help=t("content.action.try_help"),
    )


def _dial(item: Item, persona: str, ready: Callable[[], bool], t: Texts) -> None:
    if not ready():
        return
    owner = services.own().person
    try:
        call = services.contents().try_out(
            services.actor(), item.kind, item.id, owner=owner, persona=persona
        )
    except NotFoundError as error:
        faults.show(error, t)
        return
    links.go(Place.PRACTICE, call=call.id)
