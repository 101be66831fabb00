"""Every check of the rubric with its result and the words it rests on."""

from collections.abc import Sequence

import streamlit as st

from trainer.core.assessment import Assessment, CheckResult, Finding
from trainer.core.rubric import Principle, Rubric
from trainer.ui.html import Tone, esc, icon
from trainer.ui.texts import Texts
from trainer.ui.transcript import quote_link, turn_link

SYMBOLS: dict[CheckResult, tuple[str, Tone | None]] = {
    CheckResult.MET: ("check_circle", "good"),
    CheckResult.PARTLY: ("contrast", "warn"),
    CheckResult.NOT_MET: ("cancel", "bad"),
    CheckResult.NOT_OBSERVABLE: ("remove_circle_outline", None),
}


def draw_checks(assessment: Assessment, rubric: Rubric | None, t: Texts) -> None:
    """Draws the checks in one foldable list a principle, the relationship notes last."""
    st.html(
        f"<h2>{esc(t('review.checks.title'))}</h2>"
        f'<p class="wh-small">{esc(t("review.checks.lead"))}</p>'
    )
    for principle in (*Principle, None):
        findings = [found for found in assessment.findings if found.principle is principle]
        if findings:
            _draw_group(findings, t(f"guide.principle.{principle or 'relationship'}"), rubric, t)


def _draw_group(findings: Sequence[Finding], name: str, rubric: Rubric | None, t: Texts) -> None:
    seen = [found for found in findings if found.result is not CheckResult.NOT_OBSERVABLE]
    met = sum(found.result is CheckResult.MET for found in seen)
    count = t("review.checks.count", met=met, all=len(seen))
    with st.expander(f"{name} – {count if seen else t('review.checks.not_observable')}"):
        items = "".join(_finding(found, rubric, t) for found in findings)
        st.html(f'<ul class="wh-checks">{items}</ul>')


def _finding(found: Finding, rubric: Rubric | None, t: Texts) -> str:
    symbol, tone = SYMBOLS[found.result]
    check = rubric.check(found.id) if rubric else None
    title = t.of(check.title) if check else found.id
    quotes = "".join(f"<div>{quote_link(quote)}</div>" for quote in found.quotes)
    due = (
        turn_link(found.due, t("review.checks.due", number=found.due + 1))
        if found.due is not None and found.result is CheckResult.NOT_MET
        else ""
    )
    return (
        f"<li>{icon(symbol, tone=tone)}<div><strong>{esc(title)}</strong> "
        f'<span class="wh-small">· {esc(t(f"review.checks.{found.result}"))}</span>'
        f'<div class="wh-small">{esc(t.of(found.reason))} {due}</div>'
        f'<div class="wh-quotes">{quotes}</div></div></li>'
    )
