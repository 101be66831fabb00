"""A scored call from top to bottom, as trainee and coach read it."""

from collections import Counter
from collections.abc import Callable, Sequence

import streamlit as st

from trainer.core.assessment import Assessment, Quote
from trainer.core.plan import Source
from trainer.core.rubric import Rubric
from trainer.practice import Review
from trainer.ui.checks import draw_checks
from trainer.ui.counterpart import called
from trainer.ui.html import esc, notice
from trainer.ui.prepared import draw_prepared
from trainer.ui.retry import draw_transcript
from trainer.ui.scorecard import draw_advice, draw_head, draw_levels
from trainer.ui.stories import draw_objections, draw_questions
from trainer.ui.texts import Texts
from trainer.ui.transcript import transcript
from trainer.ui.trust import draw_trust


def draw_report(
    review: Review,
    rubric: Rubric | None,
    t: Texts,
    *,
    beside: Callable[[], None],
    retrying: str | None = None,
    more: Sequence[Quote] = (),
) -> None:
    """Draws the outcome first, then the evidence next to the transcript.

    Args:
        review: The call.
        rubric: Names of checks and meaning of levels; None where its file is broken.
        t: The words.
        beside: Draws what the reader can do about this call, above the checks.
        retrying: Id of the trainee where they are the reader and can try again from a line.
        more: Quotes beside those of the assessment, marked in the transcript, too.
    """
    assessment = review.call.assessment
    draw_head(review, t)
    if review.persona is None:
        notice(t("real.what_lacks"))
    if assessment is None or assessment.total is None:
        notice(t("review.head.unscored"), tone="warn")
    if assessment is not None:
        draw_levels(assessment, rubric, t)
    if assessment is not None and assessment.total is not None:
        draw_advice(review, rubric, t, retrying=retrying)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        beside()
        _draw_evidence(review, assessment, rubric, t)
        if review.persona is not None:
            draw_prepared(review, t, seen_by_coach=retrying is None)
    with right:
        _draw_transcript(review, t, more, retrying=retrying)


def _draw_evidence(
    review: Review, assessment: Assessment | None, rubric: Rubric | None, t: Texts
) -> None:
    if assessment is not None and assessment.findings:
        draw_checks(assessment, rubric, t)
    draw_trust(review, t)
    if assessment is not None:
        draw_objections(assessment, review.persona, t)
        draw_questions(assessment, review.persona, t)
        versions = ", ".join(f"{name} {value}" for name, value in assessment.versions.items())
        st.html(f'<p class="wh-small">{esc(t("review.versions", versions=versions))}</p>')
    _draw_sources(review, t)


def _draw_sources(review: Review, t: Texts) -> None:
    """Says how many of the customer's sentences a language model found the words for."""
    counts: Counter[Source] = Counter()
    for turn in review.call.turns:
        counts.update(turn.sentences or {})
    if counts:
        text = t(
            "review.sources",
            total=counts.total(),
            model=counts[Source.MODEL],
            retry=counts[Source.RETRY],
            phrase=counts[Source.PHRASE],
        )
        st.html(f'<p class="wh-small">{esc(text)}</p>')


def _draw_transcript(
    review: Review, t: Texts, more: Sequence[Quote], *, retrying: str | None
) -> None:
    with st.container(key="panel-transcript", border=True):
        st.html(f"<h2>{esc(t('review.transcript.title'))}</h2>")
        if retrying is not None:
            draw_transcript(review, retrying, t)
            return
        them, me = called(review, t), t("common.speaker.trainee_seen")
        st.html(transcript(review.call, me, them, t, more))
