"""The start page: where I stand, what comes next, one button to begin."""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from trainer.assignments import Customer, Task
from trainer.core.person import Role
from trainer.core.persona import Persona
from trainer.core.rubric import Principle
from trainer.practice import Practice
from trainer.progress import streak, trend, won_personas
from trainer.repetition import Suggestion
from trainer.store.calls import CallSummary
from trainer.store.results import Result
from trainer.ui import assignments, clock, links, services, state, suggestion
from trainer.ui import practice as call_page
from trainer.ui.avatar import picture
from trainer.ui.ending import ending_badge
from trainer.ui.html import esc, heading, icon
from trainer.ui.links import Place
from trainer.ui.news import draw_news
from trainer.ui.sparkline import sparkline
from trainer.ui.texts import Texts


def render() -> None:
    """Draws the welcome of the first visit, or where the trainee stands."""
    if state.call_id() or state.persona_id():  # an address from when practising was the first page
        call_page.render()
        return
    practice, person, t = services.practice(), services.person(Role.TRAINEE), state.texts()
    journey = services.journey()
    so_far = journey.so_far(person)
    open_call = practice.unfinished(person)
    idea = journey.next(so_far)
    if not so_far and open_call is None and idea is not None:
        _draw_welcome(person, idea, t)
        return
    heading(t("start.title"), lead=_lead(so_far, t))
    if open_call is not None:
        _draw_open_call(open_call, t)
    draw_news(person, t)
    _draw_assignments(services.assignments().reminders(services.own()), practice, t)
    if idea is not None:
        _draw_next(idea, t, first=not so_far)
    if so_far:
        _draw_principles(so_far, t)
        _draw_last(practice.own_calls(person, limit=1, trial=False), t)


def _draw_welcome(person: str, idea: Suggestion, t: Texts) -> None:
    persona = idea.persona
    with st.container(key="welcome", border=True, gap="medium"):
        st.html(
            f'<div class="wh-hero">{picture(persona, size=96)}<div>'
            f"<h1>{esc(t('start.welcome.title'))}</h1>"
            f'<p class="wh-lead">{esc(t("start.welcome.lead", name=persona.full_name))}</p>'
            "</div></div>"
        )
        steps = "".join(
            f"<li>{icon(symbol)} <span>{esc(t(f'start.welcome.{name}'))}</span></li>"
            for name, symbol in (("call", "call"), ("hints", "lightbulb"), ("review", "insights"))
        )
        st.html(f'<ul class="wh-points">{steps}</ul>')
        with st.container(horizontal=True):
            if st.button(
                t("start.welcome.begin"), key="begin", icon=":material/call:", type="primary"
            ):
                call = services.attempts().start(person, persona.id)
                links.go(Place.PRACTICE, call=call.id, guided="1")
            if st.button(t("start.welcome.choose"), key="choose", type="tertiary"):
                links.go(Place.PRACTICE)


def _lead(so_far: Sequence[Result], t: Texts) -> str:
    zone = clock.zone()
    days = streak(so_far, today=datetime.now(UTC).astimezone(zone).date(), zone=zone)
    won = len(won_personas(so_far))
    parts = [t("start.calls", calls=len(so_far)) if len(so_far) != 1 else t("start.one_call")]
    parts.append(t("start.won", won=won) if won != 1 else t("start.won_one"))
    if days > 1:
        parts.append(t("start.streak", days=days))
    return " · ".join(parts)


def _draw_open_call(call: CallSummary, t: Texts) -> None:
    with st.container(
        key="panel-resume", border=True, horizontal=True, vertical_alignment="center"
    ):
        title = t("practice.resume.title", name=call.persona_name)
        st.html(f"<p><strong>{esc(title)}</strong></p>")
        if st.button(t("practice.resume.go"), key="resume", icon=":material/call:"):
            links.go(Place.PRACTICE, call=call.id)


