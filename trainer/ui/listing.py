"""Calls one under the other, each with a link that opens it."""

from collections.abc import Sequence

import streamlit as st

from trainer.store.calls import CallSummary
from trainer.store.teamwork import Line
from trainer.ui import clock, links
from trainer.ui.ending import ending_badge
from trainer.ui.html import badge, esc
from trainer.ui.links import Place
from trainer.ui.texts import Texts


def draw_rows(calls: Sequence[CallSummary], place: Place, t: Texts) -> None:
    """Draws the calls; in the coach's list with the trainee's name."""
    for call in calls:
        with st.container(
            key=f"row-{call.id}", border=True, horizontal=True, vertical_alignment="center"
        ):
            st.html(_row(call, t, for_coach=place is Place.COACH))
            if st.button(t("review.list.open"), key=f"show-{call.id}"):
                links.go(place, call=call.id)


def draw_links(lines: Sequence[Line], t: Texts) -> None:
    """Draws calls of a report, each with a button that opens it for the coach."""
    for line in lines:
        with st.container(horizontal=True, vertical_alignment="center"):
            total = "–" if line.total is None else f"{line.total:.0f}"
            st.html(
                f"<div><strong>{esc(total)}</strong> · {esc(line.name)} → "
                f"{esc(line.persona_name)} "
                f'<span class="wh-small">{esc(clock.when(line.started_at, t))}</span></div>'
            )
            if st.button(t("review.list.open"), key=f"far-{line.call_id}"):
                links.go(Place.COACH, call=line.call_id)


def _row(call: CallSummary, t: Texts, *, for_coach: bool) -> str:
    labels = [ending_badge(call.ending, t)] if call.ending else []
    if call.real:
        labels.append(badge(t("real.badge"), symbol="record_voice_over"))
    if call.differing and for_coach:
        labels.append(
            badge(t("judge.badge", count=call.differing), tone="warn", symbol="compare_arrows")
        )
    if call.finished_at is not None:
        labels.append(badge(t("coach.reviewed"), tone="good", symbol="check"))
    if call.trial:
        labels.append(badge(t("content.trial.label"), symbol="science"))
    elif not for_coach:
        sent = call.submitted_at is not None
        labels.append(
            badge(
                t("review.list.submitted" if sent else "review.list.private"),
                symbol="send" if sent else "lock",
            )
        )
    who = f"{call.person_name} → {call.persona_name}" if for_coach else call.persona_name
    about = t.of(call.industry)
    if call.real:  # the title says nothing about who called whom
        who, about = call.persona_name, call.person_name
    return (
        f'<div class="wh-entry"><div class="wh-score">{_score(call, t)}</div><div>'
        f'<div class="wh-name">{esc(who)}</div>'
        f'<div class="wh-small">{esc(about)} · '
        f"{esc(clock.when(call.started_at, t))}</div>"
        f'<div class="wh-badges">{"".join(labels)}</div></div></div>'
    )


def _score(call: CallSummary, t: Texts) -> str:
    if call.total is None:
        return f'<span class="wh-small">{esc(t("common.not_scored"))}</span>'
    unit = esc(t("review.list.total"))
    return f'<strong>{call.total:.0f}</strong><span class="wh-small">{unit}</span>'
