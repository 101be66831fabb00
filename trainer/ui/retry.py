"""Ways into another attempt: at each line of the transcript and under a point of advice."""

import streamlit as st

from trainer.attempts import can_retry
from trainer.core.acts import Speaker
from trainer.practice import Review
from trainer.store.calls import TurnRecord
from trainer.ui import links, services
from trainer.ui.counterpart import called
from trainer.ui.links import Place
from trainer.ui.texts import Texts
from trainer.ui.transcript import Transcript, reply_turn


def draw_transcript(review: Review, person: str, t: Texts) -> None:
    """Draws the call with a button at each line of the trainee that can be spoken anew."""
    drawn = Transcript(review.call, t("common.speaker.trainee"), called(review, t), t)
    if drawn.rules:
        st.html(drawn.rules)
    pending: list[TurnRecord] = []
    with st.container(key="retry-lines", gap=None):
        for kept in review.call.turns:
            pending.append(kept)
            mine = kept.turn.speaker is Speaker.TRAINEE
            if mine and can_retry(review.call, kept.index):
                st.html(drawn.lines(pending))
                pending = []
                label = t("attempts.from_here", number=kept.index + 1)
                _draw_button(review, person, kept.index, label, t, key=f"retry-{kept.index}")
        if pending:
            st.html(drawn.lines(pending))


def draw_retry_of_advice(review: Review, person: str, number: int, t: Texts) -> None:
    """Draws the button under a point of advice; nothing where its moment cannot be repeated."""
    assessment = review.call.assessment
    quote = assessment.advice[number].quote if assessment else None
    if quote is None:
        return
    turn = reply_turn(review.call, quote.turn)
    if turn is not None and can_retry(review.call, turn):
        _draw_button(review, person, turn, t("attempts.from_advice"), t, key=f"advice-{number}")


def _draw_button(review: Review, person: str, turn: int, label: str, t: Texts, *, key: str) -> None:
    small = key.startswith("retry-")
    if st.button(
        label,
        key=key,
        icon=":material/replay:",
        type="tertiary" if small else "secondary",
        help=t("attempts.help"),
    ):
        attempt = services.attempts().retry(person, review.call.id, turn)
        links.go(Place.PRACTICE, call=attempt.id)
