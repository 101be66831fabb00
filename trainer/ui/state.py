"""What one browser session remembers; the only file that knows the keys of `st.session_state`."""

from dataclasses import dataclass, field
from enum import StrEnum

import streamlit as st

from trainer.core.person import Role
from trainer.core.text import Language
from trainer.errors import TrainerError
from trainer.realcalls import Outcome
from trainer.store.calls import CallRecord
from trainer.store.content import Kind
from trainer.ui.intake import Intake
from trainer.ui.texts import Texts
from trainer.ui.workpiece import Workpiece


class Unsent(StrEnum):
    """Why a line was not said; the value is the key of its text."""

    NOT_STORED = "unsent"
    MOVED_ON = "moved_on"
    GAP = "gap"


@dataclass
class Batch:
    """Real calls that are being read in: how many, and what came of those so far."""

    total: int
    outcomes: list[Outcome] = field(default_factory=list)


GAP = "…"
"""What stands in a proposed line for words of one's own."""
LANGUAGE_KEY = "lang"
ROLE_KEY = "role"
MESSAGE_KEY = "message"
NOTES_KEY = "notes"
QUESTION_KEY = "question"
COMMENT_KEY = "comment_text"
COMMENT_TURN_KEY = "comment_turn"
BETTER_KEY = "comment_better"
_COMMENT_OUTCOME_KEY = "comment_outcome"
_DRAFT_KEY = "draft"
_FAULT_KEY = "fault"
_RECORDING_KEY = "recording"
_CALL_KEY = "call_seen"
_MOVED_KEY = "moved"
_NOTE_KEY = "note"
PERSON_FILTER_KEY = "filter_person"
_INBOX_KEY = "inbox"
BLIND_KEY = "blind"
_BLIND_KEPT_KEY = "blind_kept"
_WORKPIECES_KEY = "workpieces"
_WISHES_KEY = "wishes"
REAL_FILTER_KEY = "filter_real"
_INTAKE_KEY = "intake"
_BATCH_KEY = "batch"
_BATCH_NUMBER_KEY = "batch_number"


def language() -> Language:
    """Returns the chosen language, German at first."""
    return Language(st.session_state.get(LANGUAGE_KEY) or Language.GERMAN)


def texts() -> Texts:
    """Returns the words in the chosen language."""
    return Texts(language())


def role() -> Role:
    """Returns the chosen role, trainee at first."""
    return Role(st.session_state.get(ROLE_KEY) or Role.TRAINEE)


def become_coach() -> None:
    """Changes the role; a callback, because the switch in the sidebar is drawn before the pages."""
    st.session_state[ROLE_KEY] = Role.COACH


def keep_unsent(text: str, why: Unsent) -> None:
    """Remembers a line that was not said, for the next run to put back into the field."""
    st.session_state[_DRAFT_KEY] = (text, why)


def forget_unsent() -> None:
    """Drops a line that could not be stored: it was stored after all."""
    if st.session_state.get(_DRAFT_KEY, ("", None))[1] is Unsent.NOT_STORED:
        del st.session_state[_DRAFT_KEY]


def restore_unsent() -> Unsent | None:
    """Puts an unsent line back into the field for typing, before that is drawn.

    Returns:
        Why it was not said; None where there was none.
    """
    draft: tuple[str, Unsent | None] = st.session_state.pop(_DRAFT_KEY, ("", None))
    text, why = draft
    if why is not None:
        st.session_state[MESSAGE_KEY] = text
    return why


def put_line(text: str) -> None:
    """Puts words into the field for the next line, before that is drawn."""
    st.session_state[MESSAGE_KEY] = text


def is_new_recording(digest: str) -> bool:
    """Returns once for each recording whether it has not been listened to in this session."""
    new = st.session_state.get(_RECORDING_KEY) != digest
    st.session_state[_RECORDING_KEY] = digest
    return new


def remember_call(record: CallRecord) -> None:
    """Keeps what the desk showed last, to show it again while the database is away."""
    st.session_state[_CALL_KEY] = record


def remembered_call(identity: str) -> CallRecord | None:
    """Returns the call as the desk showed it last in this session."""
    record: CallRecord | None = st.session_state.get(_CALL_KEY)
    return record if record is not None and record.id == identity else None


def call_id() -> str | None:
    """Returns the call named in the address, so that a reload comes back to it."""
    return st.query_params.get("call")


def compared() -> tuple[str, str]:
    """Returns the two calls named in the address of a comparison; empty where one is missing."""
    return st.query_params.get("call", ""), st.query_params.get("other", "")


def persona_id() -> str | None:
    """Returns the customer whose card is open."""
    return st.query_params.get("persona")


def assignment_id() -> str | None:
    """Returns the assignment for which the customer whose card is open shall be called."""
    return st.query_params.get("assignment")


def show_call(identity: str) -> None:
    """Names the call in the address instead of a customer's card."""
    for name in ("persona", "assignment"):
        st.query_params.pop(name, None)
    st.query_params["call"] = identity
    st.session_state[_MOVED_KEY] = True


def show_persona(identity: str) -> None:
    """Names the customer's card in the address."""
    st.query_params["persona"] = identity
    st.session_state[_MOVED_KEY] = True


def guided() -> bool:
    """Returns whether the address asks for the guided call."""
    return "guided" in st.query_params


def show_start() -> None:
    """Leaves call and card: back to the page's beginning."""
    for name in ("guided", "persona", "assignment", "call"):
        st.query_params.pop(name, None)
    st.session_state[_MOVED_KEY] = True


def take_move() -> bool:
    """Returns once whether the practice page has just changed its view."""
    return bool(st.session_state.pop(_MOVED_KEY, False))


