"""The team page: where everybody stands, what is missed most, and the way to the calls."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import altair as alt
import pandas as pd
import streamlit as st

from trainer.core.person import Role
from trainer.core.rubric import Principle
from trainer.teamwork import Handling, Share, TeamReport, summarise
from trainer.ui import door, links, services, state
from trainer.ui.corrections import name_of
from trainer.ui.figures import decimal
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
        door.draw_coaches_only("team.title", "coach.only", t)
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
    lines = services.teamwork().lines(actor, since=since, team=team)
    report = summarise(lines)
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
    draw_files(report, lines, t)


def _draw_people(report: TeamReport, t: Texts) -> None:
    facts = t("team.facts", calls=report.calls, minutes=f"{report.minutes:.0f}")
    with st.container(key="panel-heat", border=True):
        st.html(
            f"<h2>{esc(t('team.heat'))}</h2>"
            f'<p class="wh-small">{esc(facts)} {esc(t("team.heat_lead"))}</p>'
        )
        st.html(_heat(report, t))
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


def _heat(report: TeamReport, t: Texts) -> str:
    heads = "".join(
        f'<th scope="col">{esc(name)}</th>'
        for name in (
            *(t(f"guide.principle.{one}") for one in Principle),
            t("review.head.total"),
            t("team.calls"),
            t("team.minutes"),
        )
    )
    rows = "".join(
        f'<tr><th scope="row">{esc(member.name)}</th>'
        f"{''.join(_cell(member.levels[one], t) for one in Principle)}"
        f"<td>{'–' if member.total is None else f'{member.total:.0f}'}</td>"
        f"<td>{member.calls}</td><td>{member.minutes:.0f}</td></tr>"
        for member in report.members
    )
    return (
        f'<div class="wh-wide" tabindex="0"><table class="wh-heat"><thead><tr><td></td>{heads}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(level: float | None, t: Texts) -> str:
    if level is None:
        return "<td>–</td>"
    strength = round((level - 1) / 4 * 100)
    return f'<td style="--wh-strength:{strength}%">{decimal(level, 1, t)}</td>'


def _draw_trend(report: TeamReport, t: Texts) -> None:
    with st.container(key="panel-trend", border=True):
        st.html(f"<h2>{esc(t('team.trend'))}</h2>")
        if len(report.weeks) < 2:
            st.html(f"<p>{esc(t('team.trend_none'))}</p>")
            return
        weeks = pd.DataFrame(
            [
                {"week": f"{w.begins:%d.%m.%y}", "total": w.total, "calls": w.calls}
                for w in report.weeks
            ]
        )
        line = (
            alt.Chart(weeks)
            .mark_line(point=True, color="#178079")
            .encode(
                x=alt.X("week:O", sort=None, title=t("team.week")),
                y=alt.Y("total:Q", title=t("review.head.total"), scale=alt.Scale(domain=[0, 100])),
                tooltip=[
                    alt.Tooltip("week:O", title=t("team.week")),
                    alt.Tooltip("total:Q", title=t("review.head.total"), format=".0f"),
                    alt.Tooltip("calls:Q", title=t("team.calls")),
                ],
            )
            .properties(height=240, background="transparent")
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
