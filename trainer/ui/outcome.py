"""What coaches made of the trainee's own call, for the trainee."""

import streamlit as st

from trainer.ui import clock, services
from trainer.ui.corrections import history
from trainer.ui.html import esc
from trainer.ui.texts import Texts


def draw_outcome(call_id: str, t: Texts) -> None:
    """Draws the coach's results beside the automatic ones, and the question about an example."""
    outcome = services.coaching().outcome(services.own(), call_id)
    if outcome.finished_at is not None:
        when = clock.when(outcome.finished_at, t)
        done = t("coach.finish.done", coach=outcome.coach or "", date=when)
        st.html(f"<p>{esc(done)}</p>{history(outcome, t)}")
    if outcome.asked:
        _draw_example(call_id, t, agreed=outcome.agreed)


def _draw_example(call_id: str, t: Texts, *, agreed: bool | None) -> None:
    answer = {True: "agreed", False: "refused", None: "asked"}[agreed]
    st.html(f"<p>{esc(t(f'coach.consent.{answer}'))}</p>")
    with st.container(horizontal=True):
        for value, label in ((True, "allow"), (False, "forbid")):
            if agreed is not value and st.button(t(f"coach.consent.{label}"), key=f"{label}_it"):
                services.coaching().answer_example(services.own(), call_id, agreed=value)
                st.rerun()