def tell_fault(fault: TrainerError) -> None:
    """Leaves word for the page about what went wrong in a callback, before it was drawn."""
    st.session_state[_FAULT_KEY] = fault


def take_fault() -> TrainerError | None:
    """Returns that once."""
    fault: TrainerError | None = st.session_state.pop(_FAULT_KEY, None)
    return fault


def comment() -> tuple[str, int | None]:
    """Returns the comment being written and the turn it is about, None for the whole call."""
    return st.session_state.get(COMMENT_KEY, ""), st.session_state.get(COMMENT_TURN_KEY)


def clear_comment() -> None:
    """Empties the field; only in a callback, before the field is drawn."""
    st.session_state[COMMENT_KEY] = ""
    st.session_state[COMMENT_TURN_KEY] = None
    st.session_state[BETTER_KEY] = False


def comment_is_better() -> bool:
    """Tells whether what is written is a sentence that would have been better."""
    return bool(st.session_state.get(BETTER_KEY))


def tell_comment_outcome(outcome: str) -> None:
    """Leaves word for the next run what became of a comment: a key of its texts."""
    st.session_state[_COMMENT_OUTCOME_KEY] = outcome


def take_comment_outcome() -> str | None:
    """Returns that word once."""
    outcome: str | None = st.session_state.pop(_COMMENT_OUTCOME_KEY, None)
    return outcome


def leave_note(note: str) -> None:
    """Leaves word for the next run what was done."""
    st.session_state[_NOTE_KEY] = note


def take_note() -> str | None:
    """Returns that word once."""
    note: str | None = st.session_state.pop(_NOTE_KEY, None)
    return note


def remember_inbox(calls: list[str]) -> None:
    """Keeps the order of the coach's list, for next and previous."""
    st.session_state[_INBOX_KEY] = calls
    st.session_state[_BLIND_KEPT_KEY] = bool(st.session_state.get(BLIND_KEY))


def inbox() -> list[str]:
    """Returns the calls of the coach's list as it was seen last."""
    kept: list[str] = st.session_state.get(_INBOX_KEY, [])
    return kept


def blind() -> bool:
    """Tells whether calls are opened for blind scoring; a switch of the list, which is gone by."""
    return bool(st.session_state.get(_BLIND_KEPT_KEY))


def end_blind() -> None:
    """Shows the call with its result from now on."""
    st.session_state[_BLIND_KEPT_KEY] = False


def ask_for_person(person: str) -> None:
    """Sets the filter of the coach's list to one person; before that page is drawn."""
    st.session_state[PERSON_FILTER_KEY] = person


def ask_for_real() -> None:
    """Sets the filter of the coach's list to real calls; before that page is drawn."""
    st.session_state[REAL_FILTER_KEY] = "yes"


def intake(key: tuple[str, ...]) -> Intake | None:
    """Returns what was read from these uploads; None where they were not read yet."""
    kept: tuple[tuple[str, ...], Intake] | None = st.session_state.get(_INTAKE_KEY)
    return kept[1] if kept is not None and kept[0] == key else None


def remember_intake(key: tuple[str, ...], read: Intake) -> None:
    """Keeps it, so that a click elsewhere on the page does not read everything again."""
    st.session_state[_INTAKE_KEY] = (key, read)


def batch() -> Batch | None:
    """Returns the real calls being read in, or read in last; None before and after that."""
    kept: Batch | None = st.session_state.get(_BATCH_KEY)
    return kept


def begin_batch(begun: Batch) -> None:
    """Keeps a batch; its files are not needed on the page any more."""
    st.session_state[_BATCH_KEY] = begun
    st.session_state.pop(_INTAKE_KEY, None)


def end_batch() -> None:
    """Makes room for other files."""
    st.session_state.pop(_BATCH_KEY, None)
    st.session_state[_BATCH_NUMBER_KEY] = batch_number() + 1


def batch_number() -> int:
    """Returns how many batches there were; the field for files is empty for each."""
    return int(st.session_state.get(_BATCH_NUMBER_KEY, 0))


def content_item() -> tuple[Kind, str] | None:
    """Returns the persona or rubric named in the address; None for the list."""
    kind, item = st.query_params.get("kind"), st.query_params.get("item")
    return (Kind(kind), item) if item and kind in list(Kind) else None


def content_template() -> tuple[Kind, str] | None:
    """Returns what the address names as the template for something new."""
    kind, item = st.query_params.get("kind"), st.query_params.get("template")
    return (Kind(kind), item) if item and kind in list(Kind) else None


def workpiece(identity: str) -> Workpiece | None:
    """Returns what is being made of a persona or rubric in this session."""
    kept: dict[str, Workpiece] = st.session_state.get(_WORKPIECES_KEY, {})
    return kept.get(identity)


def keep_workpiece(work: Workpiece) -> None:
    """Keeps it until it is saved or given up."""
    st.session_state.setdefault(_WORKPIECES_KEY, {})[work.id] = work


def drop_workpiece(identity: str) -> None:
    """Gives it up."""
    st.session_state.get(_WORKPIECES_KEY, {}).pop(identity, None)


def wish(name: str) -> str | None:
    """Returns what was last looked for in the choice of customers."""
    wishes: dict[str, str | None] = st.session_state.get(_WISHES_KEY, {})
    return wishes.get(name)


def remember_wish(name: str, value: str | None) -> None:
    """Keeps what is looked for while other pages are open."""
    st.session_state.setdefault(_WISHES_KEY, {})[name] = value


def seed(key: str, value: object) -> str:
    """Gives a widget its first value, before it is drawn, and returns its key.

    Streamlit drops what a widget held once a run did not draw it; then this puts it back.
    """
    st.session_state.setdefault(key, value)
    return key
