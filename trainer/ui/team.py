"""The team page: where everybody stands, what is missed most, and the way to the calls."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import altair as alt
import pandas as pd
import streamlit as st

from trainer.core.person import Role
from trainer.core.rubric import Principle
from trainer.teamwork import Handling, Share, TeamReport
from trainer.ui import links, services, state
from trainer.ui.corrections import name_of
from trainer.ui.html import esc, heading, notice
from trainer.ui.links import Place
from trainer.ui.listing import draw_links
from trainer.ui.team_files import draw_files
from trainer.ui.texts import Texts

_SPANS = {"month": 30, "quarter": 91, "year": 365, "all": None}
_MOST = 8


def render() -> None:
    """Draws the report about the coach's teams."""
    t, actor = state.texts(), services.actor()
    if actor.role is not Role.COACH:
        notice(t("coach.only"))
        return
    heading(t("team.title"), lead=t("team.lead"))
    teams = services.accounts().teams(actor)
    with st.container(horizontal=True):
        span = st.segmented_control(
            t("team.span.title"),
            list(_SPANS),
            default="quarter",
            required=True,
            key="team_span",
            format_func=lambda one: t(f"team.span.{one}"),
        )
        team = None
        if len(teams) > 1:
            team = st.selectbox(
                t("team.which"),
                list(teams),
                index=None,
                key="team_which",
                placeholder=t("common.all"),
                format_func=lambda one: teams[one],
            )
    days = _SPANS[span or "quarter"]
    since = None if days is None else datetime.now(UTC) - timedelta(days=days)
    report = services.teamwork().report(actor, since=since, team=team)
    if not report.members:
        notice(t("team.none"))
        return
    _draw_people(report, t)
    left, right = st.columns(2, gap="medium")
    with left:
        _draw_trend(report, t)
        _draw_shares("checks", report.checks, t)
    with right:
        _draw_objections(report.objections, t)
        _draw_shares("questions", report.questions, t)
    _draw_outliers(report, t)
    draw_files(report, services.teamwork().lines(actor, since=since, team=team), t)


def people_table(report: TeamReport, t: Texts) -> pd.DataFrame:
    """Returns one line a person: mean levels, mean total, calls and minutes."""
    rows = [
        {
            t("account.name"): member.name,
            **{t(f"guide.principle.{one}"): member.levels[one] for one in Principle},
            t("review.head.total"): member.total,
            t("team.calls"): member.calls,
            t("team.minutes"): member.minutes,
        }
        for member in report.members
    ]
    return pd.DataFrame(rows).round(1)


def _draw_people(report: TeamReport, t: Texts) -> None:
    facts = t("team.facts", calls=report.calls, minutes=f"{report.minutes:.0f}")
    with st.container(key="panel-heat", border=True):
        st.html(
            f"<h2>{esc(t('team.heat'))}</h2>"
            f'<p class="wh-small">{esc(facts)} {esc(t("team.heat_lead"))}</p>'
        )
        st.altair_chart(_heat(report, t), alt=t("team.heat_alt"))
        with st.expander(t("team.table")):
            st.dataframe(people_table(report, t), hide_index=True)
        members = {member.person: member.name for member in report.members if member.calls}
        person = st.selectbox(
            t("team.drill"),
            list(members),
            index=None,
            key="team_person",
            placeholder=t("people.choose"),
            format_func=lambda one: members[one],
        )
        if person is not None:
            state.ask_for_person(person)
            links.go(Place.COACH)


