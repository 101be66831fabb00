"""The guided call: what is due now, why, and a sentence that may be taken over."""

import streamlit as st

from trainer.core.acts import Speaker
from trainer.core.persona import Persona
from trainer.guided import WAY, stage
from trainer.store.calls import CallRecord
from trainer.ui import state
from trainer.ui.html import esc
from trainer.ui.texts import Texts


def draw_guide(record: CallRecord, persona: Persona, t: Texts) -> None:
    """Draws the step that is due; nothing while the customer is about to answer."""
    turns = [kept.turn for kept in record.turns]
    if turns[-1].speaker is Speaker.TRAINEE:
        return
    due = stage(turns)
    sample = t(f"guided.sample.{due}", name=persona.salutation, company=persona.company)
    label = (
        t("guided.step", number=WAY.index(due) + 1, all=len(WAY))
        if due in WAY
        else t("guided.between")
    )
    hint = t("guided.fill_in" if state.GAP in sample else "guided.take_hint")
    with st.container(key="guide", border=True, gap="small"):
        st.html(
            f'<div role="status"><div class="wh-label">{esc(label)}</div>'
            f"<h2>{esc(t(f'guided.title.{due}'))}</h2><p>{esc(t(f'guided.why.{due}'))}</p>"
            f'<p class="wh-better" lang="de">„{esc(sample)}“</p>'
            f'<p class="wh-small">{esc(hint)}</p></div>'
        )
        st.button(
            t("guided.take"),
            key="take-line",
            icon=":material/edit_note:",
            on_click=state.put_line,
            args=(sample,),
        )
