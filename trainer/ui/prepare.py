"""The customer's card, and beside it what can be thought out before dialling."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from trainer.core.dialogue import Benefit, Objection
from trainer.core.persona import ChurnReason, Economics, Persona
from trainer.core.preparation import (
    MOST_BENEFITS,
    Analysis,
    Opening,
    Preparation,
    Verdict,
    cut,
)
from trainer.errors import ConflictError, NotFoundError, StoreError
from trainer.ui import customer, faults, services, state
from trainer.ui.avatar import picture
from trainer.ui.dial import dial, draw_dial
from trainer.ui.figures import euros
from trainer.ui.html import esc
from trainer.ui.texts import Texts

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
        preparation = _Form(persona, before, t).draw()
        if preparation != before:
            preparing.save(person, persona.id, preparation)
        done = preparation.steps_done
        with head:
            dialled = draw_dial(t)
        hint = t("prepare.done", done=done) if done else t("prepare.skip")
        with about:
            st.html(f'<p class="wh-small" role="status">{esc(hint)}</p>')
    if dialled:
        try:
            dial(person, persona)
        except (ConflictError, NotFoundError, StoreError) as error:
            faults.show(error, t)


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
            reason, notes = self._analysis()
        with self._step("worth"):
            figures, verdict, budget = self._worth()
        with self._step("benefits"):
            benefits = st.multiselect(
                t("prepare.benefits.label"),
                list(Benefit),
                key=self._seed("benefits", list(self.draft.benefits)),
                max_selections=MOST_BENEFITS,
                placeholder=t("prepare.benefits.none"),
                format_func=self._named("guide", "benefit"),
            )
        with self._step("answers"):
            answers = {one: self._answer(one) for one in Objection}
        with self._step("opening"):
            opening = self._opening()
        return Preparation(
            reason=reason,
            notes={question: text for question, text in notes.items() if text},
            figures=figures,
            verdict=verdict,
            budget=budget,
            benefits=tuple(benefits),
            answers={objection: text for objection, text in answers.items() if text},
            opening=opening,
        )

    def _analysis(self) -> tuple[ChurnReason | None, dict[Analysis, str]]:
        t = self.t
        reason = st.selectbox(
            t(f"prepare.analysis.{Analysis.LOST}"),
            list(ChurnReason),
            index=None,
            key=self._seed("reason", self.draft.reason),
            placeholder=t("prepare.analysis.none"),
            format_func=self._named("guide", "churn_reason"),
        )
        notes: dict[Analysis, str] = {
            question: self._note(t(f"prepare.analysis.{question}"), question)
            for question in Analysis
            if question is not Analysis.LOST
        }
        return reason, notes

    def _worth(self) -> tuple[Economics | None, Verdict | None, float | None]:
        t, card = self.t, self.persona.economics
        st.html(f'<p class="wh-small">{esc(t("prepare.worth.lead"))}</p>')
        start = self.draft.figures or card
        with st.container(key="figures"):
            values = {
                name: st.number_input(
                    t(f"prepare.worth.{name}"),
                    min_value=0.1 if name == "years" else 0.0,
                    max_value=40.0 if name == "years" else 10_000_000.0,
                    step=1.0 if name == "years" else 10.0,
                    format="%.1f" if name == "years" else "%.0f",
                    key=self._seed(name, getattr(start, name)),
                )
                for name in _FIGURES
            }
        figures = Economics.model_validate(values)
        value = figures.lifetime_value
        tone = "good" if value > 0 else "bad"
        st.html(
            f'<div class="wh-clv wh-{tone}" role="status"><span class="wh-small">'
            f"{esc(t('prepare.worth.formula'))}</span><strong>{esc(euros(value, t))}</strong></div>"
        )
        verdict = st.segmented_control(
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
        return None if figures == card else figures, verdict, budget

    def _answer(self, objection: Objection) -> str:
        text = st.text_area(
            self.t(f"guide.objection.{objection}"),
            key=self._seed(f"answer_{objection}", self.draft.answers.get(objection, "")),
            placeholder=self.t(f"prepare.answers.{objection}"),
            height=80,
        )
        return cut(text)

    def _opening(self) -> Opening | None:
        t = self.t
        return st.radio(
            t("prepare.opening.label"),
            list(Opening),
            index=None,
            key=self._seed("opening", self.draft.opening),
            format_func=self._named("prepare", "opening"),
            captions=[t(f"prepare.opening.{opening}_hint") for opening in Opening],
        )

    def _note(self, label: str, question: Analysis) -> str:
        text = st.text_area(
            label, key=self._seed(question, self.draft.notes.get(question, "")), height=68
        )
        return cut(text)

    def _step(self, name: str, *, opened: bool = False) -> st.delta_generator.DeltaGenerator:
        return st.expander(self.t(f"prepare.step.{name}"), key=f"step-{name}", expanded=opened)

    def _seed(self, name: str, value: object) -> str:
        return state.seed(f"prepare_{self.persona.id}_{name}", value)

    def _named(self, file: str, group: str) -> Callable[[str], str]:
        return lambda label: self.t(f"{file}.{group}.{label}")
