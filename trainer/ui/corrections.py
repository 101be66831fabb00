"""Where a coach corrects a check or a level; the program's result stays beside it."""

import streamlit as st

from trainer.coaching import Coached, automatic, choices
from trainer.core.acts import GUIDE_QUESTIONS
from trainer.core.assessment import Assessment
from trainer.core.rubric import Principle
from trainer.errors import ConflictError, InputError
from trainer.store.coaching import Correction, ReviewState
from trainer.ui import clock, services, state
from trainer.ui.html import esc, icon, notice
from trainer.ui.texts import Texts

_PRINCIPLES = [str(principle) for principle in Principle]


def draw_corrections(coached: Coached, t: Texts) -> None:
    """Draws what was corrected so far and the form for one more."""
    assessment = coached.review.call.assessment
    if assessment is None:
        return
    with st.container(key="panel-corrections", border=True):
        st.html(f"<h2>{esc(t('coach.correct.title'))}</h2>{history(coached.state, t)}")
        subject = st.selectbox(
            t("coach.correct.what"),
            [*_PRINCIPLES, *(found.id for found in assessment.findings)],
            index=None,
            key="correct_subject",
            placeholder=t("coach.correct.choose"),
            format_func=lambda one: _named(one, assessment, t),
        )
        if subject is not None:
            _draw_form(coached, assessment, subject, t)
        if state.take_note() == "corrected":
            notice(t("coach.correct.saved"), tone="good")


def history(review: ReviewState, t: Texts) -> str:
    """Returns all corrections, each with both results, the reason and who made it."""
    items = "".join(_entry(correction, t) for correction in review.history)
    return f'<ul class="wh-asked">{items}</ul>' if items else ""


def name_of(subject: str, t: Texts) -> str:
    """Returns the name of a check, a principle or one of the guide's questions."""
    if subject in _PRINCIPLES:
        return t(f"guide.principle.{subject}")
    if subject in GUIDE_QUESTIONS:
        return t(f"guide.question.{subject}")
    rubrics = services.practice().catalog.rubrics.values()
    check = next((found for rubric in rubrics if (found := rubric.check(subject))), None)
    return t.of(check.title) if check else subject


def value_name(subject: str, value: str | None, t: Texts) -> str:
    """Returns a result or level in words."""
    if value is None:
        return t("review.head.no_level")
    if subject in _PRINCIPLES:
        return t("review.head.level", level=value)
    return t(f"review.checks.{value}")


def _draw_form(coached: Coached, assessment: Assessment, subject: str, t: Texts) -> None:
    latest = coached.state.latest.get(subject)
    counts = latest.coach if latest else automatic(assessment, subject)
    options = list(choices(subject))
    with st.form(f"correct-{subject}", border=False):
        value = st.radio(
            t("coach.correct.value"),
            options,
            index=options.index(counts) if counts in options else None,
            format_func=lambda one: value_name(subject, one, t),
            key=f"correct_value_{subject}",
        )
        reason = st.text_area(t("coach.correct.reason"), key=f"correct_reason_{subject}")
        sent = st.form_submit_button(t("coach.correct.save"), type="primary")
    if not sent or value is None:
        return
    try:
        services.coaching().correct(
            services.actor(),
            coached.review.call.id,
            subject,
            value,
            reason,
            version=coached.state.version,
        )
    except InputError as error:
        notice(t(f"coach.problem.{error.problem}"), tone="warn")
    except ConflictError:
        notice(t("coach.correct.conflict"), tone="bad")
    else:
        state.leave_note("corrected")
        st.rerun()


def _named(subject: str, assessment: Assessment, t: Texts) -> str:
    value = value_name(subject, automatic(assessment, subject), t)
    return f"{name_of(subject, t)} – {value}"


def _entry(correction: Correction, t: Texts) -> str:
    subject = correction.subject
    values = t(
        "coach.correct.values",
        automatic=value_name(subject, correction.automatic, t),
        coach=value_name(subject, correction.coach, t),
    )
    by = f"{correction.author_name}, {clock.when(correction.at, t)}"
    blind = f" · {t('coach.blind.label')}" if correction.blind else ""
    symbol = icon("check" if correction.automatic == correction.coach else "edit")
    return (
        f"<li>{symbol}<div><strong>{esc(name_of(subject, t))}</strong>"
        f"<div>{esc(values)}</div>"
        f'<div class="wh-text">{esc(correction.reason)}</div>'
        f'<div class="wh-small">{esc(by)}{esc(blind)}</div></div></li>'
    )
