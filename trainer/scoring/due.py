"""At which turn something that was not done would have been due."""

from collections.abc import Sequence

from trainer.core.dialogue import OFFERS, TraineeAct
from trainer.core.rubric import Check, Condition, Principle
from trainer.scoring.checks import Outcome
from trainer.scoring.conditions import CRITICISM, REFUSALS, holds
from trainer.scoring.evidence import Evidence, Talk
from trainer.scoring.objections import RAISING, RESERVATIONS, reacts_to

_PLACES = (Condition.OPENING, Condition.AT_END)


def due_turn(outcome: Outcome, talk: Talk) -> int | None:
    """Returns the turn at which an unmet check would have been due; None in an empty talk."""
    if not talk.trainee_turns:
        return None
    cue = cue_turn(outcome, talk)
    if cue is not None:
        return next((turn for turn in talk.trainee_turns if turn > cue), cue)
    usual = _usual_turn(outcome.check, talk)
    attempts = [item.turn for item in outcome.count.refused if _in_place(outcome.check, talk, item)]
    return next((turn for turn in attempts if turn < _first_refusal(talk)), usual)


def cue_turn(outcome: Outcome, talk: Talk) -> int | None:
    """Returns the customer's turn that called for a reaction and got none, if it was about one."""
    missed = outcome.count.missed
    raised = talk.customer(tuple(RAISING.values()))
    if missed:
        surest = _surest([place for place in raised if place.turn in missed])
        return missed[0] if surest is None else surest
    if Condition.AFTER_OBJECTION in outcome.check.conditions:
        doubts = talk.customer(RESERVATIONS)
        unanswered = _without_reaction(outcome.check, talk, raised)
        return _surest(unanswered or _without_reaction(outcome.check, talk, doubts))
    if TraineeAct.PROBE in outcome.check.acts:
        return _surest(_without_reaction(outcome.check, talk, talk.customer(CRITICISM)))
    return None


def _without_reaction(check: Check, talk: Talk, places: Sequence[Evidence]) -> list[Evidence]:
    done = talk.trainee(check.acts)
    return [
        place
        for place in places
        if place.turn < talk.trainee_turns[-1]
        and not any(reacts_to(talk, item, (place,)) for item in done)
    ]


def _surest(places: Sequence[Evidence]) -> int | None:
    # A weakly recognised objection may be none; advice should not hang on it.
    best = max(places, key=lambda place: place.probability, default=None)
    return best.turn if best else None


def _in_place(check: Check, talk: Talk, item: Evidence) -> bool:
    return all(holds(place, talk, item) for place in _PLACES if place in check.conditions)


def _first_refusal(talk: Talk) -> int:
    return next((item.turn for item in talk.customer(REFUSALS)), len(talk.turns))


def _usual_turn(check: Check, talk: Talk) -> int:
    first, last = talk.trainee_turns[0], talk.trainee_turns[-1]
    second = talk.trainee_turns[min(1, len(talk.trainee_turns) - 1)]
    offered = [item.turn for item in talk.trainee(OFFERS) if item.turn < _first_refusal(talk)]
    if Condition.OPENING in check.conditions:
        return first
    if Condition.AT_END in check.conditions:
        return last
    if check.id.startswith(f"{Principle.CLOSE}."):
        return offered[-1] if offered else last
    if check.id.startswith(f"{Principle.NEEDS}.") and offered:
        return offered[0]
    return second
