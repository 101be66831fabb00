"""At which turn something that was not done would have been due."""

from collections.abc import Sequence

from trainer.core.acts import ANSWERS, GUIDE_QUESTIONS, OFFERS, CustomerAct, TraineeAct
from trainer.core.rubric import Check, Condition, Counting, Principle
from trainer.scoring.checks import Outcome
from trainer.scoring.conditions import CRITICISM, REFUSALS, holds
from trainer.scoring.counting import ANSWERED_WITH
from trainer.scoring.evidence import Evidence, Talk
from trainer.scoring.objections import RAISING, RESERVATIONS, WINDOW, reacts_to
from trainer.scoring.words import is_busy

_DOUBTS = (*RAISING.values(), CustomerAct.OBJECT_COMPETITOR, CustomerAct.CHALLENGE)
TELLING = (*ANSWERED_WITH, CustomerAct.COMPLAIN)
"""What a customer tells about reason, needs and past; there is something to take up after it."""
_TAKING_UP = {TraineeAct.PROBE, TraineeAct.STEER, TraineeAct.SUMMARIZE}
_REPLIES = (*ANSWERS, *OFFERS, TraineeAct.INFORM)
_FATHOMING = (TraineeAct.ISOLATE, TraineeAct.ASK_REASON, TraineeAct.PROBE)
_ENDING = {TraineeAct.ASK_COMMITMENT, TraineeAct.NEXT_STEP}
_LEAVING = (
    CustomerAct.HANG_UP,
    CustomerAct.OPT_OUT,
    CustomerAct.DECLINE,
    CustomerAct.FAREWELL,
    CustomerAct.REFUSE_TALK,
)
_PLACES = (Condition.OPENING, Condition.AT_END, Condition.BEFORE_OFFER, Condition.AFTER_REASON)


def due_turn(outcome: Outcome, talk: Talk) -> int | None:
    """Returns the turn at which an unmet check would have been due; None in an empty talk."""
    if not talk.trainee_turns:
        return None
    cue = cue_turn(outcome, talk)
    if cue is not None:
        return _reaction_due(outcome.check, talk, cue)
    usual = _usual_turn(outcome.check, talk)
    attempts = [item.turn for item in outcome.count.refused if _in_place(outcome.check, talk, item)]
    return next((turn for turn in attempts if turn < _first_refusal(talk)), usual)


def _reaction_due(check: Check, talk: Talk, cue: int) -> int:
    """Returns the trainee's next turn, or the one that replied where a reply comes first."""
    after = [turn for turn in talk.trainee_turns if turn > cue]
    if Condition.AFTER_REPLY_TO_OBJECTION in check.conditions:
        replied = {reply.turn for reply in talk.trainee(_REPLIES)}
        after = [turn for turn in after[:WINDOW] if turn in replied] or after
    return after[0] if after else cue


def cue_turn(outcome: Outcome, talk: Talk) -> int | None:
    """Returns the customer's turn that called for a reaction and got none, if it was about one."""
    missed = outcome.count.missed
    if missed and outcome.check.count is Counting.ANSWERS:
        reasons = (place.turn for place in talk.customer((CustomerAct.GIVE_REASON,)))
        return next((turn for turn in reasons if turn in missed), missed[0])
    if missed:
        raised = talk.customer(tuple(RAISING.values()))
        if Condition.AFTER_REPLY_TO_OBJECTION in outcome.check.conditions:
            raised = tuple(_replied(raised, talk))
        if _answers_only(outcome.check):
            raised = tuple(p for p in raised if not _is_fathomed(talk, p)) or raised
        surest = _surest([place for place in raised if place.turn in missed])
        return missed[0] if surest is None else surest
    if Condition.AFTER_OBJECTION in outcome.check.conditions:
        open_ = _without_reaction(outcome.check, talk, talk.customer(RESERVATIONS))
        return _surest(_askable(outcome.check, talk) or open_)
    if TraineeAct.PROBE in outcome.check.acts:
        told = _without_reaction(outcome.check, talk, talk.customer(CRITICISM))
        return _surest([p for p in told if p.act == CustomerAct.GIVE_REASON] or told)
    return None


