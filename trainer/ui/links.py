"""Ways from page to page; pages name each other by `Place` and need not import one another."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import StreamlitPage

_KEY = "places"


class Place(StrEnum):
    """The pages; the value stands in the address, the first page has none."""

    START = "start"
    PRACTICE = "practice"
    REVIEW = "review"
    PROGRESS = "progress"
    COACH = "coach"
    MODELS = "models"
    ASSIGNMENTS = "assignments"
    TEAM = "team"
    AGREEMENT = "agreement"
    PEOPLE = "people"
    ACCOUNT = "account"
    COMPARE = "compare"
    CONTENT = "content"
    HEALTH = "health"
    READ_IN = "transcripts"


def register(pages: Mapping[Place, StreamlitPage]) -> None:
    """Makes the pages of this run known; the frame does it before it runs one."""
    st.session_state[_KEY] = dict(pages)


def go(place: Place, **params: str) -> NoReturn:
    """Opens a page; the parameters, such as the call, stand in its address."""
    st.switch_page(st.session_state[_KEY][place], query_params=params)


def link(place: Place, label: str, *, icon: str, call: str | None = None) -> None:
    """Draws a link to a page; the label must not come from a person."""
    params = {"call": call} if call else None
    st.page_link(st.session_state[_KEY][place], label=label, icon=icon, query_params=params)
