"""The figures of a run as charts, drawn to SVG: the page needs neither network nor scripts."""

from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from typing import Any, TypeAlias

import altair as alt
import pandas as pd

DRAWS = find_spec("vl_convert") is not None
"""Whether charts can be drawn; `vl-convert-python` is among the requirements."""

Drawing: TypeAlias = Any
"""An Altair chart; `encode` is not typed."""


def draw_all(figures: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yields a title and an SVG drawing for each chart; none where nothing can draw them."""
    if not DRAWS:
        return
    import vl_convert

    for title, build in _CHARTS.items():
        yield title, vl_convert.vegalite_to_svg(build(figures).to_dict())


def _won(figures: Mapping[str, Any]) -> Drawing:
    rows = [
        {"agent": agent, "difficulty": level, "won": share}
        for agent, one in figures["agents"].items()
        for level, share in one["won_by_difficulty"].items()
    ]
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("agent:N", sort=list(figures["agents"]), title=None),
            xOffset=alt.XOffset("difficulty:N", sort=["easy", "medium", "hard"]),
            y=alt.Y(
                "won:Q", axis=alt.Axis(format="%"), title="won", scale=alt.Scale(domain=[0, 1])
            ),
            color=alt.Color("difficulty:N", sort=["easy", "medium", "hard"], scale=_scale()),
        )
        .properties(width=620, height=240)
    )


def _trust(figures: Mapping[str, Any]) -> Drawing:
    rows = [
        {"agent": agent, "turn": turn, "trust": trust}
        for agent, curve in figures["trust"].items()
        for turn, trust in enumerate(curve, start=1)
    ]
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_line()
        .encode(
            x=alt.X("turn:Q", title="agent turn"),
            y=alt.Y("trust:Q", scale=alt.Scale(domain=[0, 1])),
            color=alt.Color("agent:N", sort=list(figures["agents"]), scale=_scale()),
        )
        .properties(width=620, height=260)
    )


def _by_customer(figures: Mapping[str, Any]) -> Drawing:
    rows = [
        {"customer": persona, "agent": agent, "won": share}
        for persona, shares in figures["personas"].items()
        for agent, share in shares.items()
        if share is not None
    ]
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_rect()
        .encode(
            x=alt.X("agent:N", sort=list(figures["agents"]), title=None),
            y=alt.Y("customer:N", title=None),
            color=alt.Color("won:Q", scale=alt.Scale(scheme="blues", domain=[0, 1]), title="won"),
        )
        .properties(width=420)
    )


def _endings(figures: Mapping[str, Any]) -> Drawing:
    rows = [
        {"agent": agent, "ending": ending, "calls": count}
        for agent, one in figures["agents"].items()
        for ending, count in one["endings"].items()
        if count
    ]
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            y=alt.Y("agent:N", sort=list(figures["agents"]), title=None),
            x=alt.X("calls:Q", stack="normalize", axis=alt.Axis(format="%"), title="calls"),
            color=alt.Color("ending:N", scale=_scale()),
        )
        .properties(width=620)
    )


def _objections(figures: Mapping[str, Any]) -> Drawing:
    return _grouped(figures, ("raised", "settled", "returned", "facts"), "objections and facts")


def _scores(figures: Mapping[str, Any]) -> Drawing:
    return _grouped(figures, ("lead", "needs", "objections", "close"), "points")


def _effort(figures: Mapping[str, Any]) -> Drawing:
    rows = [
        {"agent": agent, "turns": one["means"]["turns"], "resisting": one["means"]["resistance"]}
        for agent, one in figures["agents"].items()
    ]
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_point(filled=True, size=120)
        .encode(
            x=alt.X("turns:Q", title="agent turns"),
            y=alt.Y("resisting:Q", axis=alt.Axis(format="%"), title="resisting customer turns"),
            color=alt.Color("agent:N", sort=list(figures["agents"]), scale=_scale()),
        )
        .properties(width=420, height=240)
    )


def _grouped(figures: Mapping[str, Any], names: tuple[str, ...], title: str) -> Drawing:
    rows = [
        {"agent": agent, "what": name, "mean": one["means"][name]}
        for agent, one in figures["agents"].items()
        for name in names
        if one["means"][name] is not None
    ]
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("agent:N", sort=list(figures["agents"]), title=None),
            xOffset=alt.XOffset("what:N", sort=list(names)),
            y=alt.Y("mean:Q", title=title),
            color=alt.Color("what:N", sort=list(names), scale=_scale(), title=None),
        )
        .properties(width=620, height=240)
    )


def _scale() -> alt.Scale:
    return alt.Scale(scheme="tableau10")


_CHARTS: Mapping[str, Callable[[Mapping[str, Any]], Drawing]] = {
    "Calls won": _won,
    "Calls won, by customer": _by_customer,
    "Trust in the course of the call": _trust,
    "How calls ended": _endings,
    "Turns and resistance": _effort,
    "Objections and facts, a call": _objections,
    "Points, by principle": _scores,
}
