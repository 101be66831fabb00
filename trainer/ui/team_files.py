"""The team's report as files: CSV, JSON and a page to print."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from trainer.core.rubric import Principle
from trainer.privacy import as_json
from trainer.store.teamwork import Line
from trainer.teamwork import Share, TeamReport
from trainer.ui import clock
from trainer.ui.corrections import name_of
from trainer.ui.csvfile import csv_of
from trainer.ui.html import esc
from trainer.ui.texts import Texts

_STYLE = (
    "body{font:11pt/1.45 sans-serif;color:#1c2a29;max-width:180mm;margin:12mm auto}"
    "h1{font:600 20pt serif}h2{font:600 14pt serif;margin:8mm 0 2mm}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:1.5mm 2mm;"
    "border-bottom:.2mm solid #bbb}td+td,th+th{text-align:right}tr{break-inside:avoid}"
    "p{margin:1mm 0}@page{margin:14mm}"
)


def draw_files(report: TeamReport, lines: Sequence[Line], t: Texts) -> None:
    """Draws one button a file."""
    files = (
        ("csv", "wiederhoeren-team.csv", "text/csv", calls_csv(lines)),
        ("json", "wiederhoeren-team.json", "application/json", as_json(asdict(report)).encode()),
        ("page", "wiederhoeren-team.html", "text/html", printable(report, t).encode()),
    )
    with st.container(key="panel-files", border=True):
        st.html(f"<h2>{esc(t('team.files.title'))}</h2>")
        with st.container(horizontal=True):
            for name, file, mime, content in files:
                st.download_button(
                    t(f"team.files.{name}"),
                    content,
                    file_name=file,
                    mime=mime,
                    icon=":material/download:",
                    key=f"team_{name}",
                    on_click="ignore",
                )


def calls_csv(lines: Sequence[Line]) -> bytes:
    """Returns one line a submitted call for a spreadsheet; a cell never begins a formula."""
    rows = [
        {
            "call": line.call_id,
            "person": line.name,
            "customer": line.persona_name,
            "started_at": line.started_at.isoformat(),
            "minutes": round((line.ended_at - line.started_at).total_seconds() / 60, 1),
            "total": line.total,
            **{str(one): line.levels.get(one) for one in Principle},
        }
        for line in lines
        if line.submitted
    ]
    return csv_of(pd.DataFrame(rows))


def printable(report: TeamReport, t: Texts) -> str:
    """Returns the report as a page of its own that prints well."""
    heads = [
        t("account.name"),
        *(t(f"guide.principle.{one}") for one in Principle),
        t("review.head.total"),
        t("team.calls"),
        t("team.minutes"),
    ]
    people = [
        [
            member.name,
            *(_number(member.levels[one], 1) for one in Principle),
            _number(member.total, 0),
            str(member.calls),
            f"{member.minutes:.0f}",
        ]
        for member in report.members
    ]
    weeks = [[f"{w.begins:%d.%m.%Y}", f"{w.total:.0f}", str(w.calls)] for w in report.weeks]
    objections = [
        [t(f"guide.objection.{one.objection}"), str(one.raised), *map(str, one.steps.values())]
        for one in report.objections
    ]
    steps = [
        t(f"review.stories.{step}") for step in ("acknowledged", "isolated", "answered", "checked")
    ]
    made = t("team.files.made", date=clock.when(datetime.now(UTC), t))
    facts = t("team.facts", calls=report.calls, minutes=f"{report.minutes:.0f}")
    return (
        f'<!doctype html><html lang="{t.language}"><meta charset="utf-8">'
        f"<title>{esc(t('team.title'))}</title><style>{_STYLE}</style>"
        f"<h1>{esc(t('team.title'))}</h1><p>{esc(made)}</p><p>{esc(facts)}</p>"
        f"<h2>{esc(t('team.heat'))}</h2>{_table(heads, people)}"
        f"<h2>{esc(t('team.trend'))}</h2>"
        f"{_table([t('team.week'), t('review.head.total'), t('team.calls')], weeks)}"
        f"<h2>{esc(t('team.checks'))}</h2>{_missed(report.checks, t)}"
        f"<h2>{esc(t('team.questions'))}</h2>{_missed(report.questions, t)}"
        f"<h2>{esc(t('team.objections'))}</h2>"
        f"{_table([t('team.objection'), t('review.stories.raised'), *steps], objections)}"
        f"<p>{esc(t('team.files.note'))}</p></html>"
    )


def _missed(shares: Sequence[Share], t: Texts) -> str:
    rows = [
        [
            name_of(share.name, t),
            f"{share.share:.0%}",
            t("team.missed", missed=share.missed, due=share.due),
        ]
        for share in shares
        if share.missed
    ]
    return _table([t("team.what"), t("team.share"), t("team.calls")], rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{esc(one)}</th>" for one in heads)
    body = "".join(f"<tr>{''.join(f'<td>{esc(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"
