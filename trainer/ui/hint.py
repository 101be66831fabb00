"""A hint on demand, above the field for the next line."""

import streamlit as st

from trainer.errors import StoreError
from trainer.store.calls import CallRecord
from trainer.ui import faults, services, window
from trainer.ui.html import esc, icon
from trainer.ui.texts import Texts


def draw_hint(person: str, record: CallRecord, t: Texts, *, exam: bool) -> None:
    """Draws the button, and the hint once it was asked for; neither in an exam."""
    shown = None if exam else services.attempts().shown_hint(record)
    with st.container(key="hint", horizontal=True, vertical_alignment="center", gap="small"):
        asked = not exam and st.button(
            t("desk.hint.button"),
            key="take_hint",
            icon=":material/lightbulb:",
            type="tertiary",
            help=t("desk.hint.help"),
            shortcut=window.HINT_KEY,
            disabled=shown is not None,
        )
        st.html(f'<p class="wh-small">{esc(t("desk.hint.pause"))}</p>')
    if asked:
        try:
            services.attempts().hint(person, record.id)
        except StoreError as error:
            faults.show(error, t)
            return
        st.rerun()
    if shown is not None:
        st.html(
            f'<div class="wh-notice wh-hint" role="status">{icon("lightbulb")}<div><strong>'
            f"{esc(t('desk.hint.label'))}</strong> {esc(t.of(shown.text))}</div></div>"
        )
