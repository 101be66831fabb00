"""The form of a rubric: what counts how much, and from when."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from trainer.core.rubric import WHOLE, Principle
from trainer.ui.content_fields import Fields
from trainer.ui.html import badge, esc, unmarked
from trainer.ui.texts import Texts
from trainer.ui.workpiece import Workpiece


def _general(fields: Fields, work: Workpiece, t: Texts) -> None:
    fields.both("title")
    left, right = st.columns(2)
    with left:
        fields.number("pass_mark", 1.0, 100.0)
    with right:
        fields.whole("level_without_objections", 1, 5)


def _principle(principle: Principle, fields: Fields, work: Workpiece, t: Texts) -> None:
    path = f"principles.{principle}"
    part = work.draft["principles"][principle]
    for number, column in enumerate(st.columns(4)):
        with column:
            label = t("content.field.level", level=number + 2)
            fields.number(f"{path}.thresholds.{number}", 0.0, 100.0, label=label)
    fields.place(f"{path}.thresholds")
    for number in range(len(part["checks"])):
        _draw_check(f"{path}.checks.{number}", part["checks"][number], fields, t, weighed=True)
    total = sum(check["weight"] for check in part["checks"] if not check["harmful"])
    st.html(f"<p>{esc(t('content.field.sum', sum=f'{total:g}', whole=WHOLE))}</p>")
    fields.place(f"{path}.checks")


def _relationship(fields: Fields, work: Workpiece, t: Texts) -> None:
    for number, check in enumerate(work.draft["relationship"]):
        _draw_check(f"relationship.{number}", check, fields, t, weighed=False)


def _draw_check(
    path: str, check: Mapping[str, Any], fields: Fields, t: Texts, *, weighed: bool
) -> None:
    named, weight = st.columns([4, 1], vertical_alignment="center")
    with named, st.container(gap=None):
        fields.switch(f"{path}.enabled", label=unmarked(check["title"][t.language]))
        mark = badge(t("content.field.minus"), tone="bad") if check["harmful"] else ""
        st.html(f'<p class="wh-small">{esc(check["explanation"][t.language])} {mark}</p>')
    if weighed:
        with weight:
            fields.number(f"{path}.weight", 0.5, 100.0)


GROUPS: Mapping[str, Callable[[Fields, Workpiece, Texts], None]] = {
    "general": _general,
    **{principle: partial(_principle, principle) for principle in Principle},
    "relationship": _relationship,
}
"""The parts by name; each draws its fields."""
