"""The form of a persona, in parts that fit a screen each."""

from collections.abc import Callable, Iterable, Mapping

import streamlit as st
from pydantic import ValidationError

from trainer.core.persona import (
    ChurnReason,
    CustomerType,
    Difficulty,
    Economics,
    Gender,
    ObjectionKind,
    Persona,
)
from trainer.core.plan import Benefit, Fact, Objection, Style
from trainer.drafts import content
from trainer.store.content import Kind
from trainer.ui import customer
from trainer.ui.content_fields import Fields
from trainer.ui.html import esc, icon
from trainer.ui.texts import Texts
from trainer.ui.workpiece import Workpiece

_REASON = "reason"


def _person(fields: Fields, work: Workpiece, t: Texts) -> None:
    first, last, gender, age = st.columns([3, 3, 2, 2])
    with first:
        fields.text("name.first")
    with last:
        fields.text("name.last")
    with gender:
        fields.choice("gender", list(Gender), lambda one: t(f"content.gender.{one}"))
    with age:
        fields.whole("age", 18, 99)
    fields.both("industry")
    company, competitor = st.columns(2)
    with company:
        fields.text("company")
    with competitor:
        fields.text("competitor")
    kind, reason, difficulty, style = st.columns([2, 3, 2, 2])
    with kind:
        fields.choice(
            "customer_type", list(CustomerType), lambda one: t(f"guide.customer_type.{one}")
        )
    with reason:
        fields.choice("churn_reason", list(ChurnReason), lambda one: t(f"guide.churn_reason.{one}"))
    with difficulty:
        fields.choice("difficulty", list(Difficulty), lambda one: t(f"guide.difficulty.{one}"))
    with style:
        fields.choice("style", list(Style), lambda one: t(f"content.style.{one}"))
    fields.switch("business")


def _card(fields: Fields, work: Workpiece, t: Texts) -> None:
    since, lost = st.columns(2)
    with since:
        fields.whole("card.customer_since", 1950, 2026)
    with lost:
        fields.text("card.lost_for", help_key="content.help.lost_for")
    fields.both("card.headline", help_key="content.help.headline", long=True)
    fields.both_lines("card.history", help_key="content.help.history")
    fields.lines("pick_up", help_key="content.help.pick_up")
    try:
        made = content(Kind.PERSONA, work.draft)
    except ValidationError:
        return
    if isinstance(made, Persona):
        st.html(f'<div class="wh-label">{esc(t("content.field.preview"))}</div>')
        with st.container(key="persona-preview", border=True, width=360):
            st.html(customer.tile(made, t, before="never"))


def _facts(fields: Fields, work: Workpiece, t: Texts) -> None:
    untouched = st.empty()
    fact = st.selectbox(
        t("content.field.which_fact"),
        list(Fact),
        key=f"content_fact_{work.id}",
        format_func=lambda one: t(f"content.fact.{one}"),
    )
    fields.text(f"facts.{fact}.note", help_key="content.help.note")
    fields.spoken(f"facts.{fact}.say")
    with untouched:
        _tell_untouched("facts", Fact, lambda one: t(f"content.fact.{one}"), work, t)


def _objections(fields: Fields, work: Workpiece, t: Texts) -> None:
    untouched = st.empty()
    objection = st.segmented_control(
        t("content.field.which_objection"),
        list(Objection),
        default=Objection.TIME,
        required=True,
        key=f"content_objection_{work.id}",
        format_func=lambda one: t(f"guide.objection.{one}"),
    )
    _draw_objection(f"objections.{objection}", objection, fields, work, t)
    with untouched:
        _tell_untouched("objections", Objection, lambda one: t(f"guide.objection.{one}"), work, t)


def _draw_objection(
    path: str, objection: Objection, fields: Fields, work: Workpiece, t: Texts
) -> None:
    kind, hides = st.columns(2)
    with kind:
        fields.choice(
            f"{path}.kind", list(ObjectionKind), lambda one: t(f"content.objection_kind.{one}")
        )
    now = work.draft["objections"][objection]["kind"]
    if now == ObjectionKind.NONE:
        return
    if now == ObjectionKind.PRETEXT:
        others = [one for one in (_REASON, *Objection) if one != objection]
        with hides:
            fields.choice(f"{path}.hides", others, lambda one: t(f"guide.objection.{one}"))
    fields.text(f"{path}.note", help_key="content.help.note")
    fields.spoken(f"{path}.say")


def _decision(fields: Fields, work: Workpiece, t: Texts) -> None:
    _heading("offers", t, help_text=t("content.help.fit"))
    left, right = st.columns(2, gap="large")
    for number, benefit in enumerate(Benefit):
        with right if number % 2 else left:
            fields.share(f"offer_fit.{benefit}")
    _heading("takes", t)
    fields.switch("decision.winnable", help_key="content.help.winnable")
    left, right = st.columns(2, gap="large")
    with left:
        fields.choice(
            "decision.best", ["accepted", "next_step"], lambda one: t(f"content.best.{one}")
        )
        fields.several(
            "decision.settled",
            list(Objection),
            lambda one: t(f"guide.objection.{one}"),
            help_key="content.help.settled",
        )
    with right:
        fields.share("decision.trust")
        fields.share("decision.fit")
    _heading("temperament", t)
    left, right = st.columns(2, gap="large")
    with left:
        fields.share("temperament.trust")
        fields.share("temperament.patience")
        fields.share("temperament.irritability", help_key="content.help.irritability")
    with right:
        fields.share("temperament.talkativeness")
        fields.share("temperament.candour", help_key="content.help.candour")
        fields.switch("temperament.opts_out")
    _heading("economics", t)
    columns = st.columns(4)
    limits = {
        "revenue_per_year": (0.0, 1e6),
        "years": (0.5, 40.0),
        "care_cost_per_year": (0.0, 1e6),
        "winback_cost": (0.0, 1e6),
    }
    for column, (name, (low, high)) in zip(columns, limits.items(), strict=True):
        with column:
            fields.number(f"economics.{name}", low, high)
    worth = Economics.model_validate(work.draft["economics"]).lifetime_value
    st.html(f"<p>{esc(t('content.field.worth', value=f'{worth:,.0f}'.replace(',', ' ')))}</p>")


def _tell_untouched(
    part: str, entries: Iterable[str], name: Callable[[str], str], work: Workpiece, t: Texts
) -> None:
    """Says which entries still have the template's lines."""
    names = [name(entry) for entry in entries if work.untouched(part, entry)]
    if names:
        text = t("content.as_template", names=", ".join(names))
        st.html(f'<p class="wh-small">{icon("content_copy")} {esc(text)}</p>')


def _heading(name: str, t: Texts, *, help_text: str = "") -> None:
    below = f'<p class="wh-small">{esc(help_text)}</p>' if help_text else ""
    st.html(f"<h2>{esc(t(f'content.field.{name}'))}</h2>{below}")


GROUPS: Mapping[str, Callable[[Fields, Workpiece, Texts], None]] = {
    "person": _person,
    "card": _card,
    "facts": _facts,
    "raised": _objections,
    "decision": _decision,
}
"""The parts by name; each draws its fields."""
