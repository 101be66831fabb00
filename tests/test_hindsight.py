"""What a preparation is compared with."""

from datetime import UTC, datetime

import pytest

from tests.personas import make_persona
from tests.scoring.talks import agent
from trainer.core.acts import CustomerAct, Speaker
from trainer.core.persona import ChurnReason, Persona
from trainer.core.plan import Benefit, Fact, Mood, Move, Objection, TurnPlan
from trainer.core.preparation import Analysis, Opening, Preparation, Verdict
from trainer.core.turn import Turn
from trainer.hindsight import look_back
from trainer.practice import Review
from trainer.store.calls import CallRecord, TurnRecord

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
SAID = (
    agent(("Guten Tag, Vogt mein Name.", "introduce"), ("Danke für die Jahre.", "appreciate")),
    agent(("Darf ich fragen?", "ask_permission")),
    agent(("Wir schenken Ihnen etwas.", "offer_gift"), ("Deshalb rufe ich an.", "state_reason")),
)


def review(persona: Persona) -> Review:
    """A call in which the reason came out and a gift was offered."""
    told = TurnPlan((Move(CustomerAct.GIVE_REASON, fact=Fact.REASON),), Mood.NEUTRAL)
    turns = [TurnRecord(0, Turn(Speaker.CUSTOMER, "Ja?", ()), NOON, plan=told)]
    turns += [TurnRecord(n, turn, NOON) for n, turn in enumerate(SAID, start=1)]
    call = CallRecord(
        id="c", person="p", persona={}, seed=1, versions={}, started_at=NOON, turns=tuple(turns)
    )
    return Review(call=call, persona=persona, states={})


def test_the_truth_stands_beside_each_answer_and_tells_whether_it_came_out() -> None:
    persona = make_persona()
    own = Preparation(reason=ChurnReason.BETTER_OFFER, notes={Analysis.SALES: "Mehr anrufen"})
    found = look_back(own, review(persona))
    assert (found.reason, found.true_reason) == (ChurnReason.BETTER_OFFER, persona.churn_reason)
    by_question = {one.question: one for one in found.questions}
    assert [known.heard for known in by_question[Analysis.LOST].truth] == [True]
    assert not any(known.heard for known in by_question[Analysis.SALES].truth)
    assert by_question[Analysis.SALES].own == "Mehr anrufen"
    assert by_question[Analysis.SALES].truth[0].note == persona.facts[Fact.CARE_POINTS].note


@pytest.mark.parametrize(
    ("verdict", "budget", "care", "right"),
    [
        (None, None, 60, None),
        (Verdict.YES, None, 60, True),
        (Verdict.LIMITED, 1760, 60, True),
        (Verdict.LIMITED, 1761, 60, False),
        (Verdict.NO, None, 60, False),
        (Verdict.NO, None, 500, True),
        (Verdict.YES, None, 500, False),
        (None, 1, 500, False),
    ],
)
def test_verdict_and_budget_are_held_against_the_lifetime_value(
    verdict, budget, care, right
) -> None:
    persona = make_persona(economics={"care_cost_per_year": care})
    worth = look_back(Preparation(verdict=verdict, budget=budget), review(persona)).worth
    assert worth.right is right


def test_benefits_that_were_chosen_offered_or_fitting_are_listed() -> None:
    persona = make_persona(offer_fit={"better_service": 0.9, "gift": 0.2, "discount": 0.4})
    found = look_back(Preparation(benefits=(Benefit.DISCOUNT,)), review(persona)).benefits
    assert [(one.benefit, one.planned, one.offered, one.fit) for one in found] == [
        (Benefit.DISCOUNT, True, False, "half"),
        (Benefit.GIFT, False, True, "poor"),
        (Benefit.BETTER_SERVICE, False, False, "good"),
    ]


def test_an_objection_that_never_came_up_is_neither_answered_nor_left_open() -> None:
    found = look_back(Preparation(answers={Objection.COST: "Ratenzahlung"}), review(make_persona()))
    cost = next(one for one in found.answers if one.objection is Objection.COST)
    assert (cost.own, cost.answered) == ("Ratenzahlung", None)


def test_the_parts_of_an_opening_count_only_in_the_first_two_turns() -> None:
    persona = make_persona()
    classic = look_back(Preparation(opening=Opening.CLASSIC), review(persona)).steps
    assert [step.done for step in classic] == [True, True, False, True]
    casual = look_back(Preparation(opening=Opening.CASUAL), review(persona)).steps
    assert [step.done for step in casual] == [True, False, False]
    assert look_back(Preparation(), review(persona)).steps == ()
