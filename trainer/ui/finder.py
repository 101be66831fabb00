"""Finds customers: by industry, type, difficulty and the objection to practise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from trainer.core.persona import CustomerType, Difficulty, Persona
from trainer.core.plan import Objection
from trainer.repetition import raises
from trainer.ui import state
from trainer.ui.texts import Texts

_BUSINESS = {"private": False, "business": True}


@dataclass(frozen=True, slots=True)
class Wishes:
    """Whom somebody looks for; None asks for nothing.

    Attributes:
        industry: German name of an industry, or `private` or `business` for all of one kind.
        objection: One that the customer brings up.
    """

    industry: str | None = None
    customer_type: str | None = None
    difficulty: str | None = None
    objection: str | None = None

    def fits(self, persona: Persona) -> bool:
        """Whether this customer is one of those looked for."""
        return (
            self.industry in (None, persona.industry.de, _kind(persona))
            and self.customer_type in (None, persona.customer_type)
            and self.difficulty in (None, persona.difficulty)
            and (self.objection is None or self.objection in raises(persona))
        )


def draw_finder(personas: Sequence[Persona], t: Texts) -> Wishes:
    """Draws the filters and returns what is wished; it holds while the session lasts."""
    names = {persona.industry.de: t.of(persona.industry) for persona in personas}
    industries = {kind: t(f"choose.kind.{kind}") for kind in _BUSINESS} | dict(
        sorted(names.items(), key=lambda item: item[1])
    )
    with st.container(key="finder"):
        wishes = Wishes(
            industry=_pick("industry", industries, t),
            customer_type=_pick("type", _named(CustomerType, "customer_type", t), t),
            difficulty=_pick("difficulty", _named(Difficulty, "difficulty", t), t),
            objection=_pick("objection", _named(Objection, "objection", t), t),
        )
    return wishes


def _kind(persona: Persona) -> str:
    return "business" if persona.business else "private"


def _named(labels: Iterable[str], group: str, t: Texts) -> Mapping[str, str]:
    return {str(label): t(f"guide.{group}.{label}") for label in labels}


def _pick(name: str, labels: Mapping[str, str], t: Texts) -> str | None:
    """Draws one selection; nothing chosen means all. Another page forgets widgets, we do not."""
    options = list(labels)
    before = state.wish(name)
    picked = st.selectbox(
        t(f"choose.finder.{name}"),
        options,
        index=options.index(before) if before in options else None,
        key=f"find_{name}",
        placeholder=t("common.all"),
        format_func=lambda value: labels[value],
    )
    state.remember_wish(name, picked)
    return picked
