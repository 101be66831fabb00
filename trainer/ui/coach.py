"""The coach's page: submitted calls, and one of them open for review."""

from dataclasses import replace

import streamlit as st

from trainer.coaching import Coached
from trainer.core.person import Role
from trainer.errors import ConflictError, NotFoundError
from trainer.judging import Standing
from trainer.store.calls import CallFilter
from trainer.ui import door, faults, links, services, state
from trainer.ui.blind import draw_blind
from trainer.ui.comments import draw_comments
from trainer.ui.corrections import draw_corrections
from trainer.ui.filters import draw_filters
from trainer.ui.finish import draw_finish
from trainer.ui.html import esc, heading, notice
from trainer.ui.judgement import draw_ask_all, draw_judgement, quotes_of
from trainer.ui.links import Place
from trainer.ui.listing import draw_rows
from trainer.ui.real_review import draw_deletion, draw_origin
from trainer.ui.report import draw_report
from trainer.ui.texts import Texts

_MOST_ROWS = 50


def render() -> None:
    """Draws the call in the address, or the list of submitted calls."""
    t = state.texts()
    if services.actor().role is not Role.COACH:
        door.draw_coaches_only("coach.title", "coach.only", t)
        return
    call_id = state.call_id()
    if call_id is None:
        _draw_list(t)
        return
    _draw_ways(call_id, t)
    try:
        _draw_call(call_id, t)
    except NotFoundError as error:
        faults.show(error, t)


def _draw_list(t: Texts) -> None:
    heading(t("coach.title"), lead=t("coach.lead"))
    coaching, actor = services.coaching(), services.actor()
    everything = coaching.inbox(actor, CallFilter())
    if not everything:
        notice(t("coach.none"))
        return
    wanted = replace(draw_filters(everything, t), limit=_MOST_ROWS)
    calls = coaching.inbox(actor, wanted)
    count = t("coach.latest" if len(calls) == _MOST_ROWS else "coach.count", count=len(calls))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="wh-small" role="status">{esc(count)}</p>')
        draw_ask_all(calls, t)
        st.toggle(t("coach.blind.switch"), key=state.BLIND_KEY, help=t("coach.blind.help"))
    state.remember_inbox([call.id for call in calls])
    if calls:
        draw_rows(calls, Place.COACH, t)
    else:
        notice(t("coach.no_match"))


def _draw_ways(call_id: str, t: Texts) -> None:
    """Draws the ways to the list and to its next and previous call; by keys, too."""
    inbox = state.inbox()
    place = inbox.index(call_id) if call_id in inbox else None
    with st.container(horizontal=True, vertical_alignment="center"):
        links.link(Place.COACH, t("coach.back"), icon=":material/arrow_back:")
        if place is None:
            return
        if st.button(
            t("coach.previous"), key="previous_call", shortcut="Alt+P", disabled=place == 0
        ):
            links.go(Place.COACH, call=inbox[place - 1])
        if st.button(
            t("coach.next"), key="next_call", shortcut="Alt+N", disabled=place + 1 >= len(inbox)
        ):
            links.go(Place.COACH, call=inbox[place + 1])


def _draw_call(call_id: str, t: Texts) -> None:
    coaching, actor = services.coaching(), services.actor()
    if state.blind():
        try:
            draw_blind(coaching.look_blind(actor, call_id), t)
            return
        except ConflictError:
            notice(t("coach.blind.seen"))
    coached = coaching.look(actor, call_id)
    standing = services.judging().standing(actor, call_id)
    draw_report(
        coached.review,
        services.practice().catalog.rubric_of(coached.review.call.assessment),
        t,
        beside=lambda: _draw_work(coached, standing, t),
        more=quotes_of(standing),
    )


def _draw_work(coached: Coached, standing: Standing, t: Texts) -> None:
    asked = services.submissions().question(coached.review)
    if asked:
        st.html(f'<p><b>{esc(t("coach.asked"))}</b> <span class="wh-text">{esc(asked)}</span></p>')
    if coached.review.persona is None:
        draw_origin(coached.review, t)
    draw_finish(coached, t)
    draw_judgement(coached, standing, t)
    draw_corrections(coached, t)
    draw_comments(coached.review, t)
    if coached.review.persona is None:
        draw_deletion(coached.review, t)
