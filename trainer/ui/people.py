"""The administrator's page: accounts, teams, import, one-time links."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from trainer.accounts import Imported
from trainer.core.person import Role
from trainer.errors import ConflictError, InputError
from trainer.roster import MOST_BYTES
from trainer.store.accounts import Account, NewAccount
from trainer.ui import faults, services, state
from trainer.ui.csvfile import csv_of
from trainer.ui.entrance import SET_PASSWORD
from trainer.ui.html import esc, heading, notice
from trainer.ui.texts import Texts

_ROLES = [Role.TRAINEE, Role.COACH, Role.ADMINISTRATOR]
_DONE = {"account_saved": "people.saved", "account_erased": "people.erased"}
_SAMPLE = "name;login;role;team\nMia Berg;mia.berg;trainee;Nord\n"


def render() -> None:
    """Draws the list of accounts and the forms that change it."""
    t = state.texts()
    if services.open_mode():
        heading(t("people.title"))
        notice(t("people.open_mode"))
        return
    everybody = services.accounts().everybody(services.actor())
    heading(t("people.title"), lead=t("people.lead"))
    _draw_table(everybody, t)
    note = state.take_note()
    if note in _DONE:
        notice(t(_DONE[note]), tone="good")
    own_accounts = services.settings().accounts == "local"
    if own_accounts:
        left, right = st.columns(2, gap="medium")
        with left:
            _draw_new(t)
        with right:
            _draw_import(t)
    _draw_change(everybody, t, with_link=own_accounts)


def _draw_table(everybody: Sequence[Account], t: Texts) -> None:
    table = pd.DataFrame(
        {
            t("account.name"): [account.name for account in everybody],
            t("account.login"): [account.login for account in everybody],
            t("account.role.title"): [t(f"account.role.{a.role}") for a in everybody],
            t("account.teams"): [", ".join(account.teams.values()) for account in everybody],
            t("people.state"): [t(f"people.state_of.{_state(a)}") for a in everybody],
        }
    )
    st.dataframe(table, hide_index=True)


def _state(account: Account) -> str:
    if account.disabled_at is not None:
        return "disabled"
    known = account.password is not None or services.settings().accounts == "oidc"
    return "active" if known else "waiting"


def _draw_new(t: Texts) -> None:
    with st.form("panel-new-account", clear_on_submit=False):
        st.html(f"<h2>{esc(t('people.new'))}</h2>")
        name = st.text_input(t("account.name"), key="new_name")
        login = st.text_input(t("account.login"), key="new_login")
        role = st.selectbox(
            t("account.role.title"),
            _ROLES,
            key="new_role",
            format_func=lambda role: t(f"account.role.{role}"),
        )
        teams = _draw_teams((), "new_teams", t)
        sent = st.form_submit_button(t("people.add"), type="primary")
    if not sent:
        return
    new = NewAccount(name=name, login=login, role=role, teams=teams)
    try:
        token = services.accounts().add(services.actor(), new)
    except InputError as error:
        notice(t(f"people.problem.{error.problem}"), tone="bad")
    except ConflictError:
        notice(t("people.problem.taken"), tone="bad")
    else:
        _show_links({login.strip().casefold(): token}, t)


def _draw_teams(chosen: Sequence[str], key: str, t: Texts) -> list[str]:
    known = services.accounts().teams(services.actor())
    return st.multiselect(
        t("account.teams"),
        sorted({*known.values(), *chosen}),
        default=list(chosen),
        key=key,
        accept_new_options=True,
        placeholder=t("people.teams_hint"),
    )


def _draw_import(t: Texts) -> None:
    with st.form("panel-import", clear_on_submit=True):
        st.html(
            f"<h2>{esc(t('people.import.title'))}</h2>"
            f'<p class="wh-small">{esc(t("people.import.lead"))}</p>'
            f'<pre class="wh-small">{esc(_SAMPLE)}</pre>'
        )
        file = st.file_uploader(
            t("people.import.file"),
            type=["csv", "txt"],
            key="import_file",
            max_upload_size=MOST_BYTES // 10**6,
        )
        sent = st.form_submit_button(t("people.import.send"), type="primary")
    if not sent or file is None:
        return
    try:
        with st.spinner(t("people.import.running")):
            imported = services.accounts().import_people(services.actor(), file.getvalue())
    except InputError as error:
        notice(t(f"people.problem.{error.problem}"), tone="bad", details=str(error))
    except ConflictError as error:
        faults.show(error, t)
    else:
        _show_imported(imported, t)


def _show_imported(imported: Imported, t: Texts) -> None:
    if imported.refused:
        notice(t("people.import.refused", count=len(imported.refused)), tone="warn")
        table = pd.DataFrame(
            {
                t("people.import.line"): [refused.line for refused in imported.refused],
                t("people.import.why"): [
                    t(f"people.problem.{refused.problem}") for refused in imported.refused
                ],
                t("people.import.value"): [refused.value for refused in imported.refused],
            }
        )
        st.dataframe(table, hide_index=True)
    if imported.links:
        _show_links(imported.links, t)


def _show_links(tokens: Mapping[str, str], t: Texts) -> None:
    """Shows one-time links: now and never again."""
    base = services.settings().url.rstrip("/")
    links = {login: f"{base}{SET_PASSWORD}?token={token}" for login, token in tokens.items()}
    notice(t("people.links", count=len(links)), tone="good")
    table = pd.DataFrame({t("account.login"): list(links), t("people.link"): list(links.values())})
    if len(links) == 1:
        st.code(next(iter(links.values())), language=None, wrap_lines=True)
        return
    st.dataframe(table, hide_index=True)
    st.download_button(
        t("people.links_csv"),
        csv_of(table),
        file_name="links.csv",
        mime="text/csv",
        icon=":material/download:",
        key="download_links",
        on_click="ignore",
    )


def _draw_change(everybody: Sequence[Account], t: Texts, *, with_link: bool) -> None:
    accounts = {account.person: account for account in everybody}
    with st.container(key="panel-change", border=True):
        st.html(f"<h2>{esc(t('people.change'))}</h2>")
        person = st.selectbox(
            t("people.whom"),
            list(accounts),
            index=None,
            key="change_person",
            placeholder=t("people.choose"),
            format_func=lambda one: f"{accounts[one].name} ({accounts[one].login})",
        )
        if person is None:
            return
        account = accounts[person]
        role = st.selectbox(
            t("account.role.title"),
            _ROLES,
            index=_ROLES.index(account.role),
            key=f"change_role_{person}",
            format_func=lambda role: t(f"account.role.{role}"),
        )
        teams = _draw_teams(list(account.teams.values()), f"change_teams_{person}", t)
        disabled = st.checkbox(
            t("people.disabled"),
            value=account.disabled_at is not None,
            key=f"change_off_{person}",
        )
        with st.container(horizontal=True):
            save = st.button(t("people.save"), key="save_account", type="primary")
            link = with_link and st.button(t("people.new_link"), key="new_link")
        sure = st.checkbox(t("people.erase_sure", name=account.name), key=f"erase_{person}")
        erase = st.button(t("people.erase"), key="erase_account", disabled=not sure)
    if save:
        _save(person, role, teams, t, disabled=disabled)
    if erase:
        _erase(person, t)
    if link:
        token = services.accounts().new_link(services.actor(), person)
        _show_links({account.login: token}, t)


def _erase(person: str, t: Texts) -> None:
    try:
        services.privacy().erase(services.actor(), person)
    except ConflictError:
        notice(t("people.problem.last"), tone="bad")
        return
    state.leave_note("account_erased")
    st.rerun()


def _save(person: str, role: Role, teams: Sequence[str], t: Texts, *, disabled: bool) -> None:
    try:
        services.accounts().change(
            services.actor(), person, role=role, teams=teams, disabled=disabled
        )
    except ConflictError:
        notice(t("people.problem.last"), tone="bad")
        return
    state.leave_note("account_saved")
    st.rerun()
