"""Figures over many calls, and the stages of the guided call."""

from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from tests.scoring.talks import agent, customer
from tests.test_repetition import EASY, HARD, MET, MISSED, NO_OCCASION, NOON, PARTLY, called
from trainer.core.plan import Ending, Objection
from trainer.core.rubric import Principle
from trainer.core.turn import Turn
from trainer.guided import Stage, stage
from trainer.progress import hardships, mastery, streak, trend, won_personas

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 2)


def test_a_trend_shows_the_latest_ten_scored_calls_and_their_change() -> None:
    results = [called(day, total=total) for day, total in enumerate([None, 10, 20, 30, 50])]
    found = trend(results, Principle.LEAD)
    assert found.points == (10, 20, 30, 50)
    assert found.change == 25
    assert trend(results[:4], Principle.LEAD).change is None
    assert len(trend([called(day) for day in range(30)], Principle.LEAD).points) == 10


def test_a_streak_counts_days_in_the_trainees_zone() -> None:
    results = [called(-1), called(0), called(0.2)]
    assert streak(results, today=TODAY, zone=UTC) == 2
    assert streak(results, today=TODAY + timedelta(days=1), zone=UTC) == 2
    assert streak(results, today=TODAY + timedelta(days=2), zone=UTC) == 0
    late = [called(11.5 / 24)]  # 23:30 UTC is past midnight in Berlin
    assert NOON.hour == 12
    assert streak(late, today=TODAY + timedelta(days=1), zone=BERLIN) == 1
    assert streak(late, today=TODAY + timedelta(days=2), zone=BERLIN) == 1
    assert streak(late, today=TODAY + timedelta(days=2), zone=UTC) == 0


def test_mastery_counts_calls_with_an_occasion_only() -> None:
    results = [called(n, lead_agenda=r) for n, r in enumerate((MET, PARTLY, MISSED, NO_OCCASION))]
    (found,) = mastery(results, ["lead.agenda", "lead.reason"])
    assert (found.check, found.share, found.calls) == ("lead.agenda", 0.5, 3)


def test_the_hardest_objection_comes_first() -> None:
    results = [
        called(0, objections={Objection.TIME: True, Objection.COST: False}),
        called(1, objections={Objection.TIME: False}),
    ]
    assert [(h.objection, h.unanswered, h.raised) for h in hardships(results)] == [
        (Objection.COST, 1, 1),
        (Objection.TIME, 1, 2),
    ]


def test_somebody_won_once_stays_won() -> None:
    results = [called(0, ending=Ending.ACCEPTED), called(1), called(2, persona=HARD)]
    assert won_personas(results) == {EASY.id}


PICK_UP = customer(("Ja, hallo?", "pick_up"))
OPEN = agent(("Guten Tag, Vogt. Passt es?", "ask_permission"))
GO_ON = customer(("Ja, bitte.", "grant_time"))
TIME = customer(("Keine Zeit.", "object_time"))
WHY = agent(("Warum sind Sie gegangen?", "ask_reason"))
BECAUSE = customer(("Weil es welk war.", "give_reason"))


def due(*turns: Turn) -> Stage:
    return stage([PICK_UP, *turns])


def test_the_guided_call_goes_its_way_step_by_step() -> None:
    talk: list[Turn] = [OPEN, GO_ON]
    assert due() is Stage.OPENING
    for expected, act in (
        (Stage.REASON, "ask_reason"),
        (Stage.UNDERSTAND, "apologize"),
        (Stage.NEEDS, "ask_conditions"),
        (Stage.SUMMARY, "summarize"),
        (Stage.OFFER, "offer_gift"),
        (Stage.DECISION, "ask_commitment"),
    ):
        assert due(*talk) is expected
        talk += [agent(("Gesagt.", act)), GO_ON]
    assert due(*talk) is Stage.FAREWELL


def test_an_objection_is_looked_behind_first_and_answered_then() -> None:
    assert due(OPEN, TIME) is Stage.BEHIND
    behind = agent(("Steckt noch etwas dahinter?", "isolate"))
    assert due(OPEN, TIME, behind, TIME) is Stage.ANSWER


def test_a_reason_told_without_being_asked_is_not_asked_for_again() -> None:
    assert due(OPEN, BECAUSE) is Stage.UNDERSTAND


def test_understanding_before_there_is_a_reason_does_not_count() -> None:
    sorry = agent(("Das verstehe ich.", "acknowledge"))
    assert due(sorry, GO_ON, WHY, BECAUSE) is Stage.UNDERSTAND


def test_an_offer_heard_only_by_its_benefit_is_not_asked_for_again() -> None:
    summed = agent(("Sie möchten also Ruhe?", "summarize"))
    asked = [OPEN, GO_ON, WHY, BECAUSE, agent(("Schade.", "apologize")), GO_ON]
    asked += [agent(("Was brauchen Sie?", "ask_conditions")), GO_ON]
    useful = agent(("Für Sie heißt das Ruhe.", "benefit"))
    assert due(*asked, summed, GO_ON, useful, GO_ON) is Stage.DECISION
    assert due(*asked, useful, GO_ON, summed, GO_ON) is Stage.OFFER


def test_after_a_yes_or_a_no_only_parting_is_due() -> None:
    for act in ("accept", "decline", "opt_out"):
        assert due(OPEN, customer(("So ist es.", act))) is Stage.FAREWELL
