"""The progress page: how each principle and check goes, what is hard."""

from collections.abc import Sequence
from datetime import UTC, datetime

import altair as alt
import pandas as pd
import streamlit as st

from trainer.core.person import Role
from trainer.core.rubric import Principle, Rubric
from trainer.progress import hardships, mastery, streak, table, won_personas
from trainer.store.results import Result
from trainer.ui import clock, links, services, state
from trainer.ui.csvfile import csv_of
from trainer.ui.html import esc, heading, notice
from trainer.ui.links import Place
from trainer.ui.texts import Texts

_COLOURS = ("#178079", "#b3661b", "#5b6fb5", "#a3497f")  # one a principle, on light and dark


def render() -> None:
    """Draws the charts, or what will be here."""
    practice, person, t = services.practice(), services.person(Role.TRAINEE), state.texts()
    so_far = services.journey().so_far(person)
    heading(t("progress.title"), lead=t("progress.lead"))
    if not so_far:
        notice(t("progress.none"))
        links.link(Place.PRACTICE, t("review.list.start"), icon=":material/phone_in_talk:")
    else:
        _draw_figures(so_far, len(practice.catalog.personas), t)
        _draw_principles(so_far, t)
        rubric = practice.catalog.rubric_of(None)
        if rubric is not None:
            _draw_checks(so_far, rubric, t)
        _draw_hardships(so_far, t)
        _draw_data(so_far, t)


def _draw_figures(so_far: Sequence[Result], all_personas: int, t: Texts) -> None:
    zone = clock.zone()
    days = streak(so_far, today=datetime.now(UTC).astimezone(zone).date(), zone=zone)
    figures = {
        "calls": str(len(so_far)),
        "won": t("progress.of", part=len(won_personas(so_far)), all=all_personas),
        "passed": t("progress.of", part=sum(r.passed for r in so_far), all=len(so_far)),
        "streak": str(days),
    }
    tiles = "".join(
        f'<div class="wh-level"><div class="wh-label">{esc(t(f"progress.figure.{name}"))}</div>'
        f'<div class="wh-trend"><strong>{esc(value)}</strong></div></div>'
        for name, value in figures.items()
    )
    st.html(f'<div class="wh-trends">{tiles}</div>')


def _draw_principles(so_far: Sequence[Result], t: Texts) -> None:
    names = {principle: t(f"guide.principle.{principle}") for principle in Principle}
    rows = [
        {"call": number, "points": points, "principle": names[principle], "who": r.persona_name}
        for number, r in enumerate(so_far, start=1)
        for principle, points in r.points.items()
        if points is not None
    ]
    st.html(f"<h2>{esc(t('progress.principles'))}</h2>")
    if not rows:
        notice(t("common.not_scored"))
        return
    chart = (
        alt.Chart(pd.DataFrame(rows), height=360)
        .mark_line(point=True, strokeWidth=2.5)
        .encode(
            x=alt.X("call:Q", title=t("progress.call"), axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y("points:Q", title=t("progress.points"), scale=alt.Scale(domain=[0, 100])),
            color=alt.Color(
                "principle:N",
                title=None,
                scale=alt.Scale(domain=list(names.values()), range=list(_COLOURS)),
                legend=alt.Legend(orient="bottom", columns=2),
            ),
            tooltip=[
                alt.Tooltip("principle:N", title=t("progress.principle")),
                alt.Tooltip("points:Q", title=t("progress.points"), format=".0f"),
                alt.Tooltip("who:N", title=t("progress.who")),
            ],
        )
    )
    st.altair_chart(chart, alt=t("progress.alt", calls=len(so_far)))


def _draw_checks(so_far: Sequence[Result], rubric: Rubric, t: Texts) -> None:
    st.html(
        f"<h2>{esc(t('progress.checks'))}</h2>"
        f'<p class="wh-small">{esc(t("progress.checks_lead"))}</p>'
    )
    with st.container(key="mastery"):
        for principle, part in rubric.principles.items():
            found = mastery(so_far, [check.id for check in part.active if not check.harmful])
            titles = {check.id: t.of(check.title) for check in part.active}
            rows = "".join(
                f"<li><div>{esc(titles[one.check])}</div>{_bar(one.share)}"
                f'<div class="wh-small">{round(100 * one.share)} %</div></li>'
                for one in found
            )
            name = t(f"guide.principle.{principle}")
            st.html(
                f'<div class="wh-level"><h3>{esc(name)}</h3>'
                f'<ul class="wh-mastery">{rows}</ul></div>'
            )


def _bar(share: float) -> str:
    return (
        f'<span class="wh-meter" aria-hidden="true"><i style="width:{round(100 * share)}%">'
        "</i></span>"
    )


def _draw_hardships(so_far: Sequence[Result], t: Texts) -> None:
    found = hardships(so_far)
    if not found:
        return
    rows = "".join(
        f"<li><div>{esc(t(f'guide.objection.{one.objection}'))}</div>"
        f"{_bar(one.unanswered / one.raised)}"
        f'<div class="wh-small">{esc(_of_raised(one.unanswered, one.raised, t))}</div></li>'
        for one in found
    )
    st.html(
        f"<h2>{esc(t('progress.objections'))}</h2>"
        f'<p class="wh-small">{esc(t("progress.objections_lead"))}</p>'
        f'<div class="wh-level"><ul class="wh-mastery">{rows}</ul></div>'
    )


def _of_raised(unanswered: int, raised: int, t: Texts) -> str:
    return t("progress.of", part=unanswered, all=raised)


def _draw_data(so_far: Sequence[Result], t: Texts) -> None:
    with st.container(key="panel-data", border=True):
        st.html(f"<h2>{esc(t('progress.data.title'))}</h2><p>{esc(t('progress.data.lead'))}</p>")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                t("progress.data.csv"),
                csv_of(table(so_far)),
                file_name="wiederhoeren.csv",
                mime="text/csv",
                key="export_csv",
                icon=":material/table:",
                on_click="ignore",
            )
            links.link(Place.ACCOUNT, t("progress.data.all"), icon=":material/shield_person:")
