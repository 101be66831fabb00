"""Trainees whose app breaks again and again; they do what a person at the desk does.

A child process plays calls and tells the parent what the trainee sees; the parent keeps that, as
the trainee's own memory, and starts a new child when one dies.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from random import Random
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.faults import points
from tests.faults.clock import jump
from tests.faults.points import DATABASE, Breaking, Place, Points
from tests.faults.process import Tell, die, heard_from, stop
from trainer.bootstrap import Desk
from trainer.catalog import Catalog
from trainer.core.acts import Speaker
from trainer.core.person import Role
from trainer.core.turn import Recognizer
from trainer.errors import CallEndedError, StoreError, TalkMovedOnError
from trainer.library import Library
from trainer.nlg.generator import Generator
from trainer.nlg.phrases import load_phrases
from trainer.practice import Practice
from trainer.store.calls import CallRecord, CallStore
from trainer.store.engine import open_engine
from trainer.store.people import PeopleStore

LINES = (
    "Guten Tag, mein Name ist Lena Vogt. Ich rufe an, weil Sie lange nicht mehr bei uns waren.",
    "Hätten Sie fünf Minuten für mich? Erst zwei Fragen, dann vielleicht ein Vorschlag.",
    "Das verstehe ich gut. Geht es dabei wirklich darum, oder steckt noch etwas anderes dahinter?",
    "Was war denn der Grund, dass Sie gegangen sind?",
    "Da haben Sie recht, das hätte nicht passieren dürfen. Es tut mir leid.",
    "Was ist damals genau passiert? 🙂 – „ganz“ ehrlich, 100 %?",
    "Was hat Ihnen denn gut gefallen?",
    "Worauf kommt es Ihnen am meisten an?",
    "Unter welchen Bedingungen könnten Sie sich einen Neuanfang vorstellen?",
    "Habe ich richtig verstanden, dass Ihnen Verlässlichkeit am wichtigsten ist?",
    "Sie bekommen eine feste Ansprechpartnerin. Für Sie heißt das: ein Anruf, und es läuft.",
    "Wollen wir es so noch einmal miteinander versuchen?",
    "Vielen Dank für Ihre Offenheit und auf Wiederhören.",
)
DATABASE_FAULTS: dict[str, Callable[[Engine], None]] = {
    "database away": points.away,
    "disk full": points.full,
    "another writer": points.busy,
}
DEATHS: dict[str, Callable[[], None]] = {"killed": die, "terminated": stop}
SURE = ("clock jumps", "two windows", "browser gone")
"""These take effect with whatever line they meet."""
KINDS = (*DATABASE_FAULTS, *DEATHS, "model breaks off", *SURE)
_SENT, _WORDS = 36, 12
"""So many points a turn passes at the database, and so many while the words are found."""
_TRIES = 3
"""So often something goes wrong with one line; after that the trainee is left in peace."""


@dataclass
class Memory:
    """What a trainee knows of one call, whatever becomes of the app.

    Attributes:
        number: Which call of the run.
        call: Its id, as it stands in the address of the page; None before that.
        said: The lines that the trainee has sent and seen in the talk.
        shown: What of the customer's answers was seen, by turn index.
        tries: How often something went wrong with the present line.
        over: Whether the trainee has seen the call end.
    """

    number: int
    call: str | None = None
    said: list[str] = field(default_factory=list)
    shown: dict[int, str] = field(default_factory=dict)
    tries: int = 0
    over: bool = False


@dataclass
class Outcome:
    """What a run came to.

    Attributes:
        calls: The trainee's memory of each call.
        faults: How many took effect, by kind.
        deaths: How many processes died of one.
        errors: How many errors the trainee was shown, by problem.
    """

    calls: list[Memory] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    deaths: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def turns(self) -> int:
        """Lines that trainees said and saw kept."""
        return sum(len(memory.said) for memory in self.calls)


def suffer(
    url: str, desk: Desk, *, turns: int, seed: int, rate: float, person: str = "Mia"
) -> Outcome:
    """Plays calls until so many lines were said, with faults at random points.

    Args:
        url: An empty database, migrated.
        desk: Content and recogniser.
        turns: How many lines.
        seed: Same seed, same faults at the same points.
        rate: Share of the lines with which something goes wrong.
        person: Name of the trainee.
    """
    outcome = Outcome()
    watched = Points()
    generator = Generator(load_phrases(), desk.recognizer, Breaking(watched))
    app = _App(url, desk.catalog, generator, desk.recognizer, watched)
    memory = Memory(0)
    while outcome.turns + len(memory.said) < turns:
        begin = partial(_play, app, memory, f"{seed}/{person}", rate, person)
        for event in heard_from(begin):
            memory = _learn(memory, event, outcome)
            if event["is"] == "over":
                outcome.calls.append(memory)
                memory = Memory(memory.number + 1)
                break
    outcome.calls.append(memory)
    return outcome


def _learn(memory: Memory, event: dict[str, Any], outcome: Outcome) -> Memory:
    match event["is"]:
        case "call":
            return replace(memory, call=event["id"])
        case "said":
            return replace(memory, said=[*memory.said, event["text"]], tries=0)
        case "shown":
            return replace(memory, shown={**memory.shown, event["index"]: event["text"]})
        case "fault":
            return replace(memory, tries=memory.tries + 1)
        case "hit":
            outcome.faults[event["kind"]] += 1
        case "error":
            outcome.errors[event["problem"]] += 1
        case "died":
            outcome.deaths += 1
        case "over":
            return replace(memory, over=True)
    return memory


@dataclass(frozen=True)
class _App:
    """What is loaded once; each process opens the database for itself."""

    url: str
    catalog: Catalog
    generator: Generator
    recognizer: Recognizer
    watched: Points


def _play(app: _App, memory: Memory, seed: str, rate: float, person: str, tell: Tell) -> None:
    """Plays one call from where the trainee's memory ends."""
    engine = open_engine(app.url)
    app.watched.watch(engine)
    practice = Practice(
        Library(app.catalog), app.recognizer, app.generator, CallStore(engine), PeopleStore(engine)
    )
    someone = practice.people.ensure(person, Role.TRAINEE).id
    _Trainee(practice, engine, app, someone, memory, seed, rate, tell).call()
    engine.dispose()


