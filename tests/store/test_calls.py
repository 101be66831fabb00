from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, event

from tests.store.samples import NOON, assessment, heard, persona, said, start, submit
from trainer.core.person import Role
from trainer.core.plan import Ending
from trainer.core.rubric import Principle
from trainer.core.text import Localized
from trainer.errors import CallEndedError, NotFoundError, TalkMovedOnError
from trainer.store.calls import CallFilter, CallStore
from trainer.store.engine import open_engine
from trainer.store.people import PeopleStore

AWKWARD = [
    "",
    "   ",
    "Grüß Gott, „Frau Yılmaz“ – 5 € & 10 %",
    "🙂👩‍👩‍👧‍👦🇩🇪",
    "a\x00b\x00",
    "\x01\x1f\x7f\ufffe\u2028",
    "<script>alert('x')</script> $x^2$ **fett**",
    "'; DROP TABLE calls; --",
    '{"json": "\\u0000 \\ud800"}',
    "%s %(x)s :x ?",
    "עברית العربية 漢字 e\u0301",
    "lang " * 20_000,
]


@pytest.fixture
def clocked(engine: Engine) -> CallStore:
    """Calls whose clock goes on by one minute a look."""
    minutes = count()
    return CallStore(engine, now=lambda: NOON + timedelta(minutes=next(minutes)))


def ids(calls: CallStore, **wanted: object) -> list[str]:
    return [summary.id for summary in calls.list(CallFilter(**wanted))]


def test_a_new_call_comes_back_as_it_was_made(calls: CallStore, mia: str) -> None:
    before = datetime.now(UTC)
    made = start(calls, mia)
    assert calls.get(made.id) == made
    assert (made.person, made.persona, made.seed) == (mia, persona(), 2**31)
    assert made.versions == {"recognizer": "r1"}
    assert before <= made.started_at <= datetime.now(UTC)
    assert made.started_at.tzinfo is UTC
    assert (made.ended_at, made.ending, made.turns, made.assessment) == (None, None, (), None)


def test_a_whole_call_comes_back_as_it_was_put(clocked: CallStore, engine: Engine) -> None:
    people = PeopleStore(engine)
    mia, ina = (people.ensure("Mia", Role.TRAINEE), people.ensure("Ina", Role.COACH))
    call = start(clocked, mia.id).id
    turns = (said(0, "Yılmaz?"), heard(1, "Guten Tag."), said(2, "Nein.", ending=Ending.DECLINED))
    for turn in turns:
        clocked.put_turn(call, turn)
    clocked.finish(call, Ending.DECLINED)
    clocked.save_assessment(call, assessment())
    submit(clocked, call)
    clocked.comment(call, author=ina.id, text="Gut eröffnet 👍", turn=1)
    clocked.comment(call, author=ina.id, text="Weiter so.")
    kept = clocked.get(call)
    assert kept.turns == turns
    assert (kept.ending, kept.assessment) == (Ending.DECLINED, assessment())
    assert kept.ended_at == NOON + timedelta(minutes=1)
    assert kept.submitted_at == NOON + timedelta(minutes=2)
    assert [
        (it.author, it.author_name, it.text, it.turn, it.at - NOON) for it in kept.comments
    ] == [
        (ina.id, "Ina", "Gut eröffnet 👍", 1, timedelta(minutes=3)),
        (ina.id, "Ina", "Weiter so.", None, timedelta(minutes=4)),
    ]


def test_whatever_is_typed_is_kept_character_for_character(calls: CallStore, mia: str) -> None:
    call = start(calls, mia).id
    for index, text in enumerate(AWKWARD):
        calls.put_turn(call, heard(index, text))
    kept = calls.get(call).turns
    assert [turn.turn.text for turn in kept] == AWKWARD
    assert list(kept) == [heard(index, text) for index, text in enumerate(AWKWARD)]


def test_half_a_surrogate_pair_is_replaced_without_moving_an_offset(
    calls: CallStore, mia: str
) -> None:
    call = start(calls, mia).id
    calls.put_turn(call, heard(0, "a\ud83db\ude00c"))
    assert calls.get(call).turns[0] == heard(0, "a\ufffdb\ufffdc")


def test_a_comment_with_characters_no_database_keeps_is_not_lost(
    calls: CallStore, mia: str
) -> None:
    call = start(calls, mia).id
    calls.comment(call, author=mia, text="vor\x00nach \ud800 🙂")
    assert calls.get(call).comments[0].text == "vor\ufffdnach \ufffd 🙂"