def _heat(report: TeamReport, t: Texts) -> alt.LayerChart:
    cells = pd.DataFrame(
        [
            {"name": member.name, "principle": t(f"guide.principle.{one}"), "level": level}
            for member in report.members
            for one, level in member.levels.items()
            if level is not None
        ],
        columns=["name", "principle", "level"],
    )
    order = [t(f"guide.principle.{one}") for one in Principle]
    base = alt.Chart(cells).encode(
        x=alt.X("principle:N", sort=order, title=None, axis=alt.Axis(orient="top", labelAngle=0)),
        y=alt.Y("name:N", sort=[member.name for member in report.members], title=None),
    )
    boxes = base.mark_rect(cornerRadius=4, stroke="transparent", strokeWidth=2).encode(
        color=alt.Color(
            "level:Q",
            scale=alt.Scale(domain=[1, 5], range=["#f3e3c3", "#0b6b66"]),
            legend=None,
        ),
        tooltip=[
            alt.Tooltip("name:N", title=t("account.name")),
            alt.Tooltip("principle:N", title=t("team.principle")),
            alt.Tooltip("level:Q", title=t("team.level"), format=".1f"),
        ],
    )
    numbers = base.mark_text().encode(
        text=alt.Text("level:Q", format=".1f"),
        color=alt.condition("datum.level > 3.2", alt.value("#ffffff"), alt.value("#1c2a29")),
    )
    chart: alt.LayerChart = (boxes + numbers).properties(height=alt.Step(30))
    return chart


def _draw_trend(report: TeamReport, t: Texts) -> None:
    with st.container(key="panel-trend", border=True):
        st.html(f"<h2>{esc(t('team.trend'))}</h2>")
        if len(report.weeks) < 2:
            st.html(f"<p>{esc(t('team.trend_none'))}</p>")
            return
        weeks = pd.DataFrame(
            [{"week": w.begins, "total": w.total, "calls": w.calls} for w in report.weeks]
        )
        weeks["week"] = pd.to_datetime(weeks["week"])
        line = (
            alt.Chart(weeks)
            .mark_line(point=True, color="#178079")
            .encode(
                x=alt.X("week:T", title=None, axis=alt.Axis(format="%d.%m.", tickCount="week")),
                y=alt.Y("total:Q", title=t("review.head.total"), scale=alt.Scale(domain=[0, 100])),
                tooltip=[
                    alt.Tooltip("week:T", title=t("team.week"), format="%d.%m.%Y"),
                    alt.Tooltip("total:Q", title=t("review.head.total"), format=".0f"),
                    alt.Tooltip("calls:Q", title=t("team.calls")),
                ],
            )
            .properties(height=220)
        )
        first, last = report.weeks[0].total, report.weeks[-1].total
        st.altair_chart(line, alt=t("team.trend_alt", first=f"{first:.0f}", last=f"{last:.0f}"))


def _draw_shares(kind: str, shares: Sequence[Share], t: Texts) -> None:
    rows = "".join(
        _bar(
            name_of(share.name, t),
            share.share,
            t("team.missed", missed=share.missed, due=share.due),
        )
        for share in shares[:_MOST]
        if share.missed
    )
    with st.container(key=f"panel-{kind}", border=True):
        st.html(f"<h2>{esc(t(f'team.{kind}'))}</h2><div>{rows or esc(t('team.nothing'))}</div>")


def _draw_objections(handlings: Sequence[Handling], t: Texts) -> None:
    parts = []
    for handling in handlings:
        raised = t("team.raised", count=handling.raised)
        name = t(f"guide.objection.{handling.objection}")
        bars = "".join(
            _bar(t(f"review.stories.{step}"), count / handling.raised, f"{count}")
            for step, count in handling.steps.items()
        )
        parts.append(f'<h3>{esc(name)} <span class="wh-small">{esc(raised)}</span></h3>{bars}')
    with st.container(key="panel-objections", border=True):
        inner = "".join(parts) or esc(t("team.nothing"))
        st.html(f"<h2>{esc(t('team.objections'))}</h2><div>{inner}</div>")


def _bar(name: str, share: float, text: str) -> str:
    width = round(share * 100)
    return (
        f'<div class="wh-share"><span>{esc(name)}</span>'
        f'<span class="wh-small">{esc(text)} · {width} %</span>'
        f'<i><b style="width:{width}%"></b></i></div>'
    )


def _draw_outliers(report: TeamReport, t: Texts) -> None:
    if not report.outliers:
        return
    with st.container(key="panel-outliers", border=True):
        st.html(
            f"<h2>{esc(t('team.outliers'))}</h2>"
            f'<p class="wh-small">{esc(t("team.outliers_lead"))}</p>'
        )
        draw_links(report.outliers, t)
