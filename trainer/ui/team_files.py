"""The team's report as files: CSV, JSON and PDF."""

from collections.abc import Callable, Sequence
from dataclasses import asdict

import pandas as pd
import streamlit as st

from trainer.core.rubric import Principle
from trainer.privacy import as_json
from trainer.store.teamwork import Line
from trainer.teamwork import TeamReport
from trainer.ui.html import esc
from trainer.ui.team_sheet import team_pdf
from trainer.ui.texts import Texts


def draw_files(report: TeamReport, lines: Sequence[Line], t: Texts) -> None:
    """Draws one button a file; it is made when somebody wants it."""
    files: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
        ("csv", "text/csv", lambda: calls_csv(lines)),
        ("json", "application/json", lambda: as_json(asdict(report)).encode()),
        ("pdf", "application/pdf", lambda: team_pdf(report, t)),
    )
    with st.container(key="panel-files", border=True):
        st.html(f"<h2>{esc(t('team.files.title'))}</h2>")
        with st.container(horizontal=True):
            for name, mime, content in files:
                st.download_button(
                    t(f"team.files.{name}"),
                    content,
                    file_name=f"wiederhoeren-team.{name}",
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
            "person": _harmless(line.name),
            "customer": _harmless(line.persona_name),
            "started_at": line.started_at.isoformat(),
            "minutes": round((line.ended_at - line.started_at).total_seconds() / 60, 1),
            "total": line.total,
            **{str(one): line.levels.get(one) for one in Principle},
        }
        for line in lines
        if line.submitted
    ]
    text: str = pd.DataFrame(rows).to_csv(index=False, sep=";", decimal=",")
    return text.encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
