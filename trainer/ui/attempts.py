"""All attempts at the same call, with ways to each and to a comparison."""

from collections.abc import Sequence

import streamlit as st

from trainer.attempts import Attempt
from trainer.ui import clock, links
from trainer.ui.ending import ending_badge
from trainer.ui.html import badge, esc
from trainer.ui.links import Place
from trainer.ui.texts import Texts


def draw_attempts(family: Sequence[Attempt], shown: str, t: Texts) -> None:
    """Draws the attempts where there is more than one.

    Args:
        family: The attempts, oldest first.
        shown: Id of the one whose review this is.
        t: The words.
    """
    if len(family) < 2:
        return
    with st.container(key="panel-attempts", border=True):
        st.html(
            f"<h2>{esc(t('attempts.panel.title'))}</h2>"
            f'<p class="wh-small">{esc(t("attempts.panel.lead"))}</p>'
        )
        for number, attempt in enumerate(family, start=1):
            _draw_row(number, attempt, shown, t)


def name_of(number: int, attempt: Attempt, t: Texts) -> str:
    """Returns what an attempt is called: its number and where it began."""
    turn = attempt.taken.turn
    since = (
        t("attempts.panel.whole") if turn is None else t("attempts.panel.since", number=turn + 1)
    )
    return f"{t('attempts.panel.number', number=number)}, {since}"


def _draw_row(number: int, attempt: Attempt, shown: str, t: Texts) -> None:
    call = attempt.call
    with st.container(
        key=f"attempt-{call.id}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        labels = [ending_badge(call.ending, t)] if call.ending else []
        if call.id == shown:
            labels.insert(0, badge(t("attempts.panel.this"), tone="info"))
        total = call.assessment.total if call.assessment else None
        points = t("common.not_scored") if total is None else f"{total:.0f}"
        st.html(
            f'<div class="wh-row"><strong class="wh-attempt">{esc(points)}</strong><div>'
            f"<div>{esc(name_of(number, attempt, t))}</div>"
            f'<div class="wh-small">{esc(clock.when(call.started_at, t))}</div>'
            f'<div class="wh-badges">{"".join(labels)}</div></div></div>'
        )
        if call.id == shown:
            return
        if st.button(t("attempts.panel.open"), key=f"open-attempt-{call.id}"):
            links.go(Place.REVIEW, call=call.id)
        if st.button(
            t("attempts.panel.compare"),
            key=f"compare-{call.id}",
            icon=":material/compare_arrows:",
        ):
            links.go(Place.COMPARE, call=call.id, other=shown)