def _draw_assignments(tasks: Sequence[Task], practice: Practice, t: Texts) -> None:
    if not tasks:
        return
    st.html(f"<h2>{esc(t('start.assigned.title'))}</h2>")
    for task in tasks:
        for customer in task.customers:
            persona = practice.catalog.find(customer.persona_id)
            if persona is not None and not customer.done:  # its file can be gone or broken
                _draw_assigned(task, customer, persona, t)


def _draw_assigned(task: Task, customer: Customer, persona: Persona, t: Texts) -> None:
    key = f"{task.assignment.id}-{persona.id}"
    with st.container(
        key=f"row-assigned-{key}", border=True, horizontal=True, vertical_alignment="center"
    ):
        st.html(
            f'<div class="wh-row">{picture(persona, size=48)}<div>'
            f'<div class="wh-name">{esc(persona.full_name)}</div>'
            f'<div class="wh-small">{esc(task.assignment.what.title)} · '
            f"{esc(assignments.made(customer, t))}</div>{assignments.badges(task, t)}</div></div>"
        )
        if st.button(
            t("start.go"), key=f"assigned-{key}", disabled=not assignments.is_open(task, customer)
        ):
            links.go(Place.PRACTICE, persona=persona.id, assignment=task.assignment.id)


def _draw_next(idea: Suggestion, t: Texts, *, first: bool) -> None:
    with st.container(key="panel-idea", border=True, horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="wh-row">{picture(idea.persona, size=72)}<div>'
            f'<div class="wh-label">{esc(suggestion.title(idea, t, first=first))}</div>'
            f'<h2 class="wh-name">{esc(idea.persona.full_name)}</h2>'
            f"<p>{esc(suggestion.why(idea, t, first=first))}</p></div></div>"
        )
        if st.button(t("start.go"), key="begin", icon=":material/call:", type="primary"):
            links.go(Place.PRACTICE, persona=idea.persona.id)


def _draw_principles(so_far: Sequence[Result], t: Texts) -> None:
    tiles = "".join(_tile(principle, so_far, t) for principle in Principle)
    st.html(f'<h2>{esc(t("start.principles"))}</h2><div class="wh-trends">{tiles}</div>')


def _tile(principle: Principle, so_far: Sequence[Result], t: Texts) -> str:
    found, name = trend(so_far, principle), t(f"guide.principle.{principle}")
    if not found.points:
        value, small = "–", t("common.not_scored")
    else:
        value, small = f"{found.points[-1]:.0f}", t("start.latest")
    change = ""
    if found.change is not None:
        tone = "good" if found.change >= 1 else "bad" if found.change <= -1 else "muted"
        text = t("start.change", points=f"{found.change:+.0f}")
        change = f'<div class="wh-small wh-{tone}">{esc(text)}</div>'
    line = sparkline(found.points, label=t("start.line", name=name, count=len(found.points)))
    return (
        f'<div class="wh-level"><div class="wh-label">{esc(name)}</div>'
        f'<div class="wh-trend"><div><strong>{value}</strong> '
        f'<span class="wh-small">{esc(small)}</span></div>{line}</div>{change}</div>'
    )


def _draw_last(calls: Sequence[CallSummary], t: Texts) -> None:
    for call in calls:
        ending = ending_badge(call.ending, t) if call.ending else ""
        total = f"{call.total:.0f}" if call.total is not None else "–"
        notes = ""
        if call.comment_count:
            text = t("start.comments", count=call.comment_count)
            notes = f"<p>{icon('comment')} {esc(text)}</p>"
        st.html(f"<h2>{esc(t('start.last'))}</h2>")
        with st.container(
            key="row-last", border=True, horizontal=True, vertical_alignment="center"
        ):
            st.html(
                f'<div class="wh-entry"><div class="wh-score"><strong>{total}</strong>'
                f'<span class="wh-small">{esc(t("review.list.total"))}</span></div>'
                f'<div><div class="wh-name">{esc(call.persona_name)}</div>'
                f'<div class="wh-small">{esc(clock.when(call.started_at, t))}</div>'
                f'<div class="wh-badges">{ending}</div>{notes}</div></div>'
            )
            if st.button(t("start.review"), key="last", icon=":material/insights:"):
                links.go(Place.REVIEW, call=call.id)
