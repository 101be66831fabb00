"""One's own data: who looked at it, all of it as a file, and its end."""

import streamlit as st

from trainer.core.person import Actor
from trainer.errors import ConflictError
from trainer.privacy import as_json
from trainer.ui import clock, door, services
from trainer.ui.html import esc, notice
from trainer.ui.texts import Texts


def draw_own_data(actor: Actor, t: Texts) -> None:
    """Draws looks, export and erasure for whoever is signed in."""
    _draw_looks(actor, t)
    _draw_export(actor, t)
    _draw_erasure(actor, t)


def _draw_looks(actor: Actor, t: Texts) -> None:
    looks = services.coaching().looks(actor)
    items = "".join(
        f"<li><strong>{esc(look.viewer_name)}</strong> · {esc(clock.when(look.at, t))}"
        f'<div class="wh-small">{esc(t("account.looks.call", name=look.persona_name))} · '
        f"{esc(t(f'account.looks.{look.what}'))}</div></li>"
        for look in looks
    )
    shown = f'<ul class="wh-history">{items}</ul>' if items else esc(t("account.looks.none"))
    with st.container(key="panel-looks", border=True):
        st.html(
            f"<h2>{esc(t('account.looks.title'))}</h2>"
            f'<p class="wh-small">{esc(t("account.looks.lead"))}</p>{shown}'
        )


def _draw_export(actor: Actor, t: Texts) -> None:
    days = services.settings().retention_days
    kept = t("account.data.days", days=days) if days else t("account.data.unlimited")
    with st.container(key="panel-export", border=True):
        st.html(
            f"<h2>{esc(t('account.data.title'))}</h2>"
            f"<p>{esc(t('account.data.lead'))} {esc(kept)}</p>"
        )
        if st.button(t("account.data.collect"), key="collect_data", icon=":material/folder_zip:"):
            with st.container(horizontal=True):
                _draw_file("save", "meine-daten.json", services.privacy().export(actor), t)
                statements = as_json(services.statements().of(actor))
                _draw_file("xapi", "meine-uebungen-xapi.json", statements, t)


def _draw_file(name: str, file: str, content: str, t: Texts) -> None:
    st.download_button(
        t(f"account.data.{name}"),
        content,
        file_name=file,
        mime="application/json",
        icon=":material/download:",
        key=f"{name}_data",
        on_click="ignore",
    )


def _draw_erasure(actor: Actor, t: Texts) -> None:
    with st.container(key="panel-erase", border=True):
        st.html(f"<h2>{esc(t('account.erase.title'))}</h2><p>{esc(t('account.erase.lead'))}</p>")
        sure = st.checkbox(t("account.erase.sure"), key="erase_sure")
        if not st.button(
            t("account.erase.button"),
            key="erase_me",
            icon=":material/delete_forever:",
            disabled=not sure,
        ):
            return
        try:
            services.privacy().erase(actor, actor.person)
        except ConflictError:
            notice(t("account.erase.last"), tone="bad")
            return
    services.forget_people()
    if services.open_mode():
        notice(t("account.erase.done"), tone="good")
        return
    door.leave()
