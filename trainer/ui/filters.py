"""The filters over the coach's list of calls."""

from collections.abc import Mapping, Sequence

import streamlit as st

from trainer.core.plan import Ending
from trainer.core.rubric import Principle
from trainer.store.calls import CallFilter, CallSummary
from trainer.ui import clock
from trainer.ui.texts import Texts

_YES_NO = {"yes": True, "no": False}


def draw_filters(calls: Sequence[CallSummary], t: Texts) -> CallFilter:
    """Draws the filters with the choices these calls offer and returns what is wanted."""
    words = st.text_input(
        t("coach.filter.words"),
        key="filter_words",
        icon=":material/search:",
        max_chars=100,
        placeholder=t("coach.filter.words_hint"),
    )
    with st.container(key="panel-filters", border=True):
        done = _choice("done", {answer: t(f"coach.filter.{answer}") for answer in _YES_NO}, t)
        person = _choice("person", {call.person: call.person_name for call in calls}, t)
        persona = _choice("persona", {c.persona_id: c.persona_name for c in calls if not c.real}, t)
        ending = _choice("ending", {e: t(f"guide.ending.{e}") for e in Ending}, t)
        passed = _choice("passed", {answer: t(f"coach.filter.{answer}") for answer in _YES_NO}, t)
        real = _choice("real", {answer: t(f"coach.filter.{answer}") for answer in _YES_NO}, t)
        differing = _choice(
            "differing", {answer: t(f"coach.filter.{answer}") for answer in _YES_NO}, t
        )
        since = st.date_input(
            t("coach.filter.since"), value=None, key="filter_since", format="DD.MM.YYYY"
        )
        weak = _choice("weak", {p: t(f"guide.principle.{p}") for p in Principle}, t)
    return CallFilter(
        weak_in=Principle(weak) if weak else None,
        person=person,
        persona_id=persona,
        ending=Ending(ending) if ending else None,
        passed=_YES_NO[passed] if passed else None,
        finished=_YES_NO[done] if done else None,
        words=words.strip() or None,
        real=_YES_NO[real] if real else None,
        differing=_YES_NO[differing] if differing else None,
        since=clock.midnight(since) if since else None,
    )


def _choice(name: str, labels: Mapping[str, str], t: Texts) -> str | None:
    """Draws one selection; nothing chosen means all."""
    return st.selectbox(
        t(f"coach.filter.{name}"),
        sorted(labels, key=lambda value: labels[value]),
        index=None,
        key=f"filter_{name}",
        placeholder=t("common.all"),
        format_func=lambda value: labels[value],
    )
