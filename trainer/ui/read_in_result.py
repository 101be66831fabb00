"""What came of a batch of real calls: how many were kept, and why the others were not."""

from collections.abc import Sequence

import streamlit as st

from trainer.realcalls import Outcome
from trainer.ui import links, state
from trainer.ui.html import esc, icon, notice
from trainer.ui.links import Place
from trainer.ui.state import Batch
from trainer.ui.texts import Texts
from trainer.uploads import Refused

_LIST_PX = 320
_FEW = 6
_DETAILED = {"json", "csv", "columns", "zip"}
"""Problems whose technical message tells more: which line, which column."""


def draw(batch: Batch, t: Texts) -> None:
    """Draws the outcome and the ways on."""
    kept = [outcome for outcome in batch.outcomes if not outcome.problem]
    refused = [outcome for outcome in batch.outcomes if outcome.problem]
    left = batch.total - len(batch.outcomes)
    if kept:
        notice(t("real.done.kept", count=len(kept)), tone="good")
    if left:
        notice(t("real.done.left", count=left), tone="warn")
    _draw_list(t("real.done.refused", count=len(refused)), [_line(one, t) for one in refused])
    with st.container(horizontal=True):
        if any(outcome.call for outcome in batch.outcomes) and st.button(
            t("real.done.open"), key="real_open", type="primary", icon=":material/school:"
        ):
            state.ask_for_real()
            links.go(Place.COACH)
        st.button(
            t("real.done.more"),
            key="real_more",
            icon=":material/upload_file:",
            on_click=state.end_batch,
        )


def draw_refused(refused: Sequence[Refused], t: Texts) -> None:
    """Draws files that could not even be read; nothing for none."""
    lines = [
        _entry(one.file, t(f"real.problem.{one.problem}"), _details(one.problem, one.details))
        for one in refused
    ]
    _draw_list(t("real.done.refused", count=len(refused)), lines)


def _line(outcome: Outcome, t: Texts) -> str:
    if outcome.reason is not None:
        return _entry(outcome.file, t.of(outcome.reason), "")
    details = _details(outcome.problem, outcome.details)
    return _entry(outcome.file, t(f"real.problem.{outcome.problem}"), details)


def _details(problem: str, details: str) -> str:
    return details if problem in _DETAILED else ""


def _entry(file: str, why: str, details: str) -> str:
    small = f'<div class="wh-small" lang="en">{esc(details)}</div>' if details else ""
    return (
        f'<li>{icon("block", tone="warn")}<div><strong class="wh-text">{esc(file)}</strong>'
        f"<div>{esc(why)}</div>{small}</div></li>"
    )


def _draw_list(title: str, entries: Sequence[str]) -> None:
    if not entries:
        return
    with st.container(border=True, height="content" if len(entries) <= _FEW else _LIST_PX):
        st.html(f'<h3>{esc(title)}</h3><ul class="wh-asked">{"".join(entries)}</ul>')
