"""The customer's card, and beside it what can be thought out before dialling."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from trainer.core.persona import ChurnReason, Economics, Persona
from trainer.core.plan import Benefit, Objection
from trainer.core.preparation import (
    MOST_BENEFITS,
    Analysis,
    Opening,
    Preparation,
    Verdict,
    cut,
)
from trainer.ui import customer, services, state
from trainer.ui.avatar import picture
from trainer.ui.dial import draw_dial
from trainer.ui.figures import euros
from trainer.ui.html import esc
from trainer.ui.texts import Texts

_NOTED = tuple(question for question in Analysis if question is not Analysis.LOST)
"""The questions that are answered in one's own words."""
_FIGURES = ("revenue_per_year", "years", "care_cost_per_year", "winback_cost")


def draw_card(person: str, persona: Persona, t: Texts) -> None:
    """Draws one customer's card, the five steps of preparing, and the button that dials."""
    st.button(
        t("practice.card.back"),
        key="back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=state.show_start,
    )
    preparing = services.preparing()
    left, right = st.columns([5, 6], gap="medium")
    with left:
        _draw_customer(persona, t)
    with right:
        before = preparing.draft(person, persona.id)
        head = st.container(key="dial", horizontal=True, vertical_alignment="center")
        about = st.container()
        form = _Form(persona, before, t)
        preparation = form.draw()
        if preparation != before:
            preparing.save(person, persona.id, preparation)
        done = preparation.steps_done
        with head:
            draw_dial(person, persona, form.read, t)
        hint = t("prepare.done", done=done) if done else t("prepare.skip")
        with about:
            st.html(f'<p class="wh-small" role="status">{esc(hint)}</p>')


def _draw_customer(persona: Persona, t: Texts) -> None:
    with st.container(key="card", border=True, gap="medium"):
        st.html(
            f'<div class="wh-row">{picture(persona, size=80)}<div><div class="wh-label">'
            f"{esc(t('practice.card.title'))}</div><h1>{esc(persona.full_name)}</h1></div></div>"
            f'<p class="wh-lead">{esc(t.of(persona.card.headline))}</p>'
        )
        st.html(
            f'<div class="wh-stack">{customer.badges(persona, t)}{customer.facts(persona, t)}</div>'
        )
        st.html(f"<h2>{esc(t('practice.card.history'))}</h2>{customer.history(persona, t)}")
        st.html(
            f'<p class="wh-small">{esc(t("practice.card.pretext_hint"))} '
            f"{esc(t('practice.card.call_hint', name=persona.salutation))}</p>"
        )


