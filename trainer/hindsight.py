"""A preparation beside what was true of the customer and what was done in the call."""

from dataclasses import dataclass
from typing import Literal

from trainer.core.acts import OFFERS, Speaker, TraineeAct
from trainer.core.persona import ChurnReason, ObjectionKind, Persona
from trainer.core.plan import BENEFIT_OF_OFFER, Benefit, Fact, Objection
from trainer.core.preparation import Analysis, Opening, Preparation, Verdict
from trainer.practice import Review

Fit = Literal["good", "half", "poor"]
GOOD_FIT, HALF_FIT = 0.6, 0.35
"""Fit of a benefit, in [0, 1], from which it is called good or half."""
OPENING_TURNS = 2
"""Trainee turns that belong to the opening."""

TRUTH_OF: dict[Analysis, tuple[Fact, ...]] = {
    Analysis.LOST: (Fact.REASON,),
    Analysis.SITUATION: (Fact.ELABORATE,),
    Analysis.INCENTIVE: (Fact.CONDITIONS, Fact.PRIORITY),
    Analysis.SALES: (Fact.CARE_POINTS, Fact.NEVER_AGAIN),
    Analysis.MEASURES: (Fact.TOP_GRADE, Fact.RETURN_IF),
}
"""Which facts of the customer answer the five questions."""

_STEPS: dict[Opening, tuple[tuple[TraineeAct, ...], ...]] = {
    Opening.CLASSIC: (
        (TraineeAct.INTRODUCE,),
        (TraineeAct.APPRECIATE,),
        (TraineeAct.STATE_REASON,),
        (TraineeAct.ASK_PERMISSION,),
    ),
    Opening.CASUAL: (
        (TraineeAct.INTRODUCE,),
        (TraineeAct.STATE_REASON,),
        (TraineeAct.BENEFIT, TraineeAct.INFORM, *OFFERS),
    ),
}
"""The parts of each way to open; any act of a part will do, the first gives it its name."""


@dataclass(frozen=True, slots=True)
class Known:
    """One fact of the customer, and whether it came out in the call."""

    note: str
    heard: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """One of the five questions: the trainee's words and the truth."""

    question: Analysis
    own: str
    truth: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """Whether it pays, in euros.

    Attributes:
        own: Lifetime value by the trainee's figures.
        true: By the company's.
        right: Whether verdict and budget go with the true value; None where neither was given.
    """

    own: float
    true: float
    verdict: Verdict | None
    budget: float | None
    right: bool | None


@dataclass(frozen=True, slots=True)
class Offered:
    """One benefit: chosen before, offered in the call, and how well it fits this customer."""

    benefit: Benefit
    planned: bool
    offered: bool
    fit: Fit


@dataclass(frozen=True, slots=True)
class Prepared:
    """One objection: the answer prepared, and what became of it.

    Attributes:
        hides: What was behind a pretext.
        answered: Whether it got an answer in the call; None where it was not raised.
    """

    objection: Objection
    own: str
    kind: ObjectionKind
    hides: str | None
    answered: bool | None


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the opening, named by its first act, and whether it was there."""

    act: TraineeAct
    done: bool


@dataclass(frozen=True, slots=True)
class Hindsight:
    """All of it.

    Attributes:
        reason: What was supposed; `true_reason` what it was.
        benefits: Chosen or offered ones, and those that fit well.
        steps: The opening chosen, part by part; empty where none was chosen.
    """

    reason: ChurnReason | None
    true_reason: ChurnReason
    questions: tuple[Answered, ...]
    worth: Worth
    benefits: tuple[Offered, ...]
    answers: tuple[Prepared, ...]
    opening: Opening | None
    steps: tuple[Step, ...]


def look_back(preparation: Preparation, review: Review) -> Hindsight:
    """Returns a preparation beside the truth of an ended call."""
    persona = review.customer
    return Hindsight(
        reason=preparation.reason,
        true_reason=persona.churn_reason,
        questions=_questions(preparation, review),
        worth=_worth(preparation, persona),
        benefits=_benefits(preparation, review),
        answers=_answers(preparation, review),
        opening=preparation.opening,
        steps=_steps(preparation.opening, review),
    )


def fit_of(persona: Persona, benefit: Benefit) -> Fit:
    """Returns in words how well a benefit answers a customer's reason."""
    fit = persona.offer_fit[benefit]
    return "good" if fit >= GOOD_FIT else "half" if fit >= HALF_FIT else "poor"


def _questions(preparation: Preparation, review: Review) -> tuple[Answered, ...]:
    out = {fact for kept in review.call.turns if kept.plan is not None for fact in kept.plan.facts}
    facts = review.customer.facts
    return tuple(
        Answered(
            question,
            preparation.notes.get(question, ""),
            tuple(Known(facts[fact].note, fact in out) for fact in TRUTH_OF[question]),
        )
        for question in Analysis
    )


def _worth(preparation: Preparation, persona: Persona) -> Worth:
    true = persona.economics.lifetime_value
    own = preparation.figures or persona.economics
    parts = []
    if preparation.verdict is not None:
        parts.append((preparation.verdict is Verdict.NO) == (true <= 0))
    if preparation.budget:
        parts.append(preparation.budget <= max(true, 0))
    return Worth(
        own.lifetime_value,
        true,
        preparation.verdict,
        preparation.budget,
        all(parts) if parts else None,
    )


def _benefits(preparation: Preparation, review: Review) -> tuple[Offered, ...]:
    offered = {BENEFIT_OF_OFFER[act] for act in OFFERS if act in _said(review)}
    every = (
        Offered(
            benefit,
            benefit in preparation.benefits,
            benefit in offered,
            fit_of(review.customer, benefit),
        )
        for benefit in Benefit
    )
    return tuple(one for one in every if one.planned or one.offered or one.fit == "good")


def _answers(preparation: Preparation, review: Review) -> tuple[Prepared, ...]:
    stories = review.call.assessment.objections if review.call.assessment else ()
    answered = {story.objection: story.answered is not None for story in stories}
    return tuple(
        Prepared(
            objection,
            preparation.answers.get(objection, ""),
            entry.kind,
            entry.hides,
            answered.get(objection),
        )
        for objection, entry in review.customer.objections.items()
    )


def _steps(opening: Opening | None, review: Review) -> tuple[Step, ...]:
    if opening is None:
        return ()
    said = _said(review, first=OPENING_TURNS)
    return tuple(Step(acts[0], not said.isdisjoint(acts)) for acts in _STEPS[opening])


def _said(review: Review, *, first: int | None = None) -> set[str]:
    turns = [k.turn for k in review.call.turns if k.turn.speaker is Speaker.TRAINEE][:first]
    return {act for turn in turns for act in turn.acts}
