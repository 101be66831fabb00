"""What trainees do with their own calls: start, say, hang up, review."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import randbelow
from time import perf_counter

from pydantic import TypeAdapter

from trainer.call import Call, Reaction, transcribe
from trainer.catalog import Catalog
from trainer.core.acts import Speaker
from trainer.core.assessment import Assessment
from trainer.core.persona import Persona
from trainer.core.plan import Ending
from trainer.core.rubric import Rubric
from trainer.core.turn import Recognizer, Turn
from trainer.dialogue.state import DialogueState
from trainer.errors import CallEndedError, NotFoundError, TalkMovedOnError
from trainer.library import Library
from trainer.nlg.generator import Generator
from trainer.scoring.assessor import assess
from trainer.store.calls import CallFilter, CallRecord, CallStore, CallSummary, TurnRecord
from trainer.store.people import PeopleStore
from trainer.watch import WATCH

_STATE = TypeAdapter(DialogueState)

LONGEST_LINE = 10_000
"""Characters of what a trainee says in one turn; nobody says more in one breath."""


@dataclass(frozen=True, slots=True)
class Review:
    """A finished call with all that may be shown afterwards.

    Attributes:
        call: The record with turns, assessment and comments.
        persona: The customer as it was in this call, secrets included; None in a real call.
        states: The hidden state after each customer turn, by turn index.
    """

    call: CallRecord
    persona: Persona | None
    states: dict[int, DialogueState]

    @property
    def customer(self) -> Persona:
        """The persona, for what only practised calls have.

        Raises:
            NotFoundError: It is a real call.
        """
        if self.persona is None:
            raise NotFoundError(f"Call {self.call.id} was no practice; it has no persona.")
        return self.persona


@dataclass(frozen=True, slots=True)
class Practice:
    """The service behind the pages. Every method checks whose call it is."""

    library: Library
    recognizer: Recognizer
    generator: Generator
    calls: CallStore
    people: PeopleStore

    @property
    def catalog(self) -> Catalog:
        """What there is to practise with right now; raises `StoreError`."""
        return self.library.catalog()

    def start(
        self, person: str, persona_id: str, *, seed: int | None = None, rubric: str | None = None
    ) -> CallRecord:
        """Dials: creates the call and lets the customer pick up.

        Args:
            person: The trainee.
            persona_id: Whom to call.
            seed: What the call's random numbers come from; None draws one.
            rubric: Id of the rubric to score by; None takes the one in use at the end.

        Raises:
            NotFoundError: No such persona or rubric.
            StoreError: The call cannot be written.
        """
        catalog = self.catalog
        judge = catalog.rubric(rubric) if rubric else None
        return self.dial(person, catalog.known_persona(persona_id), seed=seed, rubric=judge)

    def dial(
        self,
        person: str,
        persona: Persona,
        *,
        seed: int | None = None,
        rubric: Rubric | None = None,
        trial: bool = False,
    ) -> CallRecord:
        """Dials a customer who need not be in the catalogue; for other services.

        Raises:
            StoreError: The call cannot be written.
        """
        seed = randbelow(2**31) if seed is None else seed
        pinned = {"rubric": f"{rubric.id}/{rubric.version}"} if rubric else {}
        record = self.calls.create(
            person=person,
            persona=persona.model_dump(mode="json"),
            seed=seed,
            versions={
                "persona": f"{persona.id}/{persona.version}",
                "recognizer": self.recognizer.version,
                "generator": self.generator.version,
                **pinned,
            },
            trial=trial,
        )
        call = self._call(record)
        self._answer(record, call, call.pick_up(), [])
        return self.calls.get(record.id)

    def say(
        self, person: str, call_id: str, text: str, *, seen: int | None = None
    ) -> Iterator[str]:
        """Keeps the trainee's turn, then returns the customer's answer sentence by sentence.

        Both turns are committed before the first sentence comes out.

        Args:
            person: Whose call it is.
            call_id: The call.
            text: What the trainee says; cut at `LONGEST_LINE`.
            seen: How many turns the trainee had before their eyes; None where nobody else can
                have spoken meanwhile.

        Raises:
            CallEndedError: The call is over.
            TalkMovedOnError: It has gone on in another window; nothing was kept.
            NotFoundError: No such call of this person.
            StoreError: Nothing was kept and the text can be sent again, or the turn was kept and
                `answer` goes on with it; `open` tells which.
        """
        record = self.open(person, call_id)
        if record.ended_at is not None:
            raise CallEndedError("This call is over. Start a new one to go on practising.")
        talk = [turn.turn for turn in record.turns]
        if seen is not None and seen != len(talk):
            raise TalkMovedOnError("The call has gone on in another window.")
        turn = self._call(record).hear(text[:LONGEST_LINE], talk)
        self.calls.put_turn(record.id, TurnRecord(index=len(talk), turn=turn, at=datetime.now(UTC)))
        return self.answer(person, call_id)

    def answer(self, person: str, call_id: str) -> Iterator[str]:
        """Returns the answer to a turn that has none yet; nothing when none is due.

        A call whose process died between turn and answer, before the customer picked up, or
        between the last answer and the end of the call, goes on with this.
        """
        record = self.open(person, call_id)
        if record.ended_at is not None:
            return iter(())
        if not record.turns:
            call = self._call(record)
            return iter(self._answer(record, call, call.pick_up(), []))
        talk = [turn.turn for turn in record.turns]
        latest = record.turns[-1]
        if latest.turn.speaker is Speaker.TRAINEE:
            call = self._call(record)
            reaction = call.react(latest.turn, self._last_state(record), index=len(talk))
            return iter(self._answer(record, call, reaction, talk))
        if latest.plan is not None and latest.plan.ending is not None:
            self._finish(record.id, latest.plan.ending)
        return iter(())

    def hang_up(self, person: str, call_id: str) -> CallRecord:
        """Ends the call from the trainee's side and scores it. Does nothing to an ended call."""
        record = self.open(person, call_id)
        if record.ended_at is None:
            self._finish(record.id, Ending.ABANDONED)
        return self.calls.get(call_id)

    def open(self, person: str, call_id: str) -> CallRecord:
        """Returns a person's own call.

        Raises:
            NotFoundError: No such call, or somebody else's.
        """
        record = self.calls.get(call_id)
        if record.person != person:
            raise NotFoundError(f"There is no call {call_id} of yours.")
        return record

    def unfinished(self, person: str) -> CallSummary | None:
        """Returns the person's latest call that is still going on, if there is one."""
        return next(iter(self.calls.list(CallFilter(person=person, ended=False, limit=1))), None)

    def own_calls(
        self, person: str, *, limit: int = 50, trial: bool | None = None
    ) -> Sequence[CallSummary]:
        """Returns a person's ended calls, latest first.

        Args:
            person: The trainee.
            limit: At most so many.
            trial: Only calls that try content out, or only the others; None for both.
        """
        return self.calls.list(CallFilter(person=person, ended=True, limit=limit, trial=trial))

    def review(self, person: str, call_id: str) -> Review:
        """Returns a person's own ended call with its secrets.

        Raises:
            NotFoundError: No such call of this person.
            CallEndedError: It is still going on.
        """
        return self.reviewed(self.open(person, call_id))

    def close(self) -> None:
        """Gives back the database connections."""
        self.calls.close()

    def _call(self, record: CallRecord) -> Call:
        persona = Persona.model_validate(record.persona)
        return Call(persona, record.seed, self.recognizer, self.generator)

    def _answer(
        self, record: CallRecord, call: Call, reaction: Reaction, talk: list[Turn]
    ) -> list[str]:
        began = perf_counter()
        said = list(call.speak(reaction.plan, talk))
        answer = TurnRecord(
            index=len(talk),
            turn=transcribe(said),
            at=datetime.now(UTC),
            plan=reaction.plan,
            state=_STATE.dump_python(reaction.state, mode="json"),
            sentences=Counter(utterance.source for utterance in said),
            latency_ms=round((perf_counter() - began) * 1000),
        )
        WATCH.answered(
            [utterance.source for utterance in said],
            seconds=perf_counter() - began,
            without_model=self.generator.fault is not None,
        )
        try:
            self.calls.put_turn(record.id, answer)
        except TalkMovedOnError:  # another window waited for the same answer
            return [self.calls.get(record.id).turns[answer.index].turn.text]
        if reaction.ending is not None:
            self._finish(record.id, reaction.ending)
        return [utterance.text for utterance in said]

    def _finish(self, call_id: str, ending: Ending) -> None:
        self.calls.finish(call_id, ending)
        WATCH.ended(ending)
        self.calls.save_assessment(call_id, self._assess(self.calls.get(call_id)))

    def _assess(self, record: CallRecord) -> Assessment:
        catalog = self.catalog
        rubric = catalog.pinned(record.versions) or catalog.rubric()
        return assess([turn.turn for turn in record.turns], rubric, record.versions)

    def _last_state(self, record: CallRecord) -> DialogueState:
        states = [turn.state for turn in record.turns if turn.state is not None]
        return _STATE.validate_python(states[-1])

    def scored(self, record: CallRecord) -> CallRecord:
        """Returns an ended call with its assessment, made now where it died before it was scored.

        For services that have checked who asks.

        Raises:
            CallEndedError: It is still going on.
        """
        if record.ended_at is None:
            raise CallEndedError("This call is still going on. Hang up to see the review.")
        if record.assessment is None:
            self.calls.save_assessment(record.id, self._assess(record))
            return self.calls.get(record.id)
        return record

    def reviewed(self, record: CallRecord) -> Review:
        """Returns an ended call with its secrets; for services that have checked who asks.

        Raises:
            CallEndedError: It is still going on.
        """
        record = self.scored(record)
        return Review(
            call=record,
            persona=None if record.real else Persona.model_validate(record.persona),
            states={
                turn.index: _STATE.validate_python(turn.state)
                for turn in record.turns
                if turn.state is not None
            },
        )
