"""What became of each objection the customer raised (guide, objections and pretexts)."""

from collections.abc import Collection

from trainer.core.acts import ANSWERS, CustomerAct, TraineeAct
from trainer.core.assessment import ObjectionStory, Quote
from trainer.core.plan import ANSWER_TO, Objection
from trainer.scoring.evidence import Evidence, Talk

RAISING = {
    Objection.TIME: CustomerAct.OBJECT_TIME,
    Objection.COST: CustomerAct.OBJECT_COST,
    Objection.UNCERTAINTY: CustomerAct.OBJECT_UNCERTAINTY,
}

RESERVATIONS = (
    *RAISING.values(),
    CustomerAct.OBJECT_COMPETITOR,
    CustomerAct.CHALLENGE,
    CustomerAct.COMPLAIN,
    CustomerAct.REFUSE_TALK,
)
"""All that counts as an objection or a reservation, whether or not it has a story of its own."""

UNDERSTANDING = (TraineeAct.ACKNOWLEDGE, TraineeAct.ACCEPT_CRITICISM)

WINDOW = 2
"""Trainee turns within which something counts as a reaction to an objection."""


def raised(talk: Talk) -> dict[Objection, tuple[Evidence, ...]]:
    """Returns the objections raised, each with every place where it was."""
    found = {objection: talk.customer((act,)) for objection, act in RAISING.items()}
    return {objection: places for objection, places in found.items() if places}


def reacts_to(talk: Talk, item: Evidence, places: Collection[Evidence]) -> bool:
    """Tells whether something the trainee did came within the window after one of the places."""
    return any(
        place.turn < item.turn and talk.distance(place.turn, item.turn) <= WINDOW
        for place in places
    )


def fits(item: Evidence, objection: Objection | None) -> bool:
    """Tells whether an act can be a reaction to this kind of objection, None for criticism."""
    return item.act not in ANSWERS or ANSWER_TO[TraineeAct(item.act)] is objection


def stories(talk: Talk) -> tuple[ObjectionStory, ...]:
    """Tells the story of each objection, in the order in which they were raised first."""
    found = sorted(raised(talk).items(), key=lambda pair: pair[1][0].turn)
    return tuple(_story(talk, objection, places) for objection, places in found)


def _story(talk: Talk, objection: Objection, places: tuple[Evidence, ...]) -> ObjectionStory:
    def first(*acts: TraineeAct) -> Quote | None:
        reactions = (
            item
            for item in talk.trainee(acts)
            if fits(item, objection) and reacts_to(talk, item, places)
        )
        return next((item.quote for item in reactions), None)

    return ObjectionStory(
        objection=objection,
        raised=tuple(place.quote for place in places),
        acknowledged=first(*UNDERSTANDING),
        isolated=first(TraineeAct.ISOLATE),
        answered=first(*ANSWERS),
        checked=first(TraineeAct.CHECK_RESOLVED),
    )
