"""The review page: what came of a call, the most useful things first."""

import streamlit as st

from trainer.core.person import Role
from trainer.errors import CallEndedError, NotFoundError
from trainer.practice import Practice, Review
from trainer.ui import clock, faults, links, services, state
from trainer.ui.html import esc, heading, notice
from trainer.ui.links import Place
from trainer.ui.listing import draw_rows
from trainer.ui.outcome import draw_outcome
from trainer.ui.report import draw_report
from trainer.ui.texts import Texts
from trainer.ui.transcript import comment_box


def render() -> None:
    """Draws the call in the address, or the list of the trainee's calls."""
    practice, person, t = services.practice(), services.person(Role.TRAINEE), state.texts()
    call_id = state.call_id()
    if call_id is None:
        _draw_list(practice, person, t)
        return
    try:
        review = practice.review(person, call_id)
    except (NotFoundError, CallEndedError) as error:
        faults.show(error, t)
        if isinstance(error, CallEndedError):
            links.link(
                Place.PRACTICE, t("practice.resume.go"), icon=":material/call:", call=call_id
            )
        return
    links.link(Place.REVIEW, t("review.list.title"), icon=":material/arrow_back:")
    draw_report(
        review,
        practice.catalog.rubrics.get("winback"),
        t,
        beside=lambda: _draw_submission(practice, person, review, t),
    )


def _draw_list(practice: Practice, person: str, t: Texts) -> None:
    heading(t("review.list.title"), lead=t("review.list.lead"))
    calls = practice.own_calls(person)
    if calls:
        draw_rows(calls, Place.REVIEW, t)
        return
    notice(t("review.list.none"))
    links.link(Place.PRACTICE, t("review.list.start"), icon=":material/phone_in_talk:")


def _draw_submission(practice: Practice, person: str, review: Review, t: Texts) -> None:
    call = review.call
    with st.container(key="submit", border=True):
        st.html(f"<h2>{esc(t('review.submit.title'))}</h2>")
        if call.submitted_at is None:
            st.html(f"<p>{esc(t('review.submit.private'))}</p>")
            if st.button(
                t("review.submit.button"), key="submit_call", icon=":material/send:", type="primary"
            ):
                practice.submit(person, call.id)
                st.rerun()
            return
        done = t("review.submit.done", date=clock.when(call.submitted_at, t))
        whole = [comment_box(comment, t) for comment in call.comments if comment.turn is None]
        about = "" if call.comments else f"<p>{esc(t('review.comments.none'))}</p>"
        st.html(
            f'<p class="wh-small">{esc(done)}</p>'
            f'<div class="wh-stack">{"".join(whole)}{about}</div>'
        )
        draw_outcome(call.id, t)
