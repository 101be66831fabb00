"""The top of a review: outcome, two points to work on, one strength, four levels."""

import streamlit as st

from trainer.core.assessment import Advice, Assessment, Breach, PrincipleScore, Strength
from trainer.core.rubric import Principle, PrincipleRubric, Rubric
from trainer.practice import Review
from trainer.ui import clock
from trainer.ui.counterpart import portrait, title_of
from trainer.ui.ending import ending_badge
from trainer.ui.html import badge, esc, icon, notice, quoted
from trainer.ui.retry import draw_retry_of_advice
from trainer.ui.texts import Texts
from trainer.ui.transcript import quote_link


def draw_head(review: Review, t: Texts) -> None:
    """Draws whom the call was with, how it ended and the total."""
    call, assessment = review.call, review.call.assessment
    labels = [ending_badge(call.ending, t)] if call.ending else []
    if assessment is not None and assessment.total is not None:
        labels.append(
            badge(t("review.head.passed"), tone="good", symbol="check")
            if assessment.passed
            else badge(t("review.head.failed"), tone="warn")
        )
    when = clock.when(call.started_at, t)
    if review.persona is not None:  # nobody knows how long a real call took
        when += f" · {clock.span((call.ended_at or call.started_at) - call.started_at, t)}"
    st.html(
        f'<div class="wh-hero">{portrait(review, size=72)}<div>'
        f"<h1>{esc(title_of(review, t))}</h1>"
        f'<p class="wh-small">{esc(when)}</p>'
        f'<div class="wh-badges">{"".join(labels)}</div></div>{_total(assessment, t)}</div>'
    )
    for breach in assessment.breaches if assessment else ():
        st.html(_breach(breach, t))


def draw_advice(
    review: Review, rubric: Rubric | None, t: Texts, *, retrying: str | None = None
) -> None:
    """Draws the points to work on, then what went well.

    Args:
        review: The call.
        rubric: Names of the checks; None where its file is broken.
        t: The words.
        retrying: Id of the trainee where they can try again from the moment of a point.
    """
    assessment = review.call.assessment
    if assessment is None:
        return
    st.html(f"<h2>{esc(t('review.advice.title'))}</h2>")
    if not assessment.advice:
        notice(t("review.advice.none"))
    with st.container(key="advice"):
        for number, advice in enumerate(assessment.advice):
            with st.container(key=f"advice-card-{number}"):
                st.html(_advice(advice, rubric, t))
                if retrying is not None:
                    draw_retry_of_advice(review, retrying, number, t)
    if assessment.strength:
        st.html(_strength(assessment.strength, t))


def draw_levels(assessment: Assessment, rubric: Rubric | None, t: Texts) -> None:
    """Draws the four principles with level, points and what the level means."""
    cards = "".join(
        _level(principle, assessment.principles[principle], rubric, t)
        for principle in Principle
        if principle in assessment.principles
    )
    st.html(f'<h2>{esc(t("review.levels.title"))}</h2><div class="wh-levels">{cards}</div>')


def _total(assessment: Assessment | None, t: Texts) -> str:
    if assessment is None or assessment.total is None:
        return f'<div class="wh-total">{badge(t("common.not_scored"))}</div>'
    return (
        f'<div class="wh-total"><div class="wh-label">{esc(t("review.head.total"))}</div>'
        f"<strong>{assessment.total:.0f}</strong> "
        f'<span class="wh-small">{esc(t("review.head.of_100"))}</span></div>'
    )


def _breach(breach: Breach, t: Texts) -> str:
    quotes = "".join(f"<div>{quote_link(quote)}</div>" for quote in breach.quotes)
    return (
        f'<div class="wh-notice wh-bad">{icon("gavel")}<div>'
        f"<strong>{esc(t('review.breach.title'))}</strong>"
        f"<div>{esc(t.of(breach.reason))}</div>{quotes}</div></div>"
    )


def _advice(advice: Advice, rubric: Rubric | None, t: Texts) -> str:
    check = rubric.check(advice.check) if rubric else None
    title = f"<h3>{esc(t.of(check.title))}</h3>" if check else ""
    moment = (
        f'<div><div class="wh-label">{esc(t("review.advice.moment"))}</div>'
        f"{quote_link(advice.quote)}</div>"
        if advice.quote
        else ""
    )
    return (
        f'<article class="wh-advice">{title}<p>{esc(t.of(advice.happened))} '
        f"{esc(t.of(advice.why))}</p>{moment}"
        f'<div><div class="wh-label">{esc(t("review.advice.better"))}</div>'
        f'<div class="wh-better wh-text" lang="de">{esc(quoted(advice.better))}</div></div>'
        f'<p class="wh-small"><strong>{esc(t("review.advice.next_time"))}:</strong> '
        f"{esc(t.of(advice.next_time))}</p></article>"
    )


def _strength(strength: Strength, t: Texts) -> str:
    return (
        f'<article class="wh-advice wh-strong"><div class="wh-label wh-good">'
        f"{icon('thumb_up')} {esc(t('review.strength.title'))}</div>"
        f"<p>{esc(t.of(strength.text))}</p><div>{quote_link(strength.quote)}</div></article>"
    )


def _level(principle: Principle, score: PrincipleScore, rubric: Rubric | None, t: Texts) -> str:
    name = f"<h3>{esc(t(f'guide.principle.{principle}'))}</h3>"
    if score.level is None or score.points is None:
        return (
            f'<article class="wh-level">{name}{badge(t("review.head.no_level"))}'
            f'<p class="wh-small">{esc(t.of(score.reason))}</p></article>'
        )
    part = rubric.principles.get(principle) if rubric else None
    level = t("review.head.level", level=score.level)
    points = t("review.head.points", points=f"{score.points:.0f}")
    steps = "".join(f"<i{' class=wh-on' if n <= score.level else ''}></i>" for n in range(1, 6))
    return (
        f'<article class="wh-level">{name}'
        f'<div class="wh-bar" role="img" aria-label="{esc(level)}">{steps}</div>'
        f"<div><strong>{esc(level)}</strong> "
        f'<span class="wh-small">· {esc(points)}</span></div>'
        f"<p>{esc(t.of(part.anchors[score.level] if part else score.reason))}</p>"
        f"{_anchors(part, score.level, t) if part else ''}</article>"
    )


def _anchors(part: PrincipleRubric, reached: int, t: Texts) -> str:
    lines = "".join(
        f'<li class="wh-small"><strong>{level}</strong> {esc(t.of(text))}</li>'
        for level, text in sorted(part.anchors.items())
        if level != reached
    )
    return (
        f'<details><summary class="wh-small">{esc(t("review.head.anchors"))}</summary>'
        f'<ul class="wh-stack">{lines}</ul></details>'
    )
