"""Real calls: transcripts that coaches and administrators read in, scored like practised ones.

A call belongs to a trainee, who sees it among the own calls, or to nobody in particular: then it
stays with whoever read it in. Coaches of the owner's teams may see it, as any submitted call.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from trainer.call import annotate
from trainer.coaching import Coaching
from trainer.core.assessment import Assessment
from trainer.core.person import Actor, Role
from trainer.core.rubric import Principle
from trainer.core.text import Localized
from trainer.core.turn import Turn
from trainer.errors import NotAllowedError, NotFoundError, TranscriptError
from trainer.practice import Practice, Review
from trainer.scoring.assessor import assess
from trainer.scoring.draft import Draft
from trainer.scoring.transcript import Line
from trainer.store.assignments import AssignmentStore
from trainer.store.erasure import Erasure
from trainer.store.real_calls import NewRealCall, Origin, RealCallStore

_LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file.

    Attributes:
        call: Id of the call; None where it was refused, and for administrators, who see no calls.
        total: 0–100; None likewise.
        problem: Key of the words that say why it was refused; empty where it was kept.
        reason: Why it cannot be judged, where that is the problem.
        details: The technical message in English.
    """

    file: str
    call: str | None = None
    total: float | None = None
    problem: str = ""
    reason: Localized | None = None
    details: str = ""


@dataclass(frozen=True, slots=True)
class RealCalls:
    """The service behind reading in. Every method checks who asks."""

    practice: Practice
    coaching: Coaching
    store: RealCallStore
    trainees: AssignmentStore
    erasure: Erasure

    def people(self, actor: Actor) -> Mapping[str, str]:
        """Returns the trainees whose calls the actor may read in: names by id.

        Raises:
            NotAllowedError: The actor is a trainee.
        """
        _need_reader(actor)
        return {
            person: name
            for person, (name, teams) in self.trainees.trainees().items()
            if _may_read_for(actor, teams)
        }

    def keep(
        self, actor: Actor, draft: Draft, agents: Collection[str], owner: str | None
    ) -> Outcome:
        """Scores a transcript and keeps the call; one that cannot be judged is not kept.

        Args:
            actor: Who reads it in.
            draft: The file.
            agents: Names in it that are the agent's; empty to go by names and first lines.
            owner: Id of the trainee whose call it is; None for nobody in particular.

        Raises:
            NotAllowedError: The actor is a trainee.
            NotFoundError: The owner is none of `people`.
        """
        if owner is not None and owner not in self.people(actor):
            raise NotFoundError(f"There is no trainee {owner} in your teams.")
        _need_reader(actor)
        try:
            lines = draft.lines(agents)
        except TranscriptError as error:
            return Outcome(draft.file, problem=error.problem, details=str(error))
        known = self.store.known(_fingerprint(lines), _teams(actor))
        if known is not None:
            return Outcome(draft.file, call=_shown(actor, known), problem="known")
        return self._score(actor, draft, lines, owner or actor.person)

    def origin(self, actor: Actor, review: Review) -> Origin | None:
        """Returns who read a call in, for its owner and its coaches; None for a practised one.

        Raises:
            NotAllowedError: The actor is no coach, and it is somebody else's call.
            NotFoundError: A coach may not see it.
        """
        if review.call.person != actor.person:
            self.coaching.submitted(actor, review.call.id)
        return self.store.origin(review.call.id)

    def delete(self, actor: Actor, call_id: str) -> None:
        """Deletes a real call for good: its customer may ask for that (Art. 17 GDPR).

        Raises:
            NotAllowedError: The actor is no coach, or it is a practised call.
            NotFoundError: No such call, or of somebody in other teams.
        """
        if not self.coaching.submitted(actor, call_id).real:
            raise NotAllowedError("A practised call belongs to its trainee.")
        self.erasure.delete_call(call_id)

    def _score(self, actor: Actor, draft: Draft, lines: tuple[Line, ...], owner: str) -> Outcome:
        recognizer, rubric = self.practice.recognizer, self.practice.catalog.rubric()
        too_long = len(lines) > rubric.minimum.most_turns
        turns = [Turn(*line, ()) for line in lines] if too_long else annotate(lines, recognizer)
        assessment = assess(turns, rubric, {"recognizer": recognizer.version})
        if assessment.total is None:
            return Outcome(draft.file, problem="unscored", reason=_why(assessment))
        call = self.store.add(
            NewRealCall(
                person=owner,
                author=actor.person,
                title=PurePosixPath(draft.file).stem[:_LONGEST_TITLE],
                turns=turns,
                assessment=assessment,
                fingerprint=_fingerprint(lines),
            )
        )
        if owner != actor.person:
            self.coaching.store.note_look(call, viewer=actor.person, owner=owner, what="read_in")
        shown = _shown(actor, call)
        return Outcome(draft.file, call=shown, total=assessment.total if shown else None)


def build_real_calls(practice: Practice, coaching: Coaching) -> RealCalls:
    """Builds the service on the same database as the calls."""
    engine = practice.calls.engine
    return RealCalls(
        practice, coaching, RealCallStore(engine), AssignmentStore(engine), Erasure(engine)
    )


def _need_reader(actor: Actor) -> None:
    if actor.role is Role.TRAINEE:
        raise NotAllowedError("Only coaches and administrators read calls in.")


def _may_read_for(actor: Actor, teams: frozenset[str]) -> bool:
    if actor.teams is None or actor.role is Role.ADMINISTRATOR:
        return True
    return bool(actor.teams & teams) or not (actor.teams or teams)


def _teams(actor: Actor) -> frozenset[str] | None:
    return None if actor.role is Role.ADMINISTRATOR else actor.teams


def _shown(actor: Actor, call: str) -> str | None:
    return call if actor.role is Role.COACH else None


def _why(assessment: Assessment) -> Localized:
    """Returns the reason, which is the same for every principle of a call that cannot be judged."""
    return assessment.principles[Principle.LEAD].reason


def _fingerprint(lines: Collection[Line]) -> str:
    return sha256(json.dumps(list(lines)).encode()).hexdigest()
