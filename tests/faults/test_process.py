"""Processes that end in the middle: of a turn, of a sentence, of a migration."""

from functools import partial
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, event, text

from tests.faults.points import Breaking, Place, Points
from tests.faults.process import Tell, die, heard_from, stop
from tests.store.samples import assessment, heard, said, start
from trainer.bootstrap import Desk
from trainer.core.plan import Ending
from trainer.library import Library
from trainer.nlg.generator import Generator
from trainer.nlg.phrases import load_phrases
from trainer.practice import Practice
from trainer.store.calls import CallStore
from trainer.store.engine import open_engine, upgrade
from trainer.store.people import PeopleStore
from trainer.store.schema import config

pytestmark = pytest.mark.slow

LINE = "Guten Tag, Lena Vogt. Was war damals der Grund, dass Sie gegangen sind?"
NEXT = "Danke, dass Sie das so offen sagen. Was ist genau passiert?"

BEFORE_THE_LINE_IS_KEPT = (Place.COMMIT, 1, 1)
BEFORE_THE_CUSTOMER_SPEAKS = (Place.COMMIT, 2, 2)
IN_MID_SENTENCE = (Place.SPEECH, 3, 2)
BEFORE_THE_ANSWER_IS_KEPT = (Place.COMMIT, 3, 2)
BEFORE_THE_ANSWER_IS_SHOWN = (Place.COMMIT, 4, 3)
KILL, TERM = "SIGKILL", "SIGTERM"


@pytest.mark.parametrize(
    ("place", "at", "kept", "sent"),
    [
        (*BEFORE_THE_LINE_IS_KEPT, KILL),
        (*BEFORE_THE_CUSTOMER_SPEAKS, TERM),
        (*IN_MID_SENTENCE, KILL),
        (*IN_MID_SENTENCE, TERM),
        (*BEFORE_THE_ANSWER_IS_KEPT, KILL),
        (*BEFORE_THE_ANSWER_IS_SHOWN, TERM),
    ],
    ids=["line", "pause", "sentence", "sentence-term", "answer", "stream"],
)
def test_a_process_ends_in_a_turn_and_the_next_one_goes_on(
    url: str, practice: Practice, desk: Desk, mia: str, place: Place, at: int, kept: int, sent: str
) -> None:
    persona = next(iter(practice.catalog.personas))
    whole, cut = (practice.start(mia, persona, seed=7) for _ in range(2))
    list(practice.say(mia, whole.id, LINE))

    def speak_until_it_ends(tell: Tell) -> None:
        engine, points = open_engine(url), Points()
        points.watch(engine)
        voice = Generator(load_phrases(), desk.recognizer, Breaking(points))
        doomed = Practice(
            Library(desk.catalog), desk.recognizer, voice, CallStore(engine), PeopleStore(engine)
        )
        points.arm(at, die if sent == KILL else stop, {place})
        doomed.say(mia, cut.id, LINE)
        tell("survived")

    assert list(heard_from(speak_until_it_ends)) == [{"is": "died", "of": sent}]
    assert len(practice.open(mia, cut.id).turns) == kept
    if kept == 1:
        list(practice.say(mia, cut.id, LINE))
    else:
        list(practice.answer(mia, cut.id))
    list(practice.say(mia, cut.id, NEXT))
    list(practice.say(mia, whole.id, NEXT))
    turns = practice.open(mia, cut.id).turns
    assert [kept.turn.text for kept in turns][1::2] == [LINE, NEXT]
    expected = practice.open(mia, whole.id).turns
    assert [kept.plan for kept in turns] == [kept.plan for kept in expected]


def test_a_process_ends_before_the_customer_picks_up(
    url: str, practice: Practice, mia: str
) -> None:
    persona = next(iter(practice.catalog.personas))

    def dial(tell: Tell) -> None:
        engine, points = open_engine(url), Points()
        points.watch(engine)
        doomed = Practice(
            practice.library,
            practice.recognizer,
            practice.generator,
            CallStore(engine),
            PeopleStore(engine),
        )
        points.arm(2, die, {Place.COMMIT})
        doomed.start(mia, persona, seed=7)

    assert [told["is"] for told in heard_from(dial)] == ["died"]
    waiting = practice.unfinished(mia)
    assert waiting is not None and waiting.turn_count == 0
    whole = practice.start(mia, persona, seed=7)
    list(practice.answer(mia, waiting.id))
    (picked_up,) = practice.open(mia, waiting.id).turns
    assert picked_up.turn == whole.turns[0].turn


@pytest.mark.parametrize("statements", [1, 8, 25])
def test_a_migration_is_interrupted_and_begins_anew(
    url: str, practice: Practice, mia: str, statements: int
) -> None:
    calls = practice.calls
    scored = start(calls, mia).id
    calls.put_turn(scored, said(0, "Ja bitte?"))
    calls.put_turn(scored, heard(1, "Guten Tag."))
    calls.finish(scored, Ending.ABANDONED)
    calls.save_assessment(scored, assessment())
    before = calls.get(scored)
    with calls.engine.begin() as connection:
        command.downgrade(config(connection), "0003")
    calls.close()
    assert [told["is"] for told in heard_from(partial(_die_while_migrating, url, statements))] == [
        "died"
    ]
    with calls.engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0003"
    calls.close()
    upgrade(url)
    assert calls.get(scored) == before


def _die_while_migrating(url: str, changes: int, tell: Tell) -> None:
    made: list[str] = []

    def count(*arguments: Any) -> None:
        statement = arguments[2].lstrip()
        if statement.startswith(("CREATE", "ALTER", "UPDATE")):
            made.append(statement)
        if len(made) == changes:
            die()

    event.listen(Engine, "after_cursor_execute", count)
    upgrade(url)
    tell("survived")
