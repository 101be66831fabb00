"""The review page: what came of a call, the most useful things first."""

import streamlit as st

from trainer.core.person import Role
from trainer.errors import CallEndedError, NotFoundError
from trainer.practice import Practice, Review
from trainer.ui import faults, links, services, state
from trainer.ui.attempts import draw_attempts
from trainer.ui.facts import draw_downloads, draw_facts
from trainer.ui.html import esc, heading, notice
from trainer.ui.links import Place
from trainer.ui.listing import draw_rows
from trainer.ui.news import draw_news
from trainer.ui.real_review import draw_own
from trainer.ui.report import draw_report
from trainer.ui.submission import draw_submission
from trainer.ui.texts import Texts
from trainer.ui.trial import draw_trial


def render() -> None:
    """Draws the call in the address, or the list of the trainee's calls."""
    practice, person, t = services.practice(), services.person(Role.TRAINEE), state.texts()
    call_id = state.call_id()
    if call_id is None:
        _draw_list(practice, person, t)
        return
    try:
        review = _find(practice, person, call_id)
    except (NotFoundError, CallEndedError) as error:
        faults.show(error, t)
        if isinstance(error, CallEndedError):
            links.link(
                Place.PRACTICE, t("practice.resume.go"), icon=":material/call:", call=call_id
            )
        return
    links.link(Place.REVIEW, t("review.list.title"), icon=":material/arrow_back:")
    own = review.call.person == person
    draw_report(
        review,
        practice.catalog.rubric_of(review.call.assessment),
        t,
        beside=(
            (lambda: _draw_beside(practice, person, review, t))
            if own
            else (lambda: notice(t("coach.example.shown")))
        ),
        retrying=person if own and review.persona is not None else None,
    )


def _find(practice: Practice, person: str, call_id: str) -> Review:
    """Returns one's own call, or one that somebody of the team shows as an example."""
    try:
        return practice.review(person, call_id)
    except NotFoundError:
        return services.coaching().example(services.own(), call_id)


def _draw_list(practice: Practice, person: str, t: Texts) -> None:
    heading(t("review.list.title"), lead=t("review.list.lead"))
    draw_news(person, t)
    calls = practice.own_calls(person)
    if calls:
        draw_rows(calls, Place.REVIEW, t)
    else:
        notice(t("review.list.none"))
        links.link(Place.PRACTICE, t("review.list.start"), icon=":material/phone_in_talk:")
    _draw_examples(t)


def _draw_examples(t: Texts) -> None:
    actor = services.own()
    examples = () if actor.role is Role.ADMINISTRATOR else services.coaching().examples(actor)
    if not examples:
        return
    heading(t("coach.example.title"), lead=t("coach.example.lead"), level=2)
    for call in examples:
        with st.container(key=f"row-{call.id}", border=True, horizontal=True):
            st.html(
                f'<div class="wh-entry"><div><div class="wh-name">{esc(call.persona_name)}</div>'
                f'<div class="wh-small">{esc(t.of(call.industry))}</div></div></div>'
            )
            if st.button(t("review.list.open"), key=f"example-{call.id}"):
                links.go(Place.REVIEW, call=call.id)


def _draw_beside(practice: Practice, person: str, review: Review, t: Texts) -> None:
    attempts, call = services.attempts(), review.call.id
    taken, hints = attempts.store.get(call), len(attempts.store.hints(call))
    draw_downloads(review, practice.catalog.rubric_of(review.call.assessment), taken, hints, t)
    if review.persona is None:
        draw_own(person, review, t)
        return
    draw_attempts(attempts.family(person, call), call, t)
    if review.call.trial:
        draw_trial(review, t)
    else:
        draw_submission(person, review, t)
    draw_facts(review, taken, hints, t)
