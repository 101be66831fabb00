"""One's own account: who one is, and the password."""

import streamlit as st

from trainer.errors import InputError, SignInError
from trainer.store.accounts import Account
from trainer.ui import services, state
from trainer.ui.html import esc, heading, notice
from trainer.ui.own_data import draw_own_data
from trainer.ui.texts import Texts


def render() -> None:
    """Draws what the app keeps about whoever is signed in."""
    t = state.texts()
    heading(t("account.title"), lead=t("account.lead"))
    if services.open_mode():
        notice(t("account.open_mode"))
    else:
        own = services.accounts().own(services.actor())
        _draw_facts(own, t)
        if services.settings().accounts == "local":
            _draw_password(t)
    draw_own_data(services.own(), t)


def _draw_facts(own: Account, t: Texts) -> None:
    facts = {
        "account.name": own.name,
        "account.login": own.login.partition("|")[2] or own.login,
        "account.role.title": t(f"account.role.{own.role}"),
        "account.teams": ", ".join(own.teams.values()) or t("account.no_team"),
    }
    items = "".join(
        f'<div><dt class="wh-label">{esc(t(key))}</dt><dd>{esc(value)}</dd></div>'
        for key, value in facts.items()
    )
    with st.container(key="panel-account", border=True):
        st.html(f'<dl class="wh-facts">{items}</dl>')


def _draw_password(t: Texts) -> None:
    with st.form("panel-password", clear_on_submit=True):
        st.html(f"<h2>{esc(t('account.password.title'))}</h2>")
        old = st.text_input(
            t("account.password.old"),
            type="password",
            autocomplete="current-password",
            key="password_old",
        )
        new = st.text_input(
            t("entrance.new_password"),
            type="password",
            autocomplete="new-password",
            key="password_new",
        )
        again = st.text_input(
            t("entrance.again"), type="password", autocomplete="new-password", key="password_again"
        )
        sent = st.form_submit_button(t("account.password.save"), type="primary")
    if not sent:
        return
    if new != again:
        notice(t("entrance.problem.again"), tone="bad")
        return
    try:
        services.accounts().change_password(
            services.actor(), old, new, session=services.session_token()
        )
    except InputError as error:
        notice(t(f"entrance.problem.{error.problem}"), tone="bad")
    except SignInError as error:
        if error.problem == "needed":
            raise
        wrong = error.problem == "wrong"
        notice(t("account.password.wrong" if wrong else "entrance.problem.locked"), tone="bad")
    else:
        notice(t("account.password.done"), tone="good")
