"""The page about agreement: figures with intervals, a cross table, files to take along."""

import json
from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from trainer.core.assessment import CheckResult
from trainer.core.person import Role
from trainer.measured import Basis, as_csv, as_json
from trainer.scoring.agreement import Estimate
from trainer.scoring.pairs import Row
from trainer.ui import door, services, state
from trainer.ui.corrections import name_of
from trainer.ui.figures import decimal
from trainer.ui.html import esc, heading, notice
from trainer.ui.texts import Texts

_RESULTS = (CheckResult.NOT_MET, CheckResult.PARTLY, CheckResult.MET)


def render() -> None:
    """Draws the figures for coaches and administrators."""
    t, actor = state.texts(), services.actor()
    if actor.role is Role.TRAINEE:
        door.draw_coaches_only("agreement.title", "coach.only", t)
        return
    heading(t("agreement.title"), lead=t("agreement.lead"))
    chosen = st.segmented_control(
        t("agreement.basis.title"),
        list(Basis),
        default=Basis.BLIND,
        required=True,
        key="agreement_basis",
        format_func=lambda one: t(f"agreement.basis.{one}"),
    )
    basis = Basis(chosen or Basis.BLIND)
    st.html(f'<p class="wh-small">{esc(t(f"agreement.basis.{basis}_lead"))}</p>')
    found = services.measured().report(actor, basis)
    if not found:
        notice(t("agreement.none"))
        return
    _draw_tables(found, t)
    _draw_confusion(found, t)
    _draw_files(found, basis, t)


def _draw_tables(found: Sequence[Row], t: Texts) -> None:
    for title, of_principle in (("principles", True), ("checks", False)):
        rows = [row for row in found if row.of_principle is of_principle]
        if rows:
            st.html(f"<h2>{esc(t(f'agreement.{title}'))}</h2>")
            st.dataframe(_table(rows, t), hide_index=True, alt=t(f"agreement.{title}"))
    st.html(f'<p class="wh-small">{esc(t("agreement.explained"))}</p>')


def _table(rows: Sequence[Row], t: Texts) -> pd.DataFrame:
    lines = [
        {
            "subject": name_of(row.subject, t),
            "pairs": row.agreement.calls,
            "kappa": _figure(row.agreement.kappa, t),
            "exact": _percent(row.agreement.exact),
            "within_one": _percent(row.agreement.within_one),
            "left_out": row.left_out,
        }
        for row in rows
    ]
    return pd.DataFrame(lines).rename(columns=lambda name: t(f"agreement.column.{name}"))


def _figure(figure: Estimate, t: Texts) -> str:
    if figure.value is None:
        return "–"
    value, low, high = (decimal(one, 2, t) for one in (figure.value, figure.low, figure.high))
    return f"{value} ({low} – {high})"


def _percent(figure: Estimate) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return "–"
    return f"{100 * figure.value:.0f} % ({100 * figure.low:.0f} – {100 * figure.high:.0f})"


def _draw_confusion(found: Sequence[Row], t: Texts) -> None:
    names = {row.subject: name_of(row.subject, t) for row in found}
    rows = {row.subject: row for row in found}
    with st.container(key="panel-confusion", border=True):
        st.html(
            f"<h2>{esc(t('agreement.confusion.title'))}</h2>"
            f'<p class="wh-small">{esc(t("agreement.confusion.lead"))}</p>'
        )
        subject = st.selectbox(
            t("agreement.confusion.which"),
            list(rows),
            key="agreement_subject",
            format_func=lambda one: names[one],
        )
        row = rows[subject]
        table = row.agreement.confusion
        same = sum(table[place][place] for place in range(len(table)))
        st.altair_chart(
            _chart(row, t),
            alt=t(
                "agreement.confusion.alt",
                name=names[subject],
                same=same,
                all=row.agreement.calls,
            ),
        )


def _chart(row: Row, t: Texts) -> alt.LayerChart | alt.FacetChart:
    labels = (
        [str(level) for level in range(1, 6)]
        if row.of_principle
        else [t(f"review.checks.{result}") for result in _RESULTS]
    )
    cells = pd.DataFrame(
        {"coach": labels[column], "automatic": labels[line], "count": count}
        for line, counts in enumerate(row.agreement.confusion)
        for column, count in enumerate(counts)
    )
    most = max(int(cells["count"].max()), 1)
    base = alt.Chart(cells, height=280).encode(
        x=alt.X(
            "coach:N",
            sort=labels,
            title=t("agreement.confusion.coach"),
            axis=alt.Axis(labelAngle=0),
        ),
        y=alt.Y("automatic:N", sort=labels[::-1], title=t("agreement.confusion.automatic")),
        tooltip=[
            alt.Tooltip("automatic:N", title=t("agreement.confusion.automatic")),
            alt.Tooltip("coach:N", title=t("agreement.confusion.coach")),
            alt.Tooltip("count:Q", title=t("agreement.confusion.count")),
        ],
    )
    shade = alt.Color(
        "count:Q",
        legend=None,
        scale=alt.Scale(domain=[0, most], range=["#e6f0ee", "#0b6b66"]),
    )
    ink = alt.condition(alt.datum.count > most / 2, alt.value("#ffffff"), alt.value("#1c2a29"))
    numbers = base.mark_text(fontSize=15).encode(text="count:Q", color=ink)
    return alt.layer(base.mark_rect(cornerRadius=4).encode(color=shade), numbers)


def _draw_files(found: Sequence[Row], basis: Basis, t: Texts) -> None:
    with st.container(horizontal=True):
        st.download_button(
            t("agreement.file.csv"),
            as_csv(found),
            file_name=f"agreement-{basis}.csv",
            mime="text/csv",
            key="agreement_csv",
            icon=":material/download:",
        )
        st.download_button(
            t("agreement.file.json"),
            json.dumps(as_json(found, basis), ensure_ascii=False, indent=1),
            file_name=f"agreement-{basis}.json",
            mime="application/json",
            key="agreement_json",
            icon=":material/download:",
        )
