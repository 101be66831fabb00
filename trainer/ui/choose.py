"""Before the call: whom to call, and what the company knows about them."""

import streamlit as st

from trainer.core.persona import Difficulty, Persona
from trainer.practice import Practice
from trainer.ui import customer, faults, state
from trainer.ui.avatar import picture
from trainer.ui.dial import draw_dial
from trainer.ui.html import esc, heading, notice
from trainer.ui.news import draw_news
from trainer.ui.texts import Texts


def draw_choice(practice: Practice, person: str, t: Texts) -> None:
    """Draws all customers, easy ones first, and the way back into an open call."""
    heading(t("practice.choose.title"), lead=t("practice.choose.lead"))
    draw_news(person, t)
    faults.show_content_problems(practice.catalog.problems, t)
    _offer_to_resume(practice, person, t)
    personas = sorted(
        practice.catalog.personas.values(), key=lambda p: list(Difficulty).index(p.difficulty)
    )
    if not personas:
        notice(t("practice.choose.none"), tone="warn")
        return
    with st.container(key="personas"):
        for persona in personas:
            _draw_tile(persona, t)


def draw_card(practice: Practice, person: str, persona: Persona, t: Texts) -> None:
    """Draws one customer's card and the button that dials."""
    st.button(
        t("practice.card.back"),
        key="back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=state.show_start,
    )
    with st.container(key="card", border=True, gap="medium"):
        st.html(
            f'<div class="wh-row">{picture(persona, size=96)}<div><div class="wh-label">'
            f"{esc(t('practice.card.title'))}</div><h1>{esc(persona.full_name)}</h1>"
            f'<p class="wh-lead">{esc(t.of(persona.card.headline))}</p></div></div>'
        )
        st.html(
            f'<div class="wh-stack">{customer.badges(persona, t)}{customer.facts(persona, t)}</div>'
        )
        st.html(f"<h2>{esc(t('practice.card.history'))}</h2>{customer.history(persona, t)}")
        st.html(
            f'<p class="wh-small">{esc(t("practice.card.pretext_hint"))} '
            f"{esc(t('practice.card.call_hint', name=persona.salutation))}</p>"
        )
        draw_dial(person, persona, t)


def _draw_tile(persona: Persona, t: Texts) -> None:
    with st.container(key=f"persona-{persona.id}", border=True):
        st.html(customer.tile(persona, t))
        st.button(
            t("practice.choose.open"),
            key=f"open-{persona.id}",
            width="stretch",
            on_click=state.show_persona,
            args=(persona.id,),
        )


def _offer_to_resume(practice: Practice, person: str, t: Texts) -> None:
    unfinished = practice.unfinished(person)
    if unfinished is None:
        return
    with st.container(
        key="panel-resume", border=True, horizontal=True, vertical_alignment="center"
    ):
        title = t("practice.resume.title", name=unfinished.persona_name)
        st.html(f"<p><strong>{esc(title)}</strong></p>")
        st.button(
            t("practice.resume.go"),
            key="resume",
            icon=":material/call:",
            type="primary",
            on_click=state.show_call,
            args=(unfinished.id,),
        )
