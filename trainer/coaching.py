"""What coaches do with the calls that trainees submitted, and what comes back to the trainee.

A coach sees submitted calls of trainees in the same teams, and nobody else does. Every look is
noted, and its trainee can read the notes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from trainer.core.assessment import Assessment, CheckResult
from trainer.core.person import Actor, Role
from trainer.core.rubric import Principle
from trainer.errors import ConflictError, InputError, NotAllowedError, NotFoundError
from trainer.practice import Practice, Review
from trainer.store.calls import CallFilter, CallRecord, CallSummary
from trainer.store.coaching import CoachingStore, Look, NewCorrection, ReviewState

LONGEST_TEXT = 5000
_PRINCIPLES = {str(principle) for principle in Principle}
_LEVELS = tuple(str(level) for level in range(1, 6))


@dataclass(frozen=True, slots=True)
class Coached:
    """A call with what coaches made of it.

    Attributes:
        seen: Whether this coach has seen the program's result; blind scores come before.
    """

    review: Review
    state: ReviewState
    seen: bool


def automatic(assessment: Assessment | None, subject: str) -> str | None:
    """Returns what the program said about a check or principle; None where it said nothing.

    Raises:
        NotFoundError: The assessment knows no such check or principle.
    """
    if subject in _PRINCIPLES:
        score = assessment.principles.get(Principle(subject)) if assessment else None
        return None if score is None or score.level is None else str(score.level)
    findings = {found.id: found.result for found in assessment.findings} if assessment else {}
    if subject not in findings:
        raise NotFoundError(f"There is no check or principle {subject!r} in this assessment.")
    return str(findings[subject])


def choices(subject: str) -> tuple[str, ...]:
    """Returns what can be said about a check or principle."""
    return _LEVELS if subject in _PRINCIPLES else tuple(str(result) for result in CheckResult)


@dataclass(frozen=True, slots=True)
class Coaching:
    """The service behind the coach's pages. Every method checks who asks."""

    practice: Practice
    store: CoachingStore

    # --- the coach ---

    def inbox(self, actor: Actor, wanted: CallFilter) -> Sequence[CallSummary]:
        """Returns the submitted calls that the actor may see and the filter lets through.

        Raises:
            NotAllowedError: The actor is no coach.
        """
        _need_coach(actor)
        return self.practice.calls.list(
            replace(wanted, submitted=True, ended=True, teams=actor.teams)
        )

    def look(self, actor: Actor, call_id: str) -> Coached:
        """Returns a submitted call with everything, and notes the look.

        Raises:
            NotAllowedError: The actor is no coach.
            NotFoundError: No such call, not submitted, or of somebody in other teams.
        """
        return self._look(actor, self.submitted(actor, call_id), "review")

    def look_blind(self, actor: Actor, call_id: str) -> Coached:
        """Returns a submitted call for scoring before the program's result is seen.

        Raises:
            NotAllowedError: The actor is no coach.
            NotFoundError: No such call, not submitted, or of somebody in other teams.
            ConflictError: The actor has seen the result already.
        """
        record = self.submitted(actor, call_id)
        if self.store.has_looked(call_id, actor.person, "review"):
            raise ConflictError("You have seen the automatic result of this call already.")
        return self._look(actor, record, "blind")

    def score_blind(
        self, actor: Actor, call_id: str, levels: Mapping[Principle, int], *, version: int
    ) -> None:
        """Keeps a coach's own levels, given before the program's were seen.

        Raises:
            NotAllowedError: The actor is no coach.
            NotFoundError: No such call, not submitted, or of somebody in other teams.
            ConflictError: The result was seen already, or somebody else has written since.
            InputError: A level is none.
        """
        coached = self.look_blind(actor, call_id)
        assessment = coached.review.call.assessment
        new = [
            NewCorrection(
                subject=principle,
                automatic=automatic(assessment, principle),
                coach=_value(principle, str(level)),
                reason="",
                blind=True,
            )
            for principle, level in levels.items()
        ]
        self.store.correct(call_id, actor.person, new, version=version)

    def correct(
        self, actor: Actor, call_id: str, subject: str, value: str, reason: str, *, version: int
    ) -> None:
        """Sets a check's result or a principle's level beside the program's.

        Args:
            actor: The coach.
            call_id: Id of the call.
            subject: Id of the check or principle.
            value: One of `choices(subject)`.
            reason: Why; must not be empty.
            version: The version of the review that the coach looked at.

        Raises:
            NotAllowedError: The actor is no coach.
            NotFoundError: No such call or subject, or a call the actor may not see.
            ConflictError: Somebody else has written since.
            InputError: The value is none, or the reason is missing or too long.
        """
        record = self.submitted(actor, call_id)
        new = NewCorrection(
            subject=subject,
            automatic=automatic(self.practice.scored(record).assessment, subject),
            coach=_value(subject, value),
            reason=_text(reason),
        )
        self.store.correct(call_id, actor.person, [new], version=version)

    def comment(
        self,
        actor: Actor,
        call_id: str,
        text: str,
        *,
        turn: int | None = None,
        better: bool = False,
    ) -> None:
        """Leaves a comment, or a sentence that would have been better, at a call or a turn.

        Raises:
            NotAllowedError: The actor is no coach.
            NotFoundError: No such call or turn, or a call the actor may not see.
            InputError: The text is empty or too long.
        """
        record = self.submitted(actor, call_id)
        self.practice.calls.comment(
            record.id,
            author=actor.person,
            text=_text(text),
            turn=turn,
            kind="better" if better else "comment",
        )

    def finish(self, actor: Actor, call_id: str, *, version: int, finished: bool = True) -> None:
        """Lets the trainee see the corrections, or takes them back for more work.

        Raises:
            NotAllowedError: The actor is no coach.
            NotFoundError: No such call, or one the actor may not see.
            ConflictError: Somebody else has written since.
        """
        record = self.submitted(actor, call_id)
        self.store.finish(record.id, actor.person, version=version, finished=finished)

    def ask_example(self, actor: Actor, call_id: str) -> None:
        """Asks the trainee to let the team see the call.

        Raises:
            NotAllowedError: The actor is no coach, or it is a real call: its customer was never
                asked.
            NotFoundError: No such call, or one the actor may not see.
        """
        record = self.submitted(actor, call_id)
        if record.real:
            raise NotAllowedError("A real call holds words of somebody who was never asked.")
        self.store.ask_example(record.id, actor.person)

    # --- the trainee, and the team ---

    def outcome(self, actor: Actor, call_id: str) -> ReviewState:
        """Returns what coaches made of the actor's own call; corrections once they are finished.

        Raises:
            NotFoundError: No such call of the actor.
        """
        record = self.practice.open(actor.person, call_id)
        state = self.store.state(record.id)
        return state if state.finished_at else replace(state, history=(), coach=None)

    def answer_example(self, actor: Actor, call_id: str, *, agreed: bool) -> None:
        """Lets the team see the actor's own call, or not; can be changed at any time.

        Raises:
            NotFoundError: No such call of the actor, or nobody asked.
        """
        self.store.answer_example(self.practice.open(actor.person, call_id).id, agreed=agreed)

    def examples(self, actor: Actor) -> Sequence[CallSummary]:
        """Returns others' calls in the actor's teams whose trainees agreed to show them."""
        _need_practising(actor)
        shown = set(self.store.examples())
        calls = self.practice.calls.list(CallFilter(submitted=True, teams=actor.teams, limit=1000))
        return [call for call in calls if call.id in shown and call.person != actor.person]

    def example(self, actor: Actor, call_id: str) -> Review:
        """Returns a call that its trainee agreed to show to the team, and notes the look.

        What coaches wrote to the trainee is not part of it.

        Raises:
            NotAllowedError: The actor is an administrator.
            NotFoundError: No such example in the actor's teams.
        """
        _need_practising(actor)
        record = self.practice.calls.get(call_id)
        if not self.store.state(call_id).agreed or not self._same_team(actor, record.person):
            raise _no_call(call_id)
        self._note(actor, record, "example")
        review = self.practice.reviewed(record)
        return replace(review, call=replace(review.call, comments=()))

    def looks(self, actor: Actor) -> Sequence[Look]:
        """Returns who looked at the actor's own calls, latest first."""
        return self.store.looks(actor.person)

    def submitted(self, actor: Actor, call_id: str) -> CallRecord:
        """Returns a submitted call that the actor may see as a coach, without noting a look.

        For other services: whoever shows it to somebody calls `look`.

        Raises:
            NotAllowedError: The actor is no coach.
            NotFoundError: No such call, not submitted, or of somebody in other teams.
        """
        _need_coach(actor)
        try:
            record = self.practice.calls.get(call_id)
        except NotFoundError as error:
            raise _no_call(call_id) from error
        if record.submitted_at is None or not self._same_team(actor, record.person):
            raise _no_call(call_id)
        return record

    def _same_team(self, actor: Actor, person: str) -> bool:
        if actor.teams is None or actor.person == person:
            return True
        theirs = self.store.teams_of(person)
        return bool(actor.teams & theirs) or not (actor.teams or theirs)

    def _look(self, actor: Actor, record: CallRecord, what: str) -> Coached:
        self._note(actor, record, what)
        return Coached(
            review=self.practice.reviewed(record),
            state=self.store.state(record.id),
            seen=self.store.has_looked(record.id, actor.person, "review"),
        )

    def _note(self, actor: Actor, record: CallRecord, what: str) -> None:
        if actor.person != record.person:
            self.store.note_look(record.id, viewer=actor.person, owner=record.person, what=what)


def _need_coach(actor: Actor) -> None:
    if actor.role is not Role.COACH:
        raise NotAllowedError("Only a coach may do this.")


def _need_practising(actor: Actor) -> None:
    if actor.role is Role.ADMINISTRATOR:
        raise NotAllowedError("Administrators see no calls.")


def _value(subject: str, value: str) -> str:
    if value not in choices(subject):
        raise InputError("value", f"{value!r} is none of {', '.join(choices(subject))}.")
    return value


def _text(text: str) -> str:
    if not text.strip():
        raise InputError("empty", "Please write something first.")
    if len(text) > LONGEST_TEXT:
        raise InputError("long", f"At most {LONGEST_TEXT} characters, please.")
    return text.strip()


def _no_call(call_id: str) -> NotFoundError:
    return NotFoundError(f"There is no submitted call {call_id} that you may see.")
