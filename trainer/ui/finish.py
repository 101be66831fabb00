"""The end of a review: the trainee may see it; the team may see the call as an example."""

import streamlit as st

from trainer.coaching import Coached
from trainer.errors import ConflictError
from trainer.ui import clock, services
from trainer.ui.html import esc, notice
from trainer.ui.texts import Texts


def draw_finish(coached: Coached, t: Texts) -> None:
    """Draws how far the review is, and the buttons that end it."""
    review, call = coached.state, coached.review.call
    with st.container(key="panel-finish", border=True):
        st.html(f"<h2>{esc(t('coach.finish.title'))}</h2><p>{esc(_stage(coached, t))}</p>")
        with st.container(horizontal=True):
            done = review.finished_at is not None
            if st.button(
                t("coach.finish.reopen" if done else "coach.finish.button"),
                key="finish_review",
                type="secondary" if done else "primary",
            ):
                _finish(coached, t, finished=not done)
            if not (review.asked or call.real) and st.button(
                t("coach.example.ask"), key="ask_example"
            ):
                services.coaching().ask_example(services.actor(), call.id)
                st.rerun()
        if review.asked:
            answer = {True: "yes", False: "no", None: "open"}[review.agreed]
            st.html(f'<p class="wh-small">{esc(t(f"coach.example.{answer}"))}</p>')


def _stage(coached: Coached, t: Texts) -> str:
    review = coached.state
    if review.finished_at is not None:
        at = clock.when(review.finished_at, t)
        return t("coach.finish.done", coach=review.coach or "", date=at)
    return t("coach.finish.open")


def _finish(coached: Coached, t: Texts, *, finished: bool) -> None:
    try:
        services.coaching().finish(
            services.actor(),
            coached.review.call.id,
            version=coached.state.version,
            finished=finished,
        )
    except ConflictError:
        notice(t("coach.correct.conflict"), tone="bad")
    else:
        st.rerun()
