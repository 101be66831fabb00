"""What lay behind the customer's words: each objection's story and the nine questions."""

from collections.abc import Collection, Iterator

import streamlit as st

from trainer.core.acts import TraineeAct
from trainer.core.assessment import AskedQuestion, Assessment, ObjectionStory, Quote
from trainer.core.persona import ObjectionKind, Persona
from trainer.core.plan import FACT_ASKED_BY, Mood, Objection
from trainer.ui.html import badge, esc, icon, quoted
from trainer.ui.texts import Texts
from trainer.ui.transcript import quote_link


def draw_objections(assessment: Assessment, persona: Persona | None, t: Texts) -> None:
    """Draws what became of each objection, and reveals pretexts and the reason for leaving.

    Of a real call (no persona) nobody knows what was meant; nothing is revealed.
    """
    st.html(f"<h2>{esc(t('review.stories.title'))}</h2>")
    raised = {story.objection for story in assessment.objections}
    parts = [_story(story, persona, t) for story in assessment.objections]
    if not parts:
        parts.append(f"<p>{esc(t('review.stories.none'))}</p>")
    if persona is not None:
        parts.extend(_revealed(persona, raised, t))
    st.html(f'<div class="wh-stack">{"".join(parts)}</div>')


def draw_questions(assessment: Assessment, persona: Persona | None, t: Texts) -> None:
    """Draws the nine questions: where they were asked, or what the answer would have been."""
    asked = sum(question.quote is not None for question in assessment.questions)
    count = t("review.questions.count", asked=asked, all=len(assessment.questions))
    items = "".join(_question(question, persona, t) for question in assessment.questions)
    st.html(
        f"<h2>{esc(t('review.questions.title'))}</h2>"
        f'<p class="wh-small">{esc(count)}</p><ul class="wh-asked">{items}</ul>'
    )


def _revealed(persona: Persona, raised: Collection[Objection], t: Texts) -> Iterator[str]:
    for objection, entry in persona.objections.items():
        if entry.kind is not ObjectionKind.NONE and objection not in raised:
            unheard = t("review.stories.not_raised", what=t(f"guide.objection.{objection}"))
            yield f'<p class="wh-small">{esc(unheard)}</p>'
    reason = t(f"guide.churn_reason.{persona.churn_reason}")
    yield (
        f'<div class="wh-story"><div class="wh-label">{esc(t("review.stories.reason"))}</div>'
        f"<strong>{esc(reason)}</strong></div>"
    )


def _story(story: ObjectionStory, persona: Persona | None, t: Texts) -> str:
    steps = {
        "acknowledged": story.acknowledged,
        "isolated": story.isolated,
        "answered": story.answered,
        "checked": story.checked,
    }
    raised = "<br>".join(quote_link(quote) for quote in story.raised)
    rows = _step(t("review.stories.raised"), raised) + "".join(
        _step(t(f"review.stories.{name}"), _or_missing(quote, t)) for name, quote in steps.items()
    )
    return (
        f'<div class="wh-story"><h3>{esc(t(f"guide.objection.{story.objection}"))} '
        f"{_kind(story.objection, persona, t)}</h3>"
        f'<dl class="wh-steps">{rows}</dl></div>'
    )


def _kind(objection: Objection, persona: Persona | None, t: Texts) -> str:
    """Returns whether it was meant, and what was behind a pretext."""
    if persona is None:
        return ""
    entry = persona.objections[objection]
    if entry.kind is ObjectionKind.NONE:
        return ""
    if entry.hides is None:
        return badge(t("review.stories.real"))
    behind = t("review.stories.hides", what=t(f"guide.objection.{entry.hides}"))
    return (
        badge(t("review.stories.pretext"), tone="warn", symbol="theater_comedy")
        + f' <span class="wh-small">{esc(behind)}</span>'
    )


def _step(name: str, value: str) -> str:
    return f"<dt>{esc(name)}</dt><dd>{value}</dd>"


def _or_missing(quote: Quote | None, t: Texts) -> str:
    if quote is not None:
        return quote_link(quote)
    return f'<span class="wh-small">{icon("close")} {esc(t("review.stories.missing"))}</span>'


def _question(asked: AskedQuestion, persona: Persona | None, t: Texts) -> str:
    name = f"<strong>{esc(t(f'guide.question.{asked.question}'))}</strong>"
    if asked.quote is not None:
        status = t("review.questions.asked")
        return (
            f"<li>{icon('check_circle', tone='good')}<div>{name} "
            f'<span class="wh-small">· {esc(status)}</span>'
            f"<div>{quote_link(asked.quote)}</div></div></li>"
        )
    return (
        f"<li>{icon('radio_button_unchecked')}<div>{name} "
        f'<span class="wh-small">· {esc(t("review.questions.missed"))}</span>'
        f"{_unheard(asked.question, persona, t) if persona else ''}</div></li>"
    )


def _unheard(question: str, persona: Persona, t: Texts) -> str:
    would = t("review.questions.would_have_said", name=persona.salutation)
    answer = quoted(_answer(question, persona))
    return (
        f'<div class="wh-small">{esc(would)}</div>'
        f'<div class="wh-text" lang="de">{esc(answer)}</div>'
    )


def _answer(question: str, persona: Persona) -> str:
    """Returns the fullest answer the persona has to a question: the one with the most trust."""
    moods = list(Mood)
    variants = persona.facts[FACT_ASKED_BY[TraineeAct(question)]].say
    return max(variants, key=lambda v: -1 if v.mood is None else moods.index(v.mood)).text
