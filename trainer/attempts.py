"""How calls are taken: as an exam, with hints and notes, once more from one of the turns."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from trainer.comparison import Comparison, compare
from trainer.dialogue.state import DialogueState
from trainer.errors import NotFoundError, RetryError
from trainer.practice import Practice
from trainer.scoring.hints import hint_for
from trainer.store.attempts import AttemptRecord, AttemptStore, HintRecord
from trainer.store.calls import CallRecord

_STATE = TypeAdapter(DialogueState)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call of a family of attempts, with how it was taken."""

    call: CallRecord
    taken: AttemptRecord


@dataclass(frozen=True, slots=True)
class Attempts:
    """The service behind the ways to take a call. Every method checks whose call it is."""

    practice: Practice
    store: AttemptStore

    def start(
        self, person: str, persona_id: str, *, exam: bool = False, rubric: str | None = None
    ) -> CallRecord:
        """Dials; see `Practice.start`.

        Args:
            person: The trainee.
            persona_id: Whom to call.
            exam: Without guide and hints.
            rubric: Id of the rubric to score by; None takes the one in use.
        """
        record = self.practice.start(person, persona_id, rubric=rubric)
        if exam:
            self.store.mark_exam(record.id)
        return record

    def hint(self, person: str, call_id: str) -> HintRecord | None:
        """Returns a hint for the next line and counts it; asked again, the same one.

        None in an exam and in a call that is over.
        """
        record = self.practice.open(person, call_id)
        if record.ended_at is not None or self.store.get(call_id).exam:
            return None
        shown = self.shown_hint(record)
        if shown is None:
            turns = [kept.turn for kept in record.turns]
            catalog = self.practice.catalog
            rubric = catalog.pinned(record.versions) or catalog.rubric()
            hint = hint_for(turns, rubric)
            self.store.add_hint(call_id, turn=len(turns), check=hint.check, text=hint.text)
            shown = self.shown_hint(record)
        return shown

    def shown_hint(self, record: CallRecord) -> HintRecord | None:
        """Returns the hint that was given for the line due now, if one was."""
        return next((h for h in self.store.hints(record.id) if h.turn == len(record.turns)), None)

    def take_notes(self, person: str, call_id: str, text: str) -> None:
        """Keeps the trainee's own notes with the call."""
        self.store.note(self.practice.open(person, call_id).id, text)

    def retry(self, person: str, call_id: str, turn: int) -> CallRecord:
        """Begins a new attempt at a turn of an ended call, with the customer as it was then.

        The new call has the turns before `turn`, the same customer, seed and hidden state; the
        old one stays. `turn` may be the number of turns: the call then goes on where the trainee
        hung up.

        Raises:
            NotFoundError: No such call of this person.
            CallEndedError: It is still going on.
            RetryError: The customer has not spoken just before that turn, had ended the call, or
                the state was kept by a version that this one cannot read.
        """
        record = self.practice.review(person, call_id).call
        if not can_retry(record, turn):
            raise RetryError(f"Turn {turn} of call {call_id} cannot be spoken anew.")
        untouched = self.store.unspoken(record.id, turn)
        if untouched is not None:  # clicked twice, or begun and left
            return self.practice.open(person, untouched)
        made = self.store.branch(
            record.id,
            turn,
            versions={
                "recognizer": self.practice.recognizer.version,
                "generator": self.practice.generator.version,
            },
        )
        return self.practice.open(person, made)

    def drop_unspoken(self, person: str, call_id: str) -> str | None:
        """Drops a running attempt that has no line of its own yet.

        Returns:
            The id of the call it began in; None, and nothing dropped, for any other call.
        """
        record, taken = self.practice.open(person, call_id), self.store.get(call_id)
        if taken.parent is None or record.ended_at is not None or len(record.turns) != taken.turn:
            return None
        self.store.drop(record.id)
        return taken.parent

    def taken(self, person: str, call_id: str) -> AttemptRecord:
        """Returns how a person's own call was taken."""
        return self.store.get(self.practice.open(person, call_id).id)

    def family(self, person: str, call_id: str) -> Sequence[Attempt]:
        """Returns all ended attempts at a person's call, itself included, oldest first."""
        own = self.practice.open(person, call_id)
        attempts = [
            Attempt(own if taken.call == own.id else self.practice.open(person, taken.call), taken)
            for taken in self.store.family(own.id)
        ]
        return [attempt for attempt in attempts if attempt.call.ended_at is not None]

    def compare(self, person: str, first: str, second: str) -> Comparison:
        """Returns two attempts at the same call side by side.

        Raises:
            NotFoundError: No such calls of this person, or they are no attempts at the same call.
            CallEndedError: One is still going on.
        """
        reviews = self.practice.review(person, first), self.practice.review(person, second)
        if second not in {taken.call for taken in self.store.family(first)}:
            raise NotFoundError(f"The calls {first} and {second} are not attempts at the same one.")
        rubric = self.practice.catalog.rubric_of(reviews[1].call.assessment)
        checks = rubric.checks if rubric else ()
        return compare(*reviews, harmful={check.id for check in checks if check.harmful})


def can_retry(record: CallRecord, turn: int) -> bool:
    """Tells whether an attempt can begin at a turn: the customer spoke last and stayed."""
    if not 0 < turn <= len(record.turns):
        return False
    before = record.turns[turn - 1]
    if before.plan is None or before.state is None or before.plan.ending is not None:
        return False
    try:
        _STATE.validate_python(before.state)
    except ValidationError:
        return False
    return True