def _askable(check: Check, talk: Talk) -> list[Evidence]:
    """Returns objections that one could have asked behind; nobody who has to go can be asked."""
    leaving = {place.turn for place in talk.customer(_LEAVING)}
    return [
        place
        for place in _without_reaction(check, talk, talk.customer(_DOUBTS))
        if place.turn not in leaving
        and not is_busy(talk.turns[place.turn].text)
        and not _is_fathomed(talk, place)
    ]


def _is_fathomed(talk: Talk, place: Evidence) -> bool:
    return any(reacts_to(talk, asked, (place,)) for asked in talk.trainee(_FATHOMING))


def is_answered_for(outcome: Outcome, talk: Talk) -> bool:
    """Tells whether there is nothing to advise on objections that were not met.

    A check whether something is settled needs a reply it could come after; and an objection that
    was asked behind may have been a pretext, which needs no answer.
    """
    raised = talk.customer(tuple(RAISING.values()))
    missed = [place for place in raised if place.turn in outcome.count.missed]
    if Condition.AFTER_REPLY_TO_OBJECTION in outcome.check.conditions:
        return not _replied(missed, talk)
    return _answers_only(outcome.check) and all(_is_fathomed(talk, place) for place in missed)


def _answers_only(check: Check) -> bool:
    return {*check.acts} <= {*ANSWERS} and not check.harmful


def _replied(places: Sequence[Evidence], talk: Talk) -> list[Evidence]:
    """Returns the objections that got some reply; what keeps people now needs no settling."""
    replies = talk.trainee(_REPLIES)
    return [
        place
        for place in places
        if not is_busy(talk.turns[place.turn].text)
        and any(reacts_to(talk, reply, (place,)) for reply in replies)
    ]


def is_out_of_place(outcome: Outcome, talk: Talk) -> bool:
    """Tells whether asking what is behind would only have met people who had to go."""
    asks = Condition.AFTER_OBJECTION in outcome.check.conditions
    return asks and not _askable(outcome.check, talk)


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
    end = _end(talk)
    offered = [item.turn for item in talk.trainee(OFFERS) if item.turn < end]
    if Condition.OPENING in check.conditions:
        return first
    if Condition.AT_END in check.conditions:
        return last
    late = max((turn for turn in talk.trainee_turns if turn < end), default=last)
    if check.id.startswith(f"{Principle.CLOSE}.") or _ENDING & {*check.acts}:
        fitting = [item.turn for item in talk.trainee(OFFERS) if _is_told(talk, item, end)]
        return fitting[-1] if fitting and not _ENDING & {*check.acts} else late
    if {*check.acts} & _TAKING_UP or {*check.acts} == {TraineeAct.ASK_RETURN_IF}:
        return _once_told(talk, end) or second
    if check.id.startswith(f"{Principle.NEEDS}."):
        asked = [item.turn for item in talk.trainee(GUIDE_QUESTIONS)]
        wishes = check.count is Counting.KINDS and Condition.BEFORE_OFFER not in check.conditions
        return (wishes and _once_told(talk, end)) or (offered or asked[-1:] or [second])[0]
    return first if Condition.BEFORE_OFFER in check.conditions and first in offered else second


def _once_told(talk: Talk, end: int) -> int | None:
    """Returns the turn of the first offer or decision after something was told, or the next."""
    told = [item.turn for item in talk.customer(TELLING) if item.turn < end]
    after = [turn for turn in talk.trainee_turns if told and told[0] < turn < end]
    selling = {item.turn for item in talk.trainee((*OFFERS, *_ENDING))}
    later = [turn for turn in after if turn > told[-1]]
    return next(iter([turn for turn in after if turn in selling] or later or after[-1:]), None)


def _is_told(talk: Talk, item: Evidence, end: int) -> bool:
    return item.turn < end and holds(Condition.AFTER_REASON, talk, item)


def _end(talk: Talk) -> int:
    """Returns the customer's turn from which nothing can be won any more."""
    gone = (CustomerAct.FAREWELL, CustomerAct.HANG_UP, CustomerAct.REFUSE_TALK)
    farewells = [item.turn for item in talk.customer(gone) if 2 * item.turn > len(talk.turns)]
    return min([_first_refusal(talk), *farewells])
