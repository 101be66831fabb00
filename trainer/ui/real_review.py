"""What stands beside a real call: where it came from, and for its trainee what coaches wrote."""

import streamlit as st

from trainer.practice import Review
from trainer.ui import clock, links, services
from trainer.ui.html import esc
from trainer.ui.links import Place
from trainer.ui.outcome import draw_outcome
from trainer.ui.texts import Texts
from trainer.ui.transcript import comment_box


def draw_origin(review: Review, t: Texts) -> None:
    """Draws who read a call in, and when."""
    origin = services.real_calls().origin(services.actor(), review)
    if origin is not None:
        read = t("real.read_by", author=origin.author_name, date=clock.when(origin.read_at, t))
        st.html(f'<p class="wh-small">{esc(read)}</p>')


def draw_deletion(review: Review, t: Texts) -> None:
    """Draws the way to delete a real call, for when its customer asks for it."""
    with st.expander(t("real.delete.title"), icon=":material/delete:"):
        st.html(f"<p>{esc(t('real.delete.lead'))}</p>")
        sure = st.checkbox(t("real.delete.sure"), key="real_delete_sure")
        if st.button(t("real.delete.button"), key="real_delete", disabled=not sure):
            services.real_calls().delete(services.actor(), review.call.id)
            links.go(Place.COACH)


def draw_own(person: str, review: Review, t: Texts) -> None:
    """Draws for its trainee why the call is here and what came back about it."""
    services.submissions().see(person, review)
    boxes = "".join(comment_box(one, t) for one in review.call.comments if one.turn is None)
    about = "" if review.call.comments else f"<p>{esc(t('review.comments.none'))}</p>"
    with st.container(key="panel-real", border=True):
        st.html(
            f"<h2>{esc(t('review.comments.title'))}</h2><p>{esc(t('real.own'))}</p>"
            f'<div class="wh-stack">{boxes}{about}</div>'
        )
        draw_outcome(review.call.id, t)
