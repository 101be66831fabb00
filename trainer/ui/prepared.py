"""The preparation in the review: beside what was true and what was done."""

import streamlit as st

from trainer.core.persona import ObjectionKind
from trainer.core.preparation import Analysis
from trainer.hindsight import Answered, Hindsight, Known, Offered, Prepared, Worth
from trainer.practice import Review
from trainer.ui import services
from trainer.ui.figures import euros
from trainer.ui.html import Tone, badge, esc, icon, notice
from trainer.ui.texts import Texts

_FIT_TONES: dict[str, Tone] = {"good": "good", "half": "warn", "poor": "bad"}


def draw_prepared(review: Review, t: Texts, *, seen_by_coach: bool = False) -> None:
    """Draws the preparation of an ended call compared with the call, or that there was none."""
    st.html(f"<h2>{esc(t('prepare.review.title'))}</h2>")
    compared = services.preparing().compared(review)
    if compared is None:
        notice(t("prepare.review.skipped_seen" if seen_by_coach else "prepare.review.skipped"))
        return
    parts = [_question(one, compared, t) for one in compared.questions]
    parts += [
        _worth(compared.worth, t),
        _part(t("prepare.review.benefits"), [_benefit(one, t) for one in compared.benefits]),
        _part(t("prepare.review.answers"), [_answer(one, t) for one in compared.answers]),
        _opening(compared, t),
    ]
    with st.expander(t("prepare.step.analysis").partition("· ")[2], expanded=True):
        st.html(f'<div class="wh-stack">{"".join(parts[: len(Analysis)])}</div>')
    st.html(f'<div class="wh-stack">{"".join(parts[len(Analysis) :])}</div>')


def _question(one: Answered, compared: Hindsight, t: Texts) -> str:
    own, verdict = one.own, ""
    if one.question is Analysis.LOST and compared.reason is not None:
        own = t(f"guide.churn_reason.{compared.reason}")
        right = compared.reason is compared.true_reason
        verdict = badge(
            t("prepare.review.reason_right" if right else "prepare.review.reason_wrong"),
            tone="good" if right else "warn",
        )
    mine = esc(own) if own else f'<span class="wh-small">{esc(t("prepare.review.nothing"))}</span>'
    truth = "".join(_known(known, t) for known in one.truth)
    return (
        f"<div><strong>{esc(t(f'prepare.analysis.{one.question}'))}</strong> {verdict}"
        f'<div class="wh-compared"><div><div class="wh-label">{esc(t("prepare.review.own"))}</div>'
        f'<div class="wh-text">{mine}</div></div>'
        f'<div><div class="wh-label">{esc(t("prepare.review.truth"))}</div>'
        f"{truth}</div></div></div>"
    )


def _known(known: Known, t: Texts) -> str:
    status = t("prepare.review.heard" if known.heard else "prepare.review.unheard")
    symbol = icon("hearing" if known.heard else "visibility_off")
    return (
        f'<div lang="de">{esc(known.note)}</div><div class="wh-small">{symbol} {esc(status)}</div>'
    )


def _worth(worth: Worth, t: Texts) -> str:
    lines = [
        t("prepare.review.worth_own", own=euros(worth.own, t), true=euros(worth.true, t)),
    ]
    if worth.verdict is not None:
        name = t(f"prepare.verdict.{worth.verdict}")
        lines.append(t("prepare.review.verdict", verdict=name))
    if worth.budget:
        lines.append(t("prepare.review.budget", budget=euros(worth.budget, t)))
    verdict = ""
    if worth.right is not None:
        key = "prepare.review.worth_right" if worth.right else "prepare.review.worth_wrong"
        verdict = badge(t(key), tone="good" if worth.right else "bad")
    return _part(t("prepare.review.worth"), [f"<p>{esc(' '.join(lines))} {verdict}</p>"])


def _benefit(one: Offered, t: Texts) -> str:
    labels = (
        badge(t("prepare.review.planned" if one.planned else "prepare.review.unplanned")),
        badge(t("prepare.review.offered" if one.offered else "prepare.review.not_offered")),
        badge(t(f"prepare.review.fit_{one.fit}"), tone=_FIT_TONES[one.fit]),
    )
    return (
        f"<div><strong>{esc(t(f'guide.benefit.{one.benefit}'))}</strong>"
        f'<div class="wh-badges">{"".join(labels)}</div></div>'
    )


def _answer(one: Prepared, t: Texts) -> str:
    labels = []
    if one.kind is not ObjectionKind.NONE:
        pretext = one.kind is ObjectionKind.PRETEXT
        labels.append(badge(t("review.stories.pretext" if pretext else "review.stories.real")))
    if one.answered is None:
        labels.append(badge(t("prepare.review.not_raised")))
    else:
        key = "prepare.review.answered" if one.answered else "prepare.review.unanswered"
        labels.append(badge(t(key), tone="good" if one.answered else "warn"))
    own = esc(one.own) if one.own else esc(t("prepare.review.nothing"))
    return (
        f"<div><strong>{esc(t(f'guide.objection.{one.objection}'))}</strong>"
        f'<div class="wh-badges">{"".join(labels)}</div>'
        f'<div class="wh-text{"" if one.own else " wh-small"}">{own}</div></div>'
    )


def _opening(compared: Hindsight, t: Texts) -> str:
    if compared.opening is None:
        name, steps = t("prepare.review.none"), []
    else:
        name = t(f"prepare.opening.{compared.opening}")
        steps = [
            f"<div>{icon('check_circle', tone='good') if step.done else icon('cancel', tone='bad')}"
            f" {esc(t(f'acts.{step.act}'))}</div>"
            for step in compared.steps
        ]
    return _part(t("prepare.review.opening", opening=name), ["".join(steps)])


def _part(title: str, items: list[str]) -> str:
    inner = "".join(items)
    return f'<div class="wh-story"><h3>{esc(title)}</h3><div class="wh-stack">{inner}</div></div>'
