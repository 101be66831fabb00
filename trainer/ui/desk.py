"""The telephone desk: who is on the line, what was said, what to say next."""

from datetime import UTC, datetime

import streamlit as st

from trainer.core.persona import Persona
from trainer.errors import StoreError
from trainer.practice import Practice
from trainer.store.calls import CallRecord
from trainer.ui import aside, clock, faults, links, retried, services, state, voice, window
from trainer.ui.avatar import picture
from trainer.ui.ending import draw_ending
from trainer.ui.exchange import Exchange
from trainer.ui.guide import draw_guide
from trainer.ui.hint import draw_hint
from trainer.ui.html import esc
from trainer.ui.links import Place
from trainer.ui.texts import Texts


def draw_desk(practice: Practice, person: str, call_id: str, t: Texts) -> None:
    """Draws a call and takes the trainee's next line.

    Raises:
        NotFoundError: No such call of this person.
        StoreError: The database cannot be read and this session has not seen the call yet.
    """
    shown = state.remembered_call(call_id)
    record = _load(practice, person, call_id)
    taken = services.attempts().store.get(record.id)
    if record.real:
        links.go(Place.REVIEW, call=record.id)
    persona = Persona.model_validate(record.persona)
    main, beside = st.columns([2, 1], gap="medium")
    with beside:
        aside.draw(person, record, taken, persona, t)
    with main, st.container(key="desk", border=True):
        _draw_head(practice, person, record, persona, t)
        if record.ended_at is None and practice.generator.fault is not None:
            faults.show(practice.generator.fault, t)
        if taken.parent is not None and record.ended_at is None:
            retried.draw_banner(practice, person, record, taken, t)
        exchange = Exchange(
            practice,
            person,
            record,
            persona,
            t,
            seen=None if shown is None else len(shown.turns),
            fork=taken.turn,
        )
        fresh = exchange.draw()
        voice.say_aloud(record, persona)
        if record.ended_at is None:
            if state.guided():
                draw_guide(record, persona, t)
            window.prepare(record)
            draw_hint(person, record, t, exam=taken.exam)
            voice.take_recording(record, t)
            exchange.take_line(fresh)
        else:
            draw_ending(record, persona, t)
            retried.draw_ways(practice, person, record, taken, t)


def _load(practice: Practice, person: str, call_id: str) -> CallRecord:
    """Returns the call; as it was seen last, where the database is away in mid-call."""
    try:
        record = practice.open(person, call_id)
    except StoreError:
        seen = state.remembered_call(call_id)
        if seen is None:
            raise
        return seen
    state.remember_call(record)
    return record


def _draw_head(
    practice: Practice, person: str, record: CallRecord, persona: Persona, t: Texts
) -> None:
    with st.container(key="desk-head", horizontal=True, wrap=False, vertical_alignment="center"):
        st.html(
            f'<div class="wh-call">{picture(persona, size=52)}<div>'
            f'<h1 class="wh-name">{esc(persona.full_name)}</h1>{_status(record, t)}</div></div>'
        )
        if record.ended_at is None and st.button(
            t("practice.desk.hang_up"),
            key="hang_up",
            icon=":material/call_end:",
            shortcut=window.HANG_UP_KEY,
        ):
            retried.hang_up(practice, person, record)
            st.rerun()


def _status(record: CallRecord, t: Texts) -> str:
    if record.ended_at is not None:
        lasted = clock.span(record.ended_at - record.started_at, t)
        return (
            f'<span class="wh-live wh-over">{esc(t("practice.desk.over"))}</span> '
            f'<span class="wh-timer">{esc(lasted)}</span>'
        )
    label = t("practice.desk.elapsed", time=f"{clock.local(record.started_at):%H:%M}")
    timer = clock.ticking(record.started_at, now=datetime.now(UTC))
    return (
        f'<span class="wh-live">{esc(t("practice.desk.live"))}</span> '
        f'<span class="wh-timer" role="timer" aria-label="{esc(label)}">{timer}</span>'
    )