@dataclass(frozen=True, slots=True)
class _Form:
    """The five steps; what a widget shows first is the draft."""

    persona: Persona
    draft: Preparation
    t: Texts

    def draw(self) -> Preparation:
        t = self.t
        st.html(
            f'<div class="wh-head"><h2>{esc(t("prepare.title"))}</h2>'
            f'<p class="wh-small">{esc(t("prepare.lead"))}</p></div>'
        )
        with self._step("analysis", opened=True):
            self._draw_analysis()
        with self._step("worth"):
            self._draw_worth()
        with self._step("benefits"):
            st.multiselect(
                t("prepare.benefits.label"),
                list(Benefit),
                key=self._seed("benefits", list(self.draft.benefits)),
                max_selections=MOST_BENEFITS,
                placeholder=t("prepare.benefits.none"),
                format_func=self._named("guide", "benefit"),
            )
        with self._step("answers"):
            for objection in Objection:
                self._draw_answer(objection)
        with self._step("opening"):
            self._draw_opening()
        return self.read()

    def read(self) -> Preparation:
        """Returns what stands in the fields; also right after a click, before they are drawn."""
        notes = {question: cut(self._value(question)) for question in _NOTED}
        answers = {one: cut(self._value(f"answer_{one}")) for one in Objection}
        return Preparation(
            reason=self._value("reason"),
            notes={question: text for question, text in notes.items() if text},
            figures=self._figures(),
            verdict=self._value("verdict"),
            budget=self._value("budget"),
            benefits=tuple(self._value("benefits")),
            answers={objection: text for objection, text in answers.items() if text},
            opening=self._value("opening"),
        )

    def _figures(self) -> Economics | None:
        figures = Economics.model_validate({name: self._value(name) for name in _FIGURES})
        return None if figures == self.persona.economics else figures

    def _value(self, name: str) -> Any:
        return st.session_state[self._key(name)]

    def _key(self, name: str) -> str:
        return f"prepare_{self.persona.id}_{name}"

    def _draw_analysis(self) -> None:
        t = self.t
        st.selectbox(
            t(f"prepare.analysis.{Analysis.LOST}"),
            list(ChurnReason),
            index=None,
            key=self._seed("reason", self.draft.reason),
            placeholder=t("prepare.analysis.none"),
            format_func=self._named("guide", "churn_reason"),
        )
        for question in _NOTED:
            st.text_area(
                t(f"prepare.analysis.{question}"),
                key=self._seed(question, self.draft.notes.get(question, "")),
                height=68,
            )

    def _draw_worth(self) -> None:
        t = self.t
        st.html(f'<p class="wh-small">{esc(t("prepare.worth.lead"))}</p>')
        start = self.draft.figures or self.persona.economics
        with st.container(key="figures"):
            for name in _FIGURES:
                st.number_input(
                    t(f"prepare.worth.{name}"),
                    min_value=0.1 if name == "years" else 0.0,
                    max_value=40.0 if name == "years" else 10_000_000.0,
                    step=1.0 if name == "years" else 10.0,
                    format="%.1f" if name == "years" else "%.0f",
                    key=self._seed(name, getattr(start, name)),
                )
        value = (self._figures() or self.persona.economics).lifetime_value
        tone = "good" if value > 0 else "bad"
        st.html(
            f'<div class="wh-clv wh-{tone}" role="status"><span class="wh-small">'
            f"{esc(t('prepare.worth.formula'))}</span><strong>{esc(euros(value, t))}</strong></div>"
        )
        st.segmented_control(
            t("prepare.worth.verdict"),
            list(Verdict),
            key=self._seed("verdict", self.draft.verdict),
            format_func=self._named("prepare", "verdict"),
        )
        budget = st.number_input(
            t("prepare.worth.budget"),
            min_value=0.0,
            max_value=10_000_000.0,
            step=10.0,
            format="%.0f",
            key=self._seed("budget", self.draft.budget),
            placeholder=t("prepare.worth.no_budget"),
            value=None,
        )
        if budget and budget > max(value, 0):
            st.html(f'<p class="wh-small wh-bad">{esc(t("prepare.worth.too_much"))}</p>')

    def _draw_answer(self, objection: Objection) -> None:
        st.text_area(
            self.t(f"guide.objection.{objection}"),
            key=self._seed(f"answer_{objection}", self.draft.answers.get(objection, "")),
            placeholder=self.t(f"prepare.answers.{objection}"),
            height=80,
        )

    def _draw_opening(self) -> None:
        t = self.t
        st.radio(
            t("prepare.opening.label"),
            list(Opening),
            index=None,
            key=self._seed("opening", self.draft.opening),
            format_func=self._named("prepare", "opening"),
            captions=[t(f"prepare.opening.{opening}_hint") for opening in Opening],
        )

    def _step(self, name: str, *, opened: bool = False) -> st.delta_generator.DeltaGenerator:
        return st.expander(self.t(f"prepare.step.{name}"), key=f"step-{name}", expanded=opened)

    def _seed(self, name: str, value: object) -> str:
        return state.seed(self._key(name), value)

    def _named(self, file: str, group: str) -> Callable[[str], str]:
        return lambda label: self.t(f"{file}.{group}.{label}")
