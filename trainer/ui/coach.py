"""The coach's page: submitted calls, one of them open, comments."""

from dataclasses import replace

import streamlit as st

from trainer.core.person import Role
from trainer.errors import NotFoundError
from trainer.practice import Practice
from trainer.store.calls import CallFilter
from trainer.ui import faults, links, services, state
from trainer.ui.comments import draw_comments
from trainer.ui.filters import draw_filters
from trainer.ui.html import esc, heading, notice
from trainer.ui.links import Place
from trainer.ui.listing import draw_rows
from trainer.ui.report import draw_report
from trainer.ui.texts import Texts

_MOST_ROWS = 50


def render() -> None:
    """Draws the call in the address, or the list of submitted calls."""
    practice, t = services.practice(), state.texts()
    if state.role() is not Role.COACH:
        notice(t("coach.gate"))
        st.button(
            t("coach.switch"),
            key="switch_role",
            icon=":material/school:",
            on_click=state.become_coach,
        )
        return
    call_id = state.call_id()
    if call_id is None:
        _draw_list(practice, t)
        return
    links.link(Place.COACH, t("coach.back"), icon=":material/arrow_back:")
    try:
        review = practice.coach_review(call_id)
    except NotFoundError as error:
        faults.show(error, t)
        return
    draw_report(
        review,
        practice.catalog.rubric_of(review.call.assessment),
        t,
        beside=lambda: draw_comments(practice, review, t),
        seen_by_coach=True,
    )


def _draw_list(practice: Practice, t: Texts) -> None:
    heading(t("coach.title"), lead=t("coach.lead"))
    everything = practice.submitted(CallFilter())
    if not everything:
        notice(t("coach.none"))
        return
    wanted = replace(draw_filters(everything, t), limit=_MOST_ROWS)
    calls = practice.submitted(wanted)
    count = t("coach.latest" if len(calls) == _MOST_ROWS else "coach.count", count=len(calls))
    st.html(f'<p class="wh-small" role="status">{esc(count)}</p>')
    if calls:
        draw_rows(calls, Place.COACH, t)
    else:
        notice(t("coach.no_match"))
