"""Own scores before the automatic ones are seen: the transcript and the scale, nothing else."""

import streamlit as st

from trainer.coaching import Coached
from trainer.core.rubric import Principle, Rubric
from trainer.errors import ConflictError
from trainer.ui import services, state
from trainer.ui.bubbles import column
from trainer.ui.counterpart import called, title_of
from trainer.ui.html import esc, heading, notice
from trainer.ui.texts import Texts
from trainer.ui.transcript import plain_lines


def draw_blind(coached: Coached, t: Texts) -> None:
    """Draws a call without any result, and one choice a principle."""
    review = coached.review
    heading(title_of(review, t), lead=t("coach.blind.lead"))
    left, right = st.columns([1, 1], gap="medium")
    with right, st.container(key="panel-transcript", border=True):
        st.html(f"<h2>{esc(t('review.transcript.title'))}</h2>")
        me, them = t("common.speaker.trainee_seen"), called(review, t)
        lines = plain_lines(review.call, me, them)
        st.html(column(lines, label=t("review.transcript.title")))
    with left, st.form("panel-blind"):
        rubric = services.practice().catalog.rubric_of(review.call.assessment)
        chosen = {principle: _draw_scale(principle, rubric, t) for principle in Principle}
        sent = st.form_submit_button(t("coach.blind.save"), type="primary")
    if sent:
        _save(coached, {one: level for one, level in chosen.items() if level}, t)


def _draw_scale(principle: Principle, rubric: Rubric | None, t: Texts) -> int | None:
    anchors = rubric.principles[principle].anchors if rubric else {}
    return st.radio(
        t(f"guide.principle.{principle}"),
        range(1, 6),
        index=None,
        key=f"blind_{principle}",
        format_func=lambda level: f"{level}  {t.of(anchors[level]) if anchors else ''}",
    )


def _save(coached: Coached, levels: dict[Principle, int], t: Texts) -> None:
    if len(levels) < len(Principle):
        notice(t("coach.blind.missing"), tone="warn")
        return
    try:
        services.coaching().score_blind(
            services.actor(), coached.review.call.id, levels, version=coached.state.version
        )
    except ConflictError:
        notice(t("coach.correct.conflict"), tone="bad")
        return
    state.end_blind()
    st.rerun()
