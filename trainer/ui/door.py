"""What somebody sees who is not signed in, and the way out for those who are."""

import streamlit as st

from trainer.ui import services, state
from trainer.ui.entrance import SIGN_IN
from trainer.ui.html import esc, heading, notice
from trainer.ui.texts import Texts

_LEAVE = f"<script>window.location.replace('{SIGN_IN}')</script>"


def draw_closed() -> None:
    """Leads to the way of signing in that is configured."""
    t = state.texts()
    heading(t("account.door.title"), lead=t("account.door.lead"))
    if services.settings().accounts == "oidc":
        if st.button(t("account.door.provider"), key="sign_in", type="primary"):
            st.login()
        return
    st.html(f'<p><a href="{SIGN_IN}" target="_self">{esc(t("account.door.sign_in"))}</a></p>')
    st.html(_LEAVE, unsafe_allow_javascript=True)


def draw_coaches_only(title: str, why: str, t: Texts) -> None:
    """Says whom a page is for; in open mode whoever sits here may look at it as a coach.

    Args:
        title: Key of the page's title.
        why: Key of the sentence that says whom it is for.
        t: The words.
    """
    heading(t(title))
    notice(t(why))
    if services.open_mode():
        st.button(
            t("coach.switch"),
            key="switch_role",
            icon=":material/school:",
            on_click=state.become_coach,
        )


def draw_way_out() -> None:
    """Draws the button that ends the session."""
    t = state.texts()
    if st.button(t("account.door.sign_out"), key="sign_out", icon=":material/logout:"):
        leave()


def leave() -> None:
    """Ends the session and shows the entrance."""
    if services.settings().accounts == "oidc":
        st.logout()
        return
    services.accounts().sign_out(services.session_token())
    st.html(_LEAVE, unsafe_allow_javascript=True)
    st.stop()
