"""The services behind the pages, built once a process and shared by all sessions."""

import streamlit as st

from trainer.bootstrap import build_practice
from trainer.core.person import Role
from trainer.journey import Journey, build_journey
from trainer.own_data import OwnData, build_own_data
from trainer.practice import Practice
from trainer.preparing import Preparing, build_preparing
from trainer.settings import load_settings

_OPEN_MODE_NAMES = {Role.TRAINEE: "Trainee", Role.COACH: "Coach"}


@st.cache_resource(show_spinner=False)
def practice() -> Practice:
    """Returns the service layer.

    Raises:
        SettingsError: A setting cannot be used.
        StoreError: The database cannot be opened.
        RecognizerError: The shipped recogniser is missing or damaged.
    """
    return build_practice(load_settings())


@st.cache_resource(show_spinner=False)
def journey() -> Journey:
    """Returns the service behind start page, choice and progress; raises like `practice`."""
    return build_journey(practice())


@st.cache_resource(show_spinner=False)
def preparing() -> Preparing:
    """Returns the service behind the customer's card; raises like `practice`."""
    return build_preparing(practice())


@st.cache_resource(show_spinner=False)
def own_data() -> OwnData:
    """Returns the service that exports and erases; raises like `practice`."""
    return build_own_data(practice())


@st.cache_resource(show_spinner=False)
def person(role: Role) -> str:
    """Returns the id of whoever sits at this machine: the open mode knows one person a role.

    Raises:
        StoreError: The database cannot be read or written.
    """
    return practice().people.ensure(_OPEN_MODE_NAMES[role], role).id
