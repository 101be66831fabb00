"""Before the call: whom to call."""

from collections.abc import Mapping, Sequence, Set

import streamlit as st

from trainer.core.persona import Difficulty, Persona
from trainer.practice import Practice
from trainer.repetition import Card, persona_cards
from trainer.store.results import Result
from trainer.ui import customer, faults, services, state, suggestion
from trainer.ui.avatar import picture
from trainer.ui.finder import draw_finder
from trainer.ui.html import esc, heading, notice
from trainer.ui.news import draw_news
from trainer.ui.texts import Texts


def draw_choice(practice: Practice, person: str, t: Texts) -> None:
    """Draws the suggestion, the filters and the customers, easy ones first."""
    heading(t("practice.choose.title"), lead=t("practice.choose.lead"))
    draw_news(person, t)
    faults.show_content_problems(practice.catalog.problems, t)
    offer_to_resume(practice, person, t)
    personas = sorted(
        practice.catalog.personas.values(), key=lambda p: list(Difficulty).index(p.difficulty)
    )
    if not personas:
        notice(t("practice.choose.none"), tone="warn")
        return
    so_far = services.journey().so_far(person)
    _draw_suggestion(so_far, t)
    wishes = draw_finder(personas, t)
    found = [persona for persona in personas if wishes.fits(persona)]
    with st.container(key="found", horizontal=True, vertical_alignment="center"):
        count = t("choose.count", found=len(found), all=len(personas))
        st.html(f'<p class="wh-small" role="status">{esc(count)}</p>')
        if st.button(t("choose.surprise"), key="surprise", icon=":material/casino:"):
            state.show_persona(services.journey().anybody(found or personas, so_far).id)
            st.rerun()
    if not found:
        notice(t("choose.no_match"))
        return
    cards = persona_cards(so_far)
    won = {result.persona_id for result in so_far if result.won}
    with st.container(key="personas"):
        for persona in found:
            _draw_tile(persona, _before(persona, cards, won), t)


def _draw_suggestion(so_far: Sequence[Result], t: Texts) -> None:
    idea = services.journey().next(so_far)
    if idea is None:
        return
    first = not so_far
    with st.container(key="panel-idea", border=True, horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="wh-row">{picture(idea.persona, size=56)}<div>'
            f'<div class="wh-label">{esc(suggestion.title(idea, t, first=first))}</div>'
            f'<div class="wh-name">{esc(idea.persona.full_name)}</div>'
            f"<p>{esc(suggestion.why(idea, t, first=first))}</p></div></div>"
        )
        st.button(
            t("choose.take"),
            key="take-idea",
            icon=":material/arrow_forward:",
            type="primary",
            on_click=state.show_persona,
            args=(idea.persona.id,),
        )


def _before(persona: Persona, cards: Mapping[str, Card], won: Set[str]) -> str:
    """Returns what there was with a customer so far: the last part of a key of the texts."""
    card = cards.get(persona.id)
    if card is None:
        return "never"
    if persona.id in won:
        return "won"
    return "passed" if card.box else "tried"


def _draw_tile(persona: Persona, before: str, t: Texts) -> None:
    with st.container(key=f"persona-{persona.id}", border=True, gap="small"):
        st.html(customer.tile(persona, t, before=before))
        st.button(
            t("practice.choose.open"),
            key=f"open-{persona.id}",
            type="tertiary",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=state.show_persona,
            args=(persona.id,),
        )


def offer_to_resume(practice: Practice, person: str, t: Texts) -> None:
    """Draws the way back into a call that is still going on, where there is one."""
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
