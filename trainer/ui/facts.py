"""A call's figures, the trainee's notes, and the call to take along."""

import streamlit as st

from trainer.callfile import call_file
from trainer.core.rubric import Rubric
from trainer.practice import Review
from trainer.scoring.balance import balance_of
from trainer.store.attempts import AttemptRecord
from trainer.ui import clock
from trainer.ui.figures import decimal
from trainer.ui.handout import Handout
from trainer.ui.html import esc
from trainer.ui.texts import Texts


def draw_facts(review: Review, taken: AttemptRecord, hints: int, t: Texts) -> None:
    """Draws talk share, question rate, hints or exam, and notes."""
    balance = balance_of([kept.turn for kept in review.call.turns])
    share = balance.talk_share
    rate = balance.question_rate
    number = t("facts.none") if rate is None else decimal(rate, 1, t)
    tiles = [
        _tile(
            t("facts.share_long"),
            t("facts.none") if share is None else f"{100 * share:.0f} %",
            t("facts.share_help"),
        ),
        _tile(t("facts.questions_long"), str(balance.questions), t("facts.per_turn", rate=number)),
        _tile(t("desk.exam.title"), "", t("desk.exam.lead"))
        if taken.exam
        else _tile(t("facts.hints_long"), str(hints), ""),
    ]
    notes = (
        f'<div class="wh-label">{esc(t("facts.notes"))}</div>'
        f'<div class="wh-text">{esc(taken.notes)}</div>'
        if taken.notes
        else ""
    )
    with st.container(key="panel-facts", border=True):
        st.html(
            f'<h2>{esc(t("facts.title"))}</h2><div class="wh-tiles">{"".join(tiles)}</div>{notes}'
        )


def draw_downloads(
    review: Review, rubric: Rubric | None, taken: AttemptRecord, hints: int, t: Texts
) -> None:
    """Draws the buttons that hand the call out as PDF and JSON, made only when clicked."""
    call = review.call
    began = clock.local(call.started_at)
    lasted = (call.ended_at or call.started_at) - call.started_at
    took = "" if review.persona is None else clock.span(lasted, t)
    paper = Handout(review, rubric, taken, hints, began, took, t)
    name = call.title if review.persona is None else review.persona.name.last
    named = {"name": name, "date": f"{began:%Y-%m-%d}"}
    with st.container(key="take", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<span class="wh-label">{esc(t("facts.take.title"))}</span>')
        st.download_button(
            t("facts.take.pdf"),
            paper.pdf,
            t("facts.take.pdf_file", **named),
            "application/pdf",
            key="take_pdf",
            icon=":material/picture_as_pdf:",
            on_click="ignore",
        )
        st.download_button(
            t("facts.take.json"),
            lambda: call_file(review, taken, hints),
            t("facts.take.json_file", **named),
            "application/json",
            key="take_json",
            icon=":material/data_object:",
            on_click="ignore",
        )


def _tile(name: str, value: str, about: str) -> str:
    return (
        f'<div><div class="wh-label">{esc(name)}</div><span class="wh-figure">{esc(value)}</span>'
        f'<div class="wh-small">{esc(about)}</div></div>'
    )