def test_turns_come_in_the_order_of_their_index(calls: CallStore, mia: str) -> None:
    call = start(calls, mia).id
    for index in (11, 2, 0, 10, 1):
        calls.put_turn(call, heard(index, f"Zeile {index}"))
    assert [turn.index for turn in calls.get(call).turns] == [0, 1, 2, 10, 11]


def test_a_turn_that_was_kept_is_not_written_over(calls: CallStore, mia: str) -> None:
    call = start(calls, mia).id
    calls.put_turn(call, said(0, "Ja?"))
    with pytest.raises(TalkMovedOnError):
        calls.put_turn(call, heard(0, "Hallo"))
    assert calls.get(call).turns == (said(0, "Ja?"),)


def test_a_call_that_has_ended_takes_no_more_turns(calls: CallStore, mia: str) -> None:
    call = start(calls, mia).id
    calls.put_turn(call, said(0, "Ja?"))
    calls.finish(call, Ending.HUNG_UP)
    for index in (0, 1):
        with pytest.raises(CallEndedError):
            calls.put_turn(call, heard(index, "Hallo?"))
    assert calls.get(call).turns == (said(0, "Ja?"),)


def test_the_first_ending_submission_and_assessment_count(clocked: CallStore, mia: str) -> None:
    call = start(clocked, mia).id
    clocked.finish(call, Ending.HUNG_UP)
    clocked.save_assessment(call, assessment(40, passed=False))
    submit(clocked, call)
    first = clocked.get(call)
    clocked.finish(call, Ending.ABANDONED)
    clocked.save_assessment(call, assessment(90))
    submit(clocked, call)
    assert clocked.get(call) == first
    assert (first.ending, first.assessment) == (Ending.HUNG_UP, assessment(40, passed=False))


@pytest.mark.parametrize("call", ["nowhere", "", "a\x00", "x" * 500, "'; --"])
def test_a_call_that_is_not_there_is_not_found_by_any_method(
    calls: CallStore, mia: str, call: str
) -> None:
    for attempt in (
        lambda: calls.get(call),
        lambda: calls.put_turn(call, heard(0, "Hallo")),
        lambda: calls.finish(call, Ending.ABANDONED),
        lambda: calls.save_assessment(call, assessment()),
        lambda: submit(calls, call),
        lambda: calls.comment(call, author=mia, text="?"),
    ):
        with pytest.raises(NotFoundError, match="There is no call"):
            attempt()


def test_a_call_needs_a_person_and_a_comment_person_and_turn(calls: CallStore, mia: str) -> None:
    with pytest.raises(NotFoundError, match="person nobody"):
        start(calls, "nobody")
    call = start(calls, mia).id
    with pytest.raises(NotFoundError, match="person nobody"):
        calls.comment(call, author="nobody", text="?")
    with pytest.raises(NotFoundError, match="turn 3"):
        calls.comment(call, author=mia, text="?", turn=3)
    assert calls.get(call).comments == ()


def test_a_summary_says_what_the_call_says(clocked: CallStore, mia: str) -> None:
    call = start(clocked, mia).id
    fresh = clocked.list(CallFilter())[0]
    assert (fresh.ending, fresh.total, fresh.passed, fresh.levels) == (None, None, None, {})
    clocked.put_turn(call, said(0, "Ja?"))
    clocked.put_turn(call, heard(1, "Hallo"))
    clocked.finish(call, Ending.NEXT_STEP)
    clocked.save_assessment(call, assessment())
    submit(clocked, call)
    for text in ("eins", "zwei", "drei"):
        clocked.comment(call, author=mia, text=text)
    kept, (listed,) = clocked.get(call), clocked.list(CallFilter())
    for field in ("id", "person", "started_at", "ended_at", "ending", "submitted_at"):
        assert getattr(listed, field) == getattr(kept, field)
    assert (listed.person_name, listed.persona_id) == ("Mia", "frau_yilmaz")
    assert (listed.persona_name, listed.difficulty) == ("Ayşe Yılmaz", "hard")
    assert listed.industry == Localized(de="Fitnessstudio", en="gym")
    assert (listed.total, listed.passed) == (61.5, True)
    assert listed.levels == {**dict.fromkeys(Principle, 3), Principle.CLOSE: None}
    assert (listed.turn_count, listed.comment_count) == (2, 3)


