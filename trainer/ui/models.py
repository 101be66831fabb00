"""The page for whoever looks after this machine: which model speaks, and fetching another."""

import pandas as pd
import streamlit as st

from trainer.core.person import Role
from trainer.errors import LLMError
from trainer.llm.download import Download
from trainer.llm.hub import CHOICES
from trainer.llm.probe import seconds_to_first_words
from trainer.ui import door, faults, services, state
from trainer.ui.html import heading, notice
from trainer.ui.texts import Texts

_LOOK_S = 1.0


def render() -> None:
    """Draws the page for coaches and administrators."""
    t = state.texts()
    if services.actor().role is Role.TRAINEE:
        door.draw_coaches_only("models.title", "coach.not_trainees", t)
        return
    heading(t("models.title"), lead=t("models.lead"))
    _draw_current(t)
    heading(t("models.choices"), lead=t("models.choices_lead"), level=2)
    st.dataframe(_table(t), hide_index=True)
    _draw_fetch(t)


def _draw_current(t: Texts) -> None:
    llm = services.practice().generator.llm
    if llm is None:
        notice(t("models.phrases"))
        return
    notice(t("models.current", name=llm.name))
    if not st.button(t("models.try"), key="try_model", icon=":material/play_arrow:"):
        return
    try:
        with st.spinner(t("models.trying")):
            waited = seconds_to_first_words(llm)
    except LLMError as error:
        faults.show(error, t)
    else:
        notice(t("models.answers", seconds=f"{waited:.2f}"), tone="good")


def _table(t: Texts) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("models.column.id"): [choice.id for choice in CHOICES],
            t("models.column.weights"): [choice.billions for choice in CHOICES],
            t("models.column.files"): [choice.download_gb for choice in CHOICES],
            t("models.column.memory"): [choice.memory_gb for choice in CHOICES],
            t("models.column.licence"): [choice.licence for choice in CHOICES],
            t("models.column.gpu"): [str(choice.gpu_gb or "–") for choice in CHOICES],
        }
    )


@st.cache_resource(show_spinner=False)
def _downloads() -> dict[str, Download]:
    """The downloads of this process; they go on when the page is left."""
    return {}


def _draw_fetch(t: Texts) -> None:
    model = st.selectbox(
        t("models.which"),
        [choice.id for choice in CHOICES],
        key="model_to_fetch",
        accept_new_options=True,
        help=t("models.which_help"),
    )
    if model and st.button(t("models.fetch"), key="fetch_model", icon=":material/download:"):
        _downloads()[model] = Download(model)
        _downloads()[model].start()
    running = any(not download.done for download in _downloads().values())
    st.fragment(_draw_downloads, run_every=_LOOK_S if running else None)(t)


def _draw_downloads(t: Texts) -> None:
    for download in _downloads().values():
        if download.error is not None:
            notice(
                t("models.failed", model=download.model), tone="bad", details=str(download.error)
            )
        elif download.folder is not None:
            notice(
                t("models.fetched", model=download.model),
                tone="good",
                details=f"WIEDERHOEREN_LLM=local WIEDERHOEREN_MODEL={download.model} make run",
            )
        else:
            st.progress(download.share, text=t("models.fetching", model=download.model))