@dataclass
class _Trainee:
    practice: Practice
    engine: Engine
    app: _App
    person: str
    memory: Memory
    seed: str
    rate: float
    tell: Tell

    def call(self) -> None:
        """Goes on with the call until it is over."""
        record = self._record()
        while record.ended_at is None:
            self._look(record)
            if len(self.memory.said) == len(LINES):
                record = self.practice.hang_up(self.person, self._id)
            else:
                record = self._line(record)
        self._look(record)
        self.practice.review(self.person, record.id)
        self.tell("over")

    @property
    def _id(self) -> str:
        assert self.memory.call is not None
        return self.memory.call

    def _record(self) -> CallRecord:
        """Returns the call of the address, else the one the start page offers, else a new one."""
        while self.memory.call is None:
            kind = self._arm()
            try:
                self._remember(self._dial())
            except StoreError as error:
                self.tell("error", problem=error.problem)
            finally:
                self._calm(kind)
        return self._complete()

    def _dial(self) -> str:
        unfinished = self.practice.unfinished(self.person)
        if unfinished is not None:
            return unfinished.id
        personas = list(self.practice.catalog.personas)
        name = personas[self.memory.number % len(personas)]
        return self.practice.start(self.person, name, seed=self.memory.number).id

    def _remember(self, call: str) -> None:
        self.memory = replace(self.memory, call=call)
        self.tell("call", id=call)

    def _complete(self) -> CallRecord:
        """Reloads the page: an answer that is due comes now."""
        list(self.practice.answer(self.person, self._id))
        return self.practice.open(self.person, self._id)

    def _look(self, record: CallRecord) -> None:
        """Sees the talk as it stands."""
        for kept in record.turns:
            if kept.turn.speaker is Speaker.CUSTOMER:
                if kept.index not in self.memory.shown:
                    self._see(kept.index, kept.turn.text)
            elif kept.index // 2 >= len(self.memory.said):
                self.memory = replace(
                    self.memory, said=[*self.memory.said, kept.turn.text], tries=0
                )
                self.tell("said", text=kept.turn.text)

    def _see(self, index: int, text: str) -> None:
        self.memory.shown[index] = text
        self.tell("shown", index=index, text=text)

    def _line(self, record: CallRecord) -> CallRecord:
        """Says the next line; whatever happens, the page is looked at again afterwards."""
        text, seen = LINES[len(self.memory.said)], len(record.turns)
        kind = self._arm()
        try:
            if kind == "two windows":
                self._say_twice(text, seen)
            else:
                self._say(text, seen, kind)
        except StoreError as error:
            self.tell("error", problem=error.problem)
        finally:
            self._calm(kind)
        return self._complete()

    def _say(self, text: str, seen: int, kind: str | None) -> None:
        answer = self.practice.say(self.person, self._id, text, seen=seen)
        heard: list[str] = []
        for sentence in answer:
            heard.append(sentence)
            if kind == "browser gone":
                break
        if kind != "browser gone" and heard:
            self._see(seen + 1, " ".join(heard))

    def _say_twice(self, text: str, seen: int) -> None:
        gate, found = Barrier(2), []

        def window() -> None:
            gate.wait(10)
            try:
                list(self.practice.say(self.person, self._id, text, seen=seen))
            except (TalkMovedOnError, CallEndedError):
                found.append("refused")

        threads = [Thread(target=window) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if "refused" not in found:
            raise AssertionError("the same line was taken twice")

    def _arm(self) -> str | None:
        """Draws what is to go wrong with the present line, and where in it."""
        step = f"{self.seed}/{self.memory.number}/{len(self.memory.said)}/{self.memory.tries}"
        rng = Random(step)
        if self.memory.tries >= _TRIES or rng.random() >= self.rate:
            return None
        kind = rng.choice(KINDS)
        self.memory = replace(self.memory, tries=self.memory.tries + 1)
        self.tell("fault", kind=kind)
        watched = self.app.watched
        if kind in DATABASE_FAULTS:
            at = rng.randint(1, _SENT)
            watched.arm(at, lambda: DATABASE_FAULTS[kind](self.engine), DATABASE)
        elif kind in DEATHS:
            watched.arm(rng.randint(1, _SENT + _WORDS), lambda: self._die(kind))
        elif kind == "model breaks off":
            watched.arm(rng.randint(1, _WORDS), points.break_model, {Place.SPEECH})
        elif kind == "clock jumps":
            jump(
                pytest.MonkeyPatch(), timedelta(hours=rng.uniform(-48, 48))
            )  # until this process ends
        return kind

    def _die(self, kind: str) -> None:
        self.tell("hit", kind=kind)
        DEATHS[kind]()

    def _calm(self, kind: str | None) -> None:
        """Lets nothing more go wrong, and tells whether something did."""
        if kind is not None and (kind in SURE or self.app.watched.hit):
            self.tell("hit", kind=kind)
        self.app.watched.disarm()
