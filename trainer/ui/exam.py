"""The exam: a call without guide and hints."""

import streamlit as st

from trainer.ui.html import esc
from trainer.ui.texts import Texts


def draw_exam_note(t: Texts) -> None:
    """Draws what stands in the guide's place during an exam."""
    with st.container(key="panel-exam", border=True):
        st.html(
            f"<h2>{esc(t('desk.exam.title'))}</h2>"
            f'<p class="wh-small">{esc(t("desk.exam.lead"))}</p>'
        )