@pytest.fixture
def crowd(clocked: CallStore, engine: Engine) -> dict[str, str]:
    """Four calls, one a minute: won, lost, going on, and won by somebody else; ids by name."""
    people = PeopleStore(engine)
    mia, jan = (people.ensure(name, Role.TRAINEE).id for name in ("Mia", "Jan"))
    minutes = count()
    made = {}
    for name, person, persona_id, ending, total in (
        ("won", mia, "frau_yilmaz", Ending.ACCEPTED, 80.0),
        ("lost", mia, "herr_kranz", Ending.DECLINED, 30.0),
        ("open", mia, "frau_yilmaz", None, None),
        ("other", jan, "herr_kranz", Ending.ACCEPTED, 60.0),
    ):
        at = NOON + timedelta(minutes=next(minutes))
        calls = replace(clocked, now=lambda at=at: at)
        made[name] = start(calls, person, persona_id).id
        if ending:
            calls.finish(made[name], ending)
            passed = total > 50
            judged = assessment(total, passed=passed, level=3 if passed else 2)
            calls.save_assessment(made[name], judged)
    submit(clocked, made["won"])
    submit(clocked, made["lost"])
    return made | {"mia": mia, "jan": jan}


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, ["other", "open", "lost", "won"]),
        ({"persona_id": "herr_kranz"}, ["other", "lost"]),
        ({"ending": Ending.ACCEPTED}, ["other", "won"]),
        ({"passed": True}, ["other", "won"]),
        ({"passed": False}, ["lost"]),
        ({"submitted": True}, ["lost", "won"]),
        ({"submitted": False}, ["other", "open"]),
        ({"ended": True}, ["other", "lost", "won"]),
        ({"ended": False}, ["open"]),
        ({"since": NOON + timedelta(minutes=2)}, ["other", "open"]),
        ({"until": NOON + timedelta(minutes=2)}, ["lost", "won"]),
        ({"min_total": 60}, ["other", "won"]),
        ({"weak_in": Principle.NEEDS}, ["lost"]),
        ({"weak_in": Principle.CLOSE}, []),
        ({"limit": 2}, ["other", "open"]),
        ({"limit": 2, "offset": 1}, ["open", "lost"]),
        ({"offset": 4}, []),
        ({"ending": Ending.ACCEPTED, "submitted": True, "passed": True}, ["won"]),
        ({"persona_id": "herr_kranz", "ended": False}, []),
    ],
)
def test_a_filter_lets_through_what_it_names_latest_first(
    clocked: CallStore, crowd: dict[str, str], wanted: dict[str, object], names: list[str]
) -> None:
    assert ids(clocked, **wanted) == [crowd[name] for name in names]


def test_a_list_can_be_of_one_person(clocked: CallStore, crowd: dict[str, str]) -> None:
    assert ids(clocked, person=crowd["jan"]) == [crowd["other"]]
    assert ids(clocked, person=crowd["mia"], limit=1) == [crowd["open"]]
    assert ids(clocked, person="nobody\x00") == []


def test_a_filter_takes_times_of_any_zone(clocked: CallStore, crowd: dict[str, str]) -> None:
    since = (NOON + timedelta(minutes=3)).astimezone(ZoneInfo("Europe/Berlin"))
    assert ids(clocked, since=since) == [crowd["other"]]


def test_a_page_needs_at_least_one_line() -> None:
    for wrong in ({"limit": 0}, {"limit": -1}, {"offset": -1}):
        with pytest.raises(ValueError, match="must be"):
            CallFilter(**wrong)


@pytest.fixture
def statements(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_a_list_is_one_statement_and_a_call_three(
    clocked: CallStore, crowd: dict[str, str], statements: list[str]
) -> None:
    assert len(clocked.list(CallFilter())) == 4
    assert len(statements) == 1
    assert "persona," not in statements[0] and "assessment" not in statements[0]
    for author in (crowd["mia"], crowd["jan"]):
        clocked.comment(crowd["won"], author=author, text="?")
    statements.clear()
    clocked.get(crowd["won"])
    assert len(statements) == 3


def test_two_writers_lose_nothing(url: str, calls: CallStore, mia: str) -> None:
    shared, own = start(calls, mia).id, [start(calls, mia).id for _ in range(2)]
    turns = 25

    def play(writer: int) -> None:
        engine = open_engine(url)
        try:
            mine = CallStore(engine)
            for index in range(turns):
                mine.put_turn(own[writer], heard(index, f"{writer}/{index}"))
                mine.put_turn(shared, heard(2 * index + writer, f"{writer}/{index}"))
                mine.list(CallFilter(person=mia))
        finally:
            engine.dispose()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(play, range(2)))
    assert [len(calls.get(call).turns) for call in own] == [turns, turns]
    assert [turn.turn.text for turn in calls.get(shared).turns] == [
        f"{writer}/{index}" for index in range(turns) for writer in range(2)
    ]
