"""Where a coach writes about a call."""

import streamlit as st

from trainer.coaching import LONGEST_TEXT
from trainer.errors import TrainerError
from trainer.practice import Review
from trainer.store.calls import CallRecord
from trainer.ui import services, state
from trainer.ui.html import Tone, esc, notice
from trainer.ui.texts import Texts
from trainer.ui.transcript import comment_box

_TONES: dict[str, Tone] = {"saved": "good", "empty": "warn", "failed": "bad"}
_PREVIEW = 60


def draw_comments(review: Review, t: Texts) -> None:
    """Draws the comments on the whole call and the form for a new one."""
    call = review.call
    with st.container(key="panel-comments", border=True):
        st.html(f"<h2>{esc(t('review.comments.title'))}</h2>{_whole(call, t)}")
        st.selectbox(
            t("coach.comment.about"),
            [kept.index for kept in call.turns],
            index=None,
            key=state.COMMENT_TURN_KEY,
            placeholder=t("coach.comment.whole"),
            format_func=lambda turn: _subject(call, turn, t),
        )
        st.text_area(t("coach.comment.text"), key=state.COMMENT_KEY, max_chars=LONGEST_TEXT)
        st.checkbox(t("coach.better.check"), key=state.BETTER_KEY)
        st.button(
            t("coach.comment.send"),
            key="save_comment",
            icon=":material/send:",
            type="primary",
            on_click=_save,
            args=(call.id,),
        )
        outcome = state.take_comment_outcome()
        if outcome is not None:
            notice(t(f"coach.comment.{outcome}"), tone=_TONES[outcome])


def _whole(call: CallRecord, t: Texts) -> str:
    boxes = [comment_box(comment, t) for comment in call.comments if comment.turn is None]
    if not call.comments:
        boxes.append(f'<p class="wh-small">{esc(t("review.comments.none"))}</p>')
    return f'<div class="wh-stack">{"".join(boxes)}</div>'


def _subject(call: CallRecord, turn: int, t: Texts) -> str:
    """Returns the line a comment is about; a selection shows it as plain text."""
    text = call.turns[turn].turn.text
    short = text if len(text) <= _PREVIEW else f"{text[:_PREVIEW]} …"
    return t("coach.comment.turn", number=turn + 1, text=short)


def _save(call_id: str) -> None:
    text, turn = state.comment()
    if not text.strip():
        state.tell_comment_outcome("empty")
        return
    try:
        services.coaching().comment(
            services.actor(), call_id, text, turn=turn, better=state.comment_is_better()
        )
    except TrainerError:
        state.tell_comment_outcome("failed")
        return
    state.clear_comment()
    state.tell_comment_outcome("saved")
