"""Beside the call: the guide's nine questions and the customer's card."""

import streamlit as st

from trainer.core.acts import GUIDE_QUESTIONS, Speaker
from trainer.core.persona import Persona
from trainer.store.attempts import AttemptRecord
from trainer.store.calls import CallRecord
from trainer.ui import customer
from trainer.ui.exam import draw_exam_note
from trainer.ui.html import esc, icon
from trainer.ui.notes import draw_notes
from trainer.ui.texts import Texts
from trainer.ui.voice import draw_switches


def draw(person: str, record: CallRecord, taken: AttemptRecord, persona: Persona, t: Texts) -> None:
    """Draws what the trainee may look at while talking; no guide in an exam."""
    if taken.exam:
        draw_exam_note(t)
    else:
        with st.container(key="aside-questions", border=True):
            st.html(_questions(asked_so_far(record), t))
    draw_notes(person, taken, t)
    draw_switches(t)
    with st.expander(t("practice.card.title"), icon=":material/badge:", key="aside-card"):
        st.html(
            f'<div class="wh-stack"><p>{esc(t.of(persona.card.headline))}</p>'
            f"{customer.badges(persona, t)}{customer.facts(persona, t)}"
            f"{customer.history(persona, t)}</div>"
        )


def asked_so_far(record: CallRecord) -> frozenset[str]:
    """Returns which of the nine questions the recogniser has heard from the trainee."""
    heard = {
        act
        for kept in record.turns
        if kept.turn.speaker is Speaker.TRAINEE
        for act in kept.turn.acts
    }
    return frozenset(heard & set(GUIDE_QUESTIONS))


def _questions(asked: frozenset[str], t: Texts) -> str:
    items = "".join(_question(question, t, asked=question in asked) for question in GUIDE_QUESTIONS)
    count = t("practice.desk.count", asked=len(asked), all=len(GUIDE_QUESTIONS))
    return (
        f"<h2>{esc(t('practice.desk.questions'))}</h2>"
        f'<p class="wh-small">{esc(count)} · {esc(t("practice.desk.questions_hint"))}</p>'
        f'<ul class="wh-questions">{items}</ul>'
    )


def _question(question: str, t: Texts, *, asked: bool) -> str:
    status = t("practice.desk.asked") if asked else t("practice.desk.open")
    symbol = icon("check_circle" if asked else "radio_button_unchecked")
    return (
        f'<li class="{"wh-done" if asked else "wh-open"}">{symbol}'
        f"<span>{esc(t(f'guide.question.{question}'))}"
        f'<span class="wh-hidden"> ({esc(status)})</span></span></li>'
    )
