"""What stands beside a test call where another one could be sent to the coach."""

import streamlit as st

from trainer.practice import Review
from trainer.store.content import Kind
from trainer.ui import links
from trainer.ui.html import esc
from trainer.ui.links import Place
from trainer.ui.texts import Texts


def draw_trial(review: Review, t: Texts) -> None:
    """Says what a test call is, and leads back to what was tried."""
    rubric = review.call.versions.get("rubric", "").partition("/")[0]
    kind, item = (Kind.RUBRIC, rubric) if rubric else (Kind.PERSONA, review.customer.id)
    with st.container(key="panel-trial", border=True):
        st.html(f"<p>{esc(t('content.trial.about'))}</p>")
        if st.button(t("content.trial.back"), key="back_to_content", icon=":material/edit_note:"):
            links.go(Place.CONTENT, kind=kind, item=item)
