"""In which context an act counts: one small function for each condition of the rubric."""

from collections.abc import Callable, Collection, Mapping

from trainer.core.acts import ANSWERS, OFFERS, CustomerAct, TraineeAct
from trainer.core.rubric import Condition
from trainer.scoring.evidence import Evidence, Talk
from trainer.scoring.objections import RESERVATIONS, UNDERSTANDING, reacts_to
from trainer.scoring.pretence import Pretence
from trainer.scoring.words import content_words, copies, is_concrete, puts_off

NEEDS_VOICED = (
    CustomerAct.GIVE_REASON,
    CustomerAct.GIVE_FOR_TOP_GRADE,
    CustomerAct.GIVE_CONDITIONS,
    CustomerAct.GIVE_PRIORITY,
    CustomerAct.GIVE_CARE_POINTS,
    CustomerAct.GIVE_NEVER_AGAIN,
    CustomerAct.COMPLAIN,
    CustomerAct.ELABORATE,
    CustomerAct.GIVE_POSITIVES,
    *RESERVATIONS,
)
"""What tells the trainee something about this customer's reason, needs or doubts."""

CRITICISM = (CustomerAct.COMPLAIN, CustomerAct.GIVE_REASON)
CLEAR_IN_ITSELF = (TraineeAct.ASK_COMMITMENT, TraineeAct.RESPECT_OPTOUT)
REPLIES = (
    *ANSWERS,
    *OFFERS,
    TraineeAct.BENEFIT,
    TraineeAct.INFORM,
    TraineeAct.NEXT_STEP,
    TraineeAct.ACKNOWLEDGE,
)
WAVERING = (CustomerAct.ASK_PRICE, CustomerAct.RETURN_MAYBE)
"""Not yet an objection, but what is behind it can be asked."""
REFUSALS = (CustomerAct.DECLINE, CustomerAct.OPT_OUT)

OCCASIONS: Mapping[Condition, Collection[CustomerAct]] = {
    Condition.AFTER_OBJECTION: RESERVATIONS,
    Condition.AFTER_REPLY_TO_OBJECTION: RESERVATIONS,
    Condition.AFTER_CRITICISM: CRITICISM,
    Condition.AFTER_NO: REFUSALS,
}
"""What the customer must have done for a check with such a condition to be observable."""

OPENING_TURNS = 3
CLOSING_TURNS = 3
SEGMENTS_AFTER_QUESTION = 1
SHARED_WORDS = 1

Test = Callable[[Talk, Evidence], bool]


def holds(condition: Condition, talk: Talk, item: Evidence) -> bool:
    """Tells whether an act stands in the context that a condition asks for."""
    return _TESTS[condition](talk, item)


def _opening(talk: Talk, item: Evidence) -> bool:
    return item.turn in talk.trainee_turns[:OPENING_TURNS]


def _answered(talk: Talk, item: Evidence) -> bool:
    said_after = len(talk.turns[item.turn].segments) - 1 - item.place
    return said_after <= SEGMENTS_AFTER_QUESTION and talk.answer_to(item.turn) is not None


def _confirmed(talk: Talk, item: Evidence) -> bool:
    against = {CustomerAct.DISCONFIRM, CustomerAct.CONFUSED}
    return _answered(talk, item) and not any(
        doubt.turn == item.turn + 1 for doubt in talk.customer(against)
    )


def _before_offer(talk: Talk, item: Evidence) -> bool:
    first = next((offer.turn for offer in talk.trainee(OFFERS)), len(talk.turns))
    return item.turn < first


def _after(*acts: CustomerAct) -> Test:
    return lambda talk, item: any(place.turn < item.turn for place in talk.customer(acts))


def _soon_after(*acts: CustomerAct) -> Test:
    return lambda talk, item: reacts_to(talk, item, talk.customer(acts))


def _straight_after(talk: Talk, item: Evidence, acts: Collection[TraineeAct]) -> bool:
    return any(
        _not_later(earlier, item) and talk.distance(earlier.turn, item.turn) <= 1
        for earlier in talk.trainee(acts)
    )


def _not_later(earlier: Evidence, item: Evidence) -> bool:
    return (earlier.turn, earlier.place) <= (item.turn, item.place)


def _after_understanding(talk: Talk, item: Evidence) -> bool:
    return _straight_after(talk, item, (*UNDERSTANDING, TraineeAct.ISOLATE))


def _after_reply_to_objection(talk: Talk, item: Evidence) -> bool:
    return _straight_after(talk, item, REPLIES)


def _without_understanding(talk: Talk, item: Evidence) -> bool:
    objected = [place for place in talk.customer(RESERVATIONS) if place.turn == item.turn - 1]
    return bool(objected) and not _after_understanding(talk, item)


def _carries_customer_words(talk: Talk, item: Evidence) -> bool:
    said = frozenset().union(*map(content_words, talk.heard_before(item.turn)))
    return len(content_words(item.text) & said) >= SHARED_WORDS


def _own_words(talk: Talk, item: Evidence) -> bool:
    return not any(copies(item.text, text) for text in talk.heard_before(item.turn))


def _concrete(talk: Talk, item: Evidence) -> bool:
    clear = item.act in CLEAR_IN_ITSELF or is_concrete(item.text)
    return clear and not puts_off(item.text)


def _monologue(talk: Talk, item: Evidence) -> bool:
    long = len(talk.turns[item.turn].segments) > talk.segments_per_turn
    return long or talk.pretences.get(item.turn) is Pretence.CROWDED


def _at_end(talk: Talk, item: Evidence) -> bool:
    return item.turn in talk.trainee_turns[-CLOSING_TURNS:]


_TESTS: Mapping[Condition, Test] = {
    Condition.OPENING: _opening,
    Condition.ANSWERED: _answered,
    Condition.CONFIRMED: _confirmed,
    Condition.BEFORE_OFFER: _before_offer,
    Condition.AFTER_REASON: _after(*NEEDS_VOICED),
    Condition.AFTER_OBJECTION: _soon_after(*RESERVATIONS, *WAVERING),
    Condition.AFTER_CRITICISM: _soon_after(*CRITICISM),
    Condition.AFTER_UNDERSTANDING: _after_understanding,
    Condition.AFTER_REPLY_TO_OBJECTION: _after_reply_to_objection,
    Condition.AFTER_NO: _after(*REFUSALS),
    Condition.WITHOUT_UNDERSTANDING: _without_understanding,
    Condition.CARRIES_CUSTOMER_WORDS: _carries_customer_words,
    Condition.OWN_WORDS: _own_words,
    Condition.CONCRETE: _concrete,
    Condition.AT_END: _at_end,
    Condition.MONOLOGUE: _monologue,
}
