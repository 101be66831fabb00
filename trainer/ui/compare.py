"""Two attempts at the same call side by side."""

import streamlit as st

from trainer.comparison import CheckChange, Comparison, LevelPair
from trainer.core.acts import Speaker
from trainer.core.person import Role
from trainer.core.rubric import Rubric
from trainer.errors import CallEndedError, NotFoundError
from trainer.practice import Review
from trainer.ui import faults, links, services, state
from trainer.ui.attempts import name_of
from trainer.ui.avatar import picture
from trainer.ui.bubbles import bubble, column
from trainer.ui.checks import SYMBOLS
from trainer.ui.ending import ending_badge
from trainer.ui.html import badge, esc, heading, icon, notice
from trainer.ui.links import Place
from trainer.ui.texts import Texts


def render() -> None:
    """Draws the two attempts named in the address."""
    person, t = services.person(Role.TRAINEE), state.texts()
    first, second = state.compared()
    try:
        family = services.attempts().family(person, first)
        order = [attempt.call.id for attempt in family]
        pair = sorted((first, second), key=lambda call: order.index(call) if call in order else -1)
        comparison = services.attempts().compare(person, *pair)
    except (NotFoundError, CallEndedError) as error:
        heading(t("common.page.compare"))
        faults.show(error, t)
        links.link(Place.REVIEW, t("review.list.title"), icon=":material/arrow_back:")
        return
    links.link(Place.REVIEW, t("attempts.compare.back"), icon=":material/arrow_back:", call=second)
    names = [
        name_of(number, attempt, t)
        for number, attempt in enumerate(family, start=1)
        if attempt.call.id in pair
    ]
    _draw_head(comparison, names, t)
    _draw_levels(comparison, names, t)
    _draw_changes(
        comparison, services.practice().catalog.rubric_of(comparison.second.call.assessment), t
    )
    _draw_talks(comparison, names, t)


def _draw_head(comparison: Comparison, names: list[str], t: Texts) -> None:
    persona = comparison.second.customer
    title = t("attempts.compare.title", name=persona.full_name)
    cards = "".join(
        _card(review, name, t)
        for review, name in zip((comparison.first, comparison.second), names, strict=True)
    )
    st.html(
        f'<div class="wh-row">{picture(persona, size=64)}<h1>{esc(title)}</h1></div>'
        f'<div class="wh-pair wh-pair-tight">{cards}</div>'
    )


def _card(review: Review, name: str, t: Texts) -> str:
    call = review.call
    total = call.assessment.total if call.assessment else None
    points = t("common.not_scored") if total is None else f"{total:.0f}"
    ending = ending_badge(call.ending, t) if call.ending else ""
    return (
        f'<div class="wh-level"><div class="wh-label">{esc(name)}</div>'
        f'<div class="wh-attempt-total">{esc(points)}</div><div>{ending}</div></div>'
    )


def _draw_levels(comparison: Comparison, names: list[str], t: Texts) -> None:
    if not comparison.levels:
        notice(t("attempts.compare.no_assessment"))
        return
    heads = "".join(f'<th scope="col">{esc(name)}</th>' for name in names)
    rows = "".join(_level_row(pair, t) for pair in comparison.levels)
    st.html(
        f"<h2>{esc(t('attempts.compare.levels'))}</h2>"
        f'<table class="wh-compare"><thead><tr><th scope="col">'
        f"{esc(t('attempts.compare.principle'))}</th>{heads}"
        f'<th scope="col">{esc(t("attempts.compare.change"))}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _level_row(pair: LevelPair, t: Texts) -> str:
    cells = "".join(
        f"<td>{_bar(level)}<div>{esc(_level(level, points, t))}</div></td>"
        for level, points in zip(pair.levels, pair.points, strict=True)
    )
    return (
        f'<tr><th scope="row">{esc(t(f"guide.principle.{pair.principle}"))}</th>{cells}'
        f"<td>{_delta(pair, t)}</td></tr>"
    )


def _bar(level: int | None) -> str:
    if level is None:
        return ""
    steps = "".join(f"<i{' class=wh-on' if n <= level else ''}></i>" for n in range(1, 6))
    return f'<div class="wh-bar" aria-hidden="true">{steps}</div>'


def _level(level: int | None, points: float | None, t: Texts) -> str:
    if level is None or points is None:
        return t("common.not_scored")
    shown = t("attempts.compare.points", points=f"{points:.0f}")
    return f"{t('attempts.compare.level', level=level)} · {shown}"


def _delta(pair: LevelPair, t: Texts) -> str:
    if pair.change is None:
        return esc(t("attempts.compare.unscored"))
    change = round(pair.change)
    if change == 0:
        return badge(t("attempts.compare.same"))
    tone, symbol = ("good", "trending_up") if change > 0 else ("bad", "trending_down")
    return badge(f"{change:+d}", tone="good" if tone == "good" else "bad", symbol=symbol)


def _draw_changes(comparison: Comparison, rubric: Rubric | None, t: Texts) -> None:
    if not comparison.levels:
        return
    st.html(f"<h2>{esc(t('attempts.compare.changes'))}</h2>")
    if not comparison.changes:
        st.html(f"<p>{esc(t('attempts.compare.none'))}</p>")
        return
    items = "".join(_change(change, rubric, t) for change in comparison.changes)
    st.html(f'<ul class="wh-changes">{items}</ul>')


def _change(change: CheckChange, rubric: Rubric | None, t: Texts) -> str:
    check = rubric.check(change.second.id) if rubric else None
    title = t.of(check.title) if check else change.second.id
    word = t("attempts.compare.better" if change.better else "attempts.compare.worse")
    label = badge(
        word,
        tone="good" if change.better else "bad",
        symbol="arrow_upward" if change.better else "arrow_downward",
    )
    steps = [
        f"<span>{icon(symbol, tone=tone)} {esc(t(f'review.checks.{found.result}'))}</span>"
        for found in (change.first, change.second)
        for symbol, tone in [SYMBOLS[found.result]]
    ]
    return (
        f"<li><div><strong>{esc(title)}</strong> {label}</div>"
        f'<div class="wh-small">{steps[0]} → {steps[1]}</div>'
        f"<div>{esc(t.of(change.second.reason))}</div></li>"
    )


def _draw_talks(comparison: Comparison, names: list[str], t: Texts) -> None:
    fork = comparison.fork
    st.html(f"<h2>{esc(t('attempts.compare.talks'))}</h2>")
    if fork:
        shared = t("attempts.compare.shared", number=fork)
        last = _lines(comparison.first, fork - 1, fork, t)
        st.html(f'<p class="wh-small">{esc(shared)}</p>{last}')
    for place, review, name in zip(
        st.columns(2, gap="medium"), (comparison.first, comparison.second), names, strict=True
    ):
        with place, st.container(border=True, key=f"panel-talk-{review.call.id}"):
            lines = _lines(review, fork, len(review.call.turns), t)
            nothing = f'<p class="wh-small">{esc(t("attempts.compare.end"))}</p>'
            said = lines if len(review.call.turns) > fork else nothing
            st.html(f'<h3>{esc(name)}</h3><div class="wh-stack">{said}</div>')


def _lines(review: Review, start: int, end: int, t: Texts) -> str:
    names = {
        Speaker.TRAINEE: t("common.speaker.trainee"),
        Speaker.CUSTOMER: review.customer.salutation,
    }
    lines = "".join(
        bubble(
            kept.turn.speaker,
            names[kept.turn.speaker],
            esc(kept.turn.text),
            number=kept.index + 1,
        )
        for kept in review.call.turns[start:end]
    )
    return column(lines, label=t("attempts.compare.talks"))
