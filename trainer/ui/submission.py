"""Handing a call to the coach, and what came back about the whole call."""

import streamlit as st

from trainer.errors import StoreError
from trainer.practice import Review
from trainer.submissions import LONGEST_QUESTION
from trainer.ui import clock, services, state
from trainer.ui.html import esc, notice
from trainer.ui.outcome import draw_outcome
from trainer.ui.texts import Texts
from trainer.ui.transcript import comment_box


def draw_submission(person: str, review: Review, t: Texts) -> None:
    """Draws the way to the coach; once gone there, question and comments."""
    with st.container(key="submit", border=True):
        st.html(f"<h2>{esc(t('review.submit.title'))}</h2>")
        if review.call.submitted_at is None:
            _draw_form(person, review, t)
        else:
            _draw_sent(person, review, t)


def _draw_form(person: str, review: Review, t: Texts) -> None:
    st.html(f"<p>{esc(t('review.submit.private'))}</p>")
    question = st.text_area(
        t("submit.question"),
        key=f"{state.QUESTION_KEY}-{review.call.id}",
        placeholder=t("submit.placeholder"),
        max_chars=LONGEST_QUESTION,
        height="content",
    )
    if not st.button(
        t("review.submit.button"), key="submit_call", icon=":material/send:", type="primary"
    ):
        return
    try:
        services.submissions().submit(person, review.call.id, question)
    except StoreError as error:
        notice(t("submit.failed"), tone="bad", details=str(error))
        return
    st.rerun()


def _draw_sent(person: str, review: Review, t: Texts) -> None:
    call = review.call
    asked = services.submissions().question(review)
    services.submissions().see(person, review)
    done = "" if call.submitted_at is None else clock.when(call.submitted_at, t)
    question = (
        f'<p><span class="wh-small">{esc(t("submit.asked"))}</span> '
        f'<span class="wh-text">{esc(asked)}</span></p>'
        if asked
        else ""
    )
    boxes = "".join(comment_box(comment, t) for comment in call.comments if comment.turn is None)
    about = "" if call.comments else f"<p>{esc(t('review.comments.none'))}</p>"
    st.html(
        f'<p class="wh-small">{esc(t("review.submit.done", date=done))}</p>'
        f'<div class="wh-stack">{question}{boxes}{about}</div>'
    )
    draw_outcome(call.id, t)
