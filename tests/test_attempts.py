"""Retries on a real database, the real recogniser and a shipped persona."""

from dataclasses import replace

import pytest

from trainer.attempts import Attempts, can_retry
from trainer.core.assessment import CheckResult
from trainer.core.person import Role
from trainer.errors import CallEndedError, NotFoundError, RetryError, TalkMovedOnError
from trainer.practice import Practice
from trainer.store.attempts import AttemptStore

LINES = [
    "Guten Tag, mein Name ist Lena Vogt. Ich rufe an, weil wir Sie vermissen. Passt es kurz?",
    "Was hat damals den Ausschlag gegeben, dass Sie gegangen sind?",
    "Das tut mir leid. Was ist damals genau passiert?",
]
PUSHY = "Jetzt unterschreiben Sie schon, das Angebot gilt nur heute!"


@pytest.fixture
def attempts(practice: Practice) -> Attempts:
    return Attempts(practice, AttemptStore(practice.calls.engine))


@pytest.fixture
def call(practice: Practice, trainee: str) -> str:
    record = practice.start(trainee, "carla_monteiro", seed=5)
    for line in LINES:
        list(practice.say(trainee, record.id, line))
    return practice.hang_up(trainee, record.id).id


def test_the_same_words_in_another_attempt_bring_the_same_plan_and_state(
    practice: Practice, attempts: Attempts, trainee: str, call: str
) -> None:
    first = practice.open(trainee, call)
    again = attempts.retry(trainee, call, 3)
    list(practice.say(trainee, again.id, LINES[1]))
    second = practice.open(trainee, again.id)
    assert second.turns[4].plan == first.turns[4].plan
    assert second.turns[4].state == first.turns[4].state


def test_other_words_lead_elsewhere_and_the_comparison_says_where(
    practice: Practice, attempts: Attempts, trainee: str, call: str
) -> None:
    again = attempts.retry(trainee, call, 3)
    list(practice.say(trainee, again.id, PUSHY))
    practice.hang_up(trainee, again.id)
    assert [one.call.id for one in attempts.family(trainee, call)] == [call, again.id]
    compared = attempts.compare(trainee, call, again.id)
    assert compared.fork == 3
    assert all(change.first.result is not change.second.result for change in compared.changes)
    asked = next(change for change in compared.changes if change.second.id == "needs.reason")
    assert asked.first.result is CheckResult.MET and not asked.better
    needs = next(pair for pair in compared.levels if pair.principle == "needs")
    assert needs.change is not None and needs.change < 0


def test_a_second_click_opens_the_attempt_that_was_begun(
    attempts: Attempts, trainee: str, call: str
) -> None:
    assert attempts.retry(trainee, call, 3).id == attempts.retry(trainee, call, 3).id


def test_an_attempt_nobody_spoke_in_is_dropped_at_hanging_up_and_no_other(
    practice: Practice, attempts: Attempts, trainee: str, call: str
) -> None:
    assert attempts.drop_unspoken(trainee, call) is None
    again = attempts.retry(trainee, call, 3)
    assert attempts.drop_unspoken(trainee, again.id) == call
    with pytest.raises(NotFoundError):
        practice.open(trainee, again.id)
    spoken = attempts.retry(trainee, call, 3)
    list(practice.say(trainee, spoken.id, PUSHY))
    assert attempts.drop_unspoken(trainee, spoken.id) is None


def test_a_call_hung_up_by_accident_goes_on_where_it_stopped(
    practice: Practice, attempts: Attempts, trainee: str, call: str
) -> None:
    turns = practice.open(trainee, call).turns
    assert attempts.retry(trainee, call, len(turns)).turns == turns


@pytest.mark.parametrize("turn", [0, 2, 8, -3])
def test_an_attempt_begins_only_where_the_trainee_speaks(
    attempts: Attempts, trainee: str, call: str, turn: int
) -> None:
    with pytest.raises(RetryError):
        attempts.retry(trainee, call, turn)


def test_attempts_belong_to_whoever_made_the_call(
    practice: Practice, attempts: Attempts, trainee: str, call: str
) -> None:
    other = practice.people.ensure("Jan", Role.TRAINEE).id
    with pytest.raises(NotFoundError):
        attempts.retry(other, call, 3)
    running = attempts.retry(trainee, call, 3)
    with pytest.raises(CallEndedError):
        attempts.retry(trainee, running.id, 3)
    unrelated = practice.start(trainee, "carla_monteiro", seed=6)
    practice.hang_up(trainee, unrelated.id)
    with pytest.raises(NotFoundError):
        attempts.compare(trainee, call, unrelated.id)


def test_a_state_of_an_unknown_version_cannot_be_gone_back_to(
    practice: Practice, trainee: str, call: str
) -> None:
    record = practice.open(trainee, call)
    assert can_retry(record, 3)
    strange = replace(record.turns[2], state={"trust": "a lot"})
    changed = replace(record, turns=(*record.turns[:2], strange, *record.turns[3:]))
    assert not can_retry(changed, 3)


def test_a_line_for_a_moment_that_is_over_is_refused_and_nothing_is_lost(
    practice: Practice, trainee: str
) -> None:
    record = practice.start(trainee, "carla_monteiro", seed=5)
    list(practice.say(trainee, record.id, LINES[0], seen=1))
    before = practice.open(trainee, record.id).turns
    with pytest.raises(TalkMovedOnError):
        practice.say(trainee, record.id, LINES[1], seen=1)
    assert practice.open(trainee, record.id).turns == before
    list(practice.say(trainee, record.id, LINES[1], seen=3))
    assert [turn.index for turn in practice.open(trainee, record.id).turns] == [0, 1, 2, 3, 4]
