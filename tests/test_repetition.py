"""The rule of spaced repetition, each sentence of it once."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from tests.personas import make_persona
from tests.scoring.talks import rubric
from trainer.core.assessment import CheckResult
from trainer.core.persona import Difficulty, Persona
from trainer.core.plan import Ending, Objection
from trainer.core.rubric import Principle
from trainer.repetition import (
    INTERVAL_DAYS,
    Card,
    check_cards,
    moved,
    persona_cards,
    raises,
    ready_for,
    suggest,
    surprise,
    unanswered,
    weaknesses,
)
from trainer.store.results import Result

MET, PARTLY, MISSED, NO_OCCASION = CheckResult
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
EASY = make_persona(id="easy_one", difficulty="easy")
MEDIUM = make_persona(id="medium_one", difficulty="medium")
HARD = make_persona(id="hard_one", difficulty="hard")


def called(
    day: float = 0,
    *,
    persona: Persona = EASY,
    ending: Ending = Ending.DECLINED,
    total: float | None = 40,
    passed: bool = False,
    objections: dict[Objection, bool] | None = None,
    **checks: CheckResult,
) -> Result:
    """One ended call so many days after the first; `lead_agenda=MET` names the check."""
    at = NOON + timedelta(days=day)
    return Result(
        call_id=f"call-{day}",
        persona_id=persona.id,
        persona_name=persona.full_name,
        started_at=at,
        ended_at=at,
        ending=ending,
        total=total,
        passed=passed,
        points=dict.fromkeys(Principle, total),
        checks={name.replace("_", ".", 1): result for name, result in checks.items()},
        objections=objections or {},
    )


def after(days: float) -> datetime:
    return NOON + timedelta(days=days)


def test_a_card_climbs_a_box_at_each_success_that_was_due() -> None:
    card, at = None, NOON
    for box in (1, 2, 3, 4, 5, 5):
        card = moved(card, True, at)
        assert card.box == box
        assert card.due_at == at + timedelta(days=INTERVAL_DAYS[box])
        at = card.due_at


def test_success_five_times_on_one_evening_climbs_once() -> None:
    results = [called(minute / 1440, lead_agenda=MET) for minute in range(5)]
    assert check_cards(results, rubric())["lead.agenda"].box == 1


def test_half_a_success_stays_and_a_failure_falls_to_the_bottom() -> None:
    card = Card(3, NOON)
    assert moved(card, None, after(9)) == Card(3, after(9))
    assert moved(card, False, after(9)) == Card(0, after(9))
    assert moved(card, False, after(9)).due_at == after(9)


def test_a_check_without_occasion_is_not_touched() -> None:
    cards = check_cards([called(0, lead_agenda=MET), called(9, lead_agenda=NO_OCCASION)], rubric())
    assert cards["lead.agenda"] == Card(1, NOON)


def test_a_harmful_check_is_a_card_only_once_the_harm_was_done() -> None:
    kept, done = called(0, lead_friendly=NO_OCCASION), called(1, lead_friendly=MISSED)
    assert "lead.friendly" not in check_cards([kept], rubric())
    assert check_cards([kept, done], rubric())["lead.friendly"].box == 0
    again = called(2, lead_friendly=NO_OCCASION)
    assert check_cards([kept, done, again], rubric())["lead.friendly"].box == 1


def test_a_customer_succeeds_by_coming_back_or_by_a_call_that_passed() -> None:
    boxes = [
        persona_cards([result])[EASY.id].box
        for result in (
            called(ending=Ending.NEXT_STEP),
            called(passed=True, total=80),
            called(),
        )
    ]
    assert boxes == [1, 1, 0]


def test_the_weakness_is_due_in_the_lowest_box_and_weighs_most() -> None:
    results = [called(0, lead_agenda=MET, lead_reason=MISSED, needs_dig=MISSED)]
    found = [check.id for check in weaknesses(results, rubric(), now=after(0.1))]
    assert found == ["needs.dig", "lead.reason"]  # 15 points against 12; lead.agenda rests
    assert [check.id for check in weaknesses(results, rubric(), now=after(1))][-1] == "lead.agenda"


def test_notes_beside_the_four_principles_are_no_weakness() -> None:
    results = [called(0, relationship_apologize=MISSED)]
    assert weaknesses(results, rubric(), now=after(1)) == []


@pytest.mark.parametrize(
    ("totals", "level"),
    [
        ((), Difficulty.EASY),
        ((49,), Difficulty.EASY),
        ((50,), Difficulty.MEDIUM),
        ((70, 70), Difficulty.HARD),
        ((0, 0, 90, 90, 90, 90, 90), Difficulty.HARD),
        ((None, 60), Difficulty.MEDIUM),
    ],
)
def test_the_latest_calls_say_how_hard_the_next_may_be(totals, level) -> None:
    assert ready_for([called(day, total=total) for day, total in enumerate(totals)]) is level


def test_the_first_suggestion_is_somebody_easy_and_names_no_weakness() -> None:
    found = suggest([HARD, MEDIUM, EASY], [], rubric(), now=NOON)
    assert found is not None
    assert (found.persona, found.check) == (EASY, None)


def test_a_suggestion_counts_how_often_the_weakness_showed() -> None:
    results = [
        called(0, lead_agenda=MET),
        called(1, lead_agenda=NO_OCCASION),
        called(2, lead_agenda=PARTLY),
        called(3, lead_agenda=MISSED),
    ]
    found = suggest([EASY], results, rubric(), now=after(3))
    assert found is not None
    assert found.check is not None
    assert (found.check.id, found.missed, found.of) == ("lead.agenda", 2, 3)


def test_with_nothing_due_somebody_harder_comes_next() -> None:
    results = [called(0, passed=True, total=60, lead_agenda=MET)]
    found = suggest([EASY, MEDIUM, HARD], results, rubric(), now=after(0.5))
    assert found is not None
    assert (found.persona, found.check) == (HARD, None)


def test_for_objections_somebody_comes_who_raises_what_went_unanswered() -> None:
    none = {"kind": "none", "note": "", "say": [], "hides": None}
    without = make_persona(id="a_first", difficulty="easy", objections={"cost": none})
    raising = make_persona(id="b_second", difficulty="easy")
    assert raises(without) == (Objection.TIME, Objection.UNCERTAINTY)
    talk = {Objection.COST: False, Objection.TIME: True}
    results = [called(0, persona=HARD, objections=talk, objections_answer=MISSED)]
    assert unanswered(results) == {Objection.COST: 1, Objection.TIME: 0}
    found = suggest([without, raising], results, rubric(), now=after(0))
    assert found is not None
    assert found.persona is raising


def test_nobody_to_call_is_no_suggestion() -> None:
    assert suggest([], [], rubric(), now=NOON) is None


def test_a_surprise_leaves_out_the_latest_while_there_are_others() -> None:
    results = [called(0, persona=EASY), called(1, persona=MEDIUM)]
    found = {surprise([EASY, MEDIUM, HARD], results, Random(n)).id for n in range(20)}
    assert found == {HARD.id}
    assert surprise([EASY], results, Random(1)) is EASY
