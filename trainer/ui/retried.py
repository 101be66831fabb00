"""What the desk shows of the attempt before: where this one began, and ways back and on."""

import streamlit as st

from trainer.attempts import can_retry
from trainer.core.acts import Speaker
from trainer.core.plan import Ending
from trainer.errors import NotFoundError
from trainer.practice import Practice
from trainer.store.attempts import AttemptRecord
from trainer.store.calls import CallRecord
from trainer.ui import links, services
from trainer.ui.html import esc
from trainer.ui.links import Place
from trainer.ui.texts import Texts


def draw_banner(
    practice: Practice, person: str, record: CallRecord, taken: AttemptRecord, t: Texts
) -> None:
    """Draws, until the first new line, where this attempt began and what was said then."""
    if taken.turn is None or taken.parent is None or len(record.turns) > taken.turn:
        return
    earlier = _said_then(practice, person, taken.parent, taken.turn)
    before = (
        f'<div class="wh-small">{esc(t("attempts.desk.before"))} '
        f'<span lang="de">„{esc(earlier)}“</span></div>'
        if earlier
        else ""
    )
    title = t("attempts.desk.title", number=taken.turn + 1)
    st.html(
        f'<div class="wh-notice wh-retry" role="status"><div><strong>{esc(title)}</strong>'
        f"<div>{esc(t('attempts.desk.lead'))}</div>{before}</div></div>"
    )


def draw_ways(
    practice: Practice, person: str, record: CallRecord, taken: AttemptRecord, t: Texts
) -> None:
    """Draws the ways on from an ended call: to the comparison, or back into the talk."""
    with st.container(horizontal=True):
        if taken.parent is not None and st.button(
            t("attempts.desk.compare"), key="to_compare", icon=":material/compare_arrows:"
        ):
            links.go(Place.COMPARE, call=record.id, other=taken.parent)
        here = len(record.turns)
        if (
            record.ending is Ending.ABANDONED
            and can_retry(record, here)
            and st.button(
                t("attempts.desk.go_on"),
                key="go_on",
                icon=":material/undo:",
                help=t("attempts.desk.go_on_help"),
            )
        ):
            links.go(Place.PRACTICE, call=services.attempts().retry(person, record.id, here).id)


def hang_up(practice: Practice, person: str, record: CallRecord) -> None:
    """Hangs up; an attempt without a line of its own is dropped and leads back to the first."""
    parent = services.attempts().drop_unspoken(person, record.id)
    if parent is not None:
        links.go(Place.REVIEW, call=parent)
    practice.hang_up(person, record.id)


def _said_then(practice: Practice, person: str, parent: str, turn: int) -> str:
    try:
        turns = practice.open(person, parent).turns
    except NotFoundError:
        return ""
    mine = turn < len(turns) and turns[turn].turn.speaker is Speaker.TRAINEE
    return turns[turn].turn.text if mine else ""
