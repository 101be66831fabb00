"""What surrounds every page: style, name, navigation, language and role."""

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from trainer.core.person import Role
from trainer.core.text import Language
from trainer.ui import links, state
from trainer.ui.html import esc
from trainer.ui.links import Place

_STYLE = Path(__file__).parent / "style.css"
_MARK = Path(__file__).parent / "icon.svg"  # a Material icon here would be fetched from the net
_ICONS = {
    Place.START: ":material/home:",
    Place.PRACTICE: ":material/phone_in_talk:",
    Place.REVIEW: ":material/insights:",
    Place.PROGRESS: ":material/trending_up:",
    Place.COACH: ":material/school:",
    Place.MODELS: ":material/memory:",
}


_FOR_COACHES = (Place.COACH, Place.MODELS)


def dress() -> None:
    """Sets the page up; the first thing a run does."""
    st.set_page_config(
        page_title="Wiederhören",
        page_icon=_MARK,
        layout="wide",
        initial_sidebar_state="auto",
    )
    st.html(_STYLE)
    st.logo(_MARK, size="large")


def navigate(renders: Mapping[Place, Callable[[], None]]) -> Callable[[], None]:
    """Draws sidebar and navigation and returns what runs the chosen page.

    The coach's pages can always be reached; the navigation names them only to a coach.
    """
    _sidebar()
    t, coach = state.texts(), state.role() is Role.COACH
    pages = {
        place: st.Page(
            render,
            title=t(f"common.page.{place}"),
            icon=_ICONS[place],
            url_path=place.value,
            default=place is Place.START,
            visibility="visible" if coach or place not in _FOR_COACHES else "hidden",
        )
        for place, render in renders.items()
    }
    links.register(pages)
    return st.navigation(list(pages.values())).run


def _sidebar() -> None:
    """Draws the two switches; the address keeps them over pages and reloads.

    It holds their labels, which therefore read the same in both languages.
    """
    t = state.texts()
    with st.sidebar:
        st.segmented_control(
            t("common.sidebar.language"),
            list(Language),
            key=state.LANGUAGE_KEY,
            default=Language.GERMAN,
            required=True,
            format_func=lambda language: t(f"common.language.of_{language}"),
            bind="query-params",
        )
        st.segmented_control(
            t("common.sidebar.role"),
            [Role.TRAINEE, Role.COACH],
            key=state.ROLE_KEY,
            default=Role.TRAINEE,
            required=True,
            format_func=lambda role: t(f"common.sidebar.{role}"),
            bind="query-params",
        )
        st.html(f'<p class="wh-small">{esc(t("common.sidebar.open_mode"))}</p>')
