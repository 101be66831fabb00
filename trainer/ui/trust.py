"""Trust over the call as a chart, with the lines that moved it; shown only after the call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import altair as alt
import pandas as pd
import streamlit as st

from trainer.dialogue.state import DialogueState
from trainer.practice import Review
from trainer.ui.counterpart import called
from trainer.ui.html import esc
from trainer.ui.texts import Texts, load_texts
from trainer.ui.transcript import turn_link

_NOTABLE = 4
"""Points of trust in one line from which it is worth a mention."""
_MOST_MOVERS = 4


@dataclass(frozen=True, slots=True)
class Point:
    """Trust after one customer turn.

    Attributes:
        turn: Index of the trainee's line that led there; None for picking up.
        trust: 0–100; `change` against the point before.
        causes: Names of what moved it, strongest first.
    """

    turn: int | None
    said: str
    trust: int
    change: int
    causes: tuple[str, ...]


def curve(review: Review) -> list[Point]:
    """Returns one point for each customer turn, in order."""
    turns = {kept.index: kept.turn for kept in review.call.turns}
    states = sorted(review.states.items())
    points = [_point(None, "", state, before=state) for _, state in states[:1]]
    for (_, before), (index, state) in pairwise(states):
        said = turns[index - 1].text
        points.append(_point(index - 1, said, state, before=before))
    return points


def draw_trust(review: Review, t: Texts) -> None:
    """Draws the chart and under it the lines that moved trust the most; nothing without states."""
    if not review.states:
        return
    name = called(review, t)
    st.html(
        f"<h2>{esc(t('review.trust.title', name=name))}</h2>"
        f'<p class="wh-small">{esc(t("review.trust.lead"))}</p>'
    )
    points = curve(review)
    st.altair_chart(
        _chart(points, t),
        alt=t("review.trust.alt", first=points[0].trust, last=points[-1].trust),
    )
    movers = sorted(points, key=lambda point: -abs(point.change))[:_MOST_MOVERS]
    notable = [point for point in movers if abs(point.change) >= _NOTABLE]
    if notable:
        st.html(_movers(sorted(notable, key=lambda point: point.turn or 0), t))
    else:
        st.html(f"<p>{esc(t('review.trust.none'))}</p>")


def cause_name(cause: str, t: Texts) -> str:
    """Returns what moved trust, in words."""
    return t(f"acts.{cause}") if f"acts.{cause}" in load_texts() else cause.replace("_", " ")


def _point(turn: int | None, said: str, state: DialogueState, *, before: DialogueState) -> Point:
    trust, earlier = round(100 * state.trust), round(100 * before.trust)
    moving = [effect for effect in state.effects if effect.trust]
    moving.sort(key=lambda effect: -abs(effect.trust))
    return Point(turn, said, trust, trust - earlier, tuple(effect.cause for effect in moving))


def _chart(points: Sequence[Point], t: Texts) -> alt.LayerChart | alt.FacetChart:
    table = pd.DataFrame([_row(number, point, t) for number, point in enumerate(points)])
    x = alt.X("step:Q", title=None, axis=None)
    y = alt.Y(
        "trust:Q",
        title=t("review.trust.trust"),
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(values=[0, 25, 50, 75, 100], tickSize=0, domain=False),
    )
    hover = [alt.Tooltip(f"{key}:N", title=title) for key, title in _tooltips(t).items()]
    base = alt.Chart(table, height=240).encode(x=x, y=y)
    line = base.mark_line(interpolate="monotone", strokeWidth=2.5, color="#178079")
    dots = base.mark_circle(size=110, opacity=1, color="#178079").encode(tooltip=hover)
    return alt.layer(line, dots)


def _tooltips(t: Texts) -> Mapping[str, str]:
    names = ("said", "change", "why", "value")
    keys = ("said", "change", "why", "trust")
    return {name: t(f"review.trust.{key}") for name, key in zip(names, keys, strict=True)}


def _row(step: int, point: Point, t: Texts) -> dict[str, object]:
    return {
        "step": step,
        "trust": point.trust,
        "value": str(point.trust),
        "said": point.said or t("review.trust.pick_up"),
        "change": f"{point.change:+d}" if point.change else "0",
        "why": ", ".join(cause_name(cause, t) for cause in point.causes) or "–",
    }


def _movers(points: Sequence[Point], t: Texts) -> str:
    rows = "".join(_mover(point, point.turn, t) for point in points if point.turn is not None)
    return (
        f"<h3>{esc(t('review.trust.movers'))}</h3><table class='wh-movers'><tbody>{rows}</tbody>"
        "</table>"
    )


def _mover(point: Point, turn: int, t: Texts) -> str:
    tone = "wh-good" if point.change > 0 else "wh-bad"
    causes = ", ".join(cause_name(cause, t) for cause in point.causes)
    line = turn_link(turn, t("common.turn", number=turn + 1))
    return (
        f'<tr><td class="{tone}">{point.change:+d}</td>'
        f'<td><div class="wh-text" lang="de">„{esc(point.said)}“</div>'
        f'<div class="wh-small">{esc(causes)} · {line}</div></td></tr>'
    )
