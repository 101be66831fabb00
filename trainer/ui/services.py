"""The services behind the pages, built once a process and shared by all sessions."""

from pathlib import Path

import streamlit as st

from trainer.attempts import Attempts
from trainer.bootstrap import build_practice
from trainer.core.person import Role
from trainer.practice import Practice
from trainer.settings import load_settings
from trainer.speech.recording import Ear, ear_of
from trainer.store.attempts import AttemptStore
from trainer.store.submissions import SubmissionStore
from trainer.submissions import Submissions
from trainer.warm import warm_up

_OPEN_MODE_NAMES = {Role.TRAINEE: "Trainee", Role.COACH: "Coach"}


@st.cache_resource(show_spinner=False)
def practice() -> Practice:
    """Returns the service layer.

    Raises:
        SettingsError: A setting cannot be used.
        StoreError: The database cannot be opened.
        RecognizerError: The shipped recogniser is missing or damaged.
    """
    built = build_practice(load_settings())
    warm_up(built)
    return built


def attempts() -> Attempts:
    """Returns the service behind retries; raises what `practice` raises."""
    served = practice()
    return Attempts(served, AttemptStore(served.calls.engine))


@st.cache_resource(show_spinner=False)
def submissions() -> Submissions:
    """Returns the service behind handing in; raises what `practice` raises."""
    served = practice()
    return Submissions(served, SubmissionStore(served.calls.engine))


@st.cache_resource(show_spinner=False)
def speech_folder() -> Path | None:
    """Returns where the model for recordings is, as the settings say."""
    return load_settings().speech


@st.cache_resource(show_spinner=False)
def ear() -> Ear | None:
    """Returns what understands recordings; None where something is missing for it."""
    return ear_of(speech_folder())


@st.cache_resource(show_spinner=False)
def person(role: Role) -> str:
    """Returns the id of whoever sits at this machine: the open mode knows one person a role.

    Raises:
        StoreError: The database cannot be read or written.
    """
    return practice().people.ensure(_OPEN_MODE_NAMES[role], role).id
