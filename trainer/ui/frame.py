"""What surrounds every page: style, name, navigation, language and role."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import streamlit as st

from trainer.core.person import Actor, Role
from trainer.core.text import Language
from trainer.ui import door, links, services, state
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
    Place.ASSIGNMENTS: ":material/assignment:",
    Place.TEAM: ":material/groups:",
    Place.AGREEMENT: ":material/balance:",
    Place.PEOPLE: ":material/manage_accounts:",
    Place.ACCOUNT: ":material/account_circle:",
    Place.COMPARE: ":material/compare_arrows:",
    Place.CONTENT: ":material/edit_note:",
    Place.HEALTH: ":material/monitor_heart:",
    Place.READ_IN: ":material/upload_file:",
}

_FOR: dict[Place, set[Role]] = {
    Place.COACH: {Role.COACH},
    Place.TEAM: {Role.COACH},
    Place.AGREEMENT: {Role.COACH, Role.ADMINISTRATOR},
    Place.ASSIGNMENTS: {Role.COACH, Role.TRAINEE},
    Place.CONTENT: {Role.COACH, Role.ADMINISTRATOR},
    Place.MODELS: {Role.COACH, Role.ADMINISTRATOR},
    Place.HEALTH: {Role.COACH, Role.ADMINISTRATOR},
    Place.PEOPLE: {Role.ADMINISTRATOR},
    Place.COMPARE: set(),
    Place.READ_IN: {Role.COACH, Role.ADMINISTRATOR},
}
"""Pages that the navigation names only to some; the services decide what anybody may see."""


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


def navigate(
    renders: Mapping[Place, Callable[[], None]], actor: Actor | None
) -> Callable[[], None]:
    """Draws sidebar and navigation and returns what runs the chosen page.

    A page can always be reached by its address; the navigation names it only to those it is for,
    and to nobody who is not signed in.
    """
    if actor is not None:
        _draw_person()
    role = actor.role if actor else None
    t = state.texts()
    pages = {
        place: st.Page(
            render,
            title=t(f"common.page.{place}"),
            icon=_ICONS[place],
            url_path=place.value,
            default=place is Place.START,
            visibility="visible" if role in _FOR.get(place, {role}) else "hidden",
        )
        for place, render in renders.items()
    }
    links.register(pages)
    shown: Literal["sidebar", "hidden"] = "sidebar" if actor else "hidden"
    return st.navigation(list(pages.values()), position=shown, expanded=True).run


def draw_switches() -> None:
    """Draws the switches of language and, in open mode, role; the address keeps them over reloads.

    It holds their labels, which therefore read the same in both languages.

    Raises:
        SettingsError: A setting cannot be used.
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
        if services.open_mode():
            st.segmented_control(
                t("common.sidebar.role"),
                [Role.TRAINEE, Role.COACH],
                key=state.ROLE_KEY,
                default=Role.TRAINEE,
                required=True,
                format_func=lambda role: t(f"common.sidebar.{role}"),
                bind="query-params",
            )


def _draw_person() -> None:
    """Says who is signed in, and offers the way out."""
    t = state.texts()
    with st.sidebar:
        if services.open_mode():
            st.html(f'<p class="wh-small">{esc(t("common.sidebar.open_mode"))}</p>')
            return
        account = services.accounts().own(services.actor())
        role = t(f"account.role.{account.role}")
        st.html(
            f'<div class="wh-name">{esc(account.name)}</div><div class="wh-small">{esc(role)}</div>'
        )
        door.draw_way_out()
