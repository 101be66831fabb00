"""Which objections come up unasked, and when: one early, one after the offer, one at the end."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from trainer.core.persona import ObjectionKind, Persona
from trainer.core.plan import Objection
from trainer.dialogue.weights import WEIGHTS


class Occasion(StrEnum):
    """What makes an objection come up."""

    EARLY = "early"
    OFFER = "offer"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Planned:
    """An objection waiting for its occasion, or for a trainee turn where none came."""

    objection: Objection
    occasion: Occasion
    at_latest: int


def plan_objections(persona: Persona, rng: Random) -> tuple[Planned, ...]:
    """Spreads a persona's objections over the call.

    A pretext comes first, the sooner the less candid the persona is. What a pretext hides comes
    last: probing may bring it out before its turn.
    """
    raised = [o for o in Objection if persona.objections[o].kind is not ObjectionKind.NONE]
    hidden = {persona.objections[objection].hides for objection in raised}
    rng.shuffle(raised)
    candid = rng.random() < persona.temperament.candour * WEIGHTS.candid_opening
    raised.sort(key=lambda objection: _rank(persona, objection, hidden, candid=candid))
    latest = (WEIGHTS.early_by_turn, WEIGHTS.offer_by_turn, WEIGHTS.decision_by_turn)
    return tuple(
        Planned(objection, occasion, at_latest)
        for objection, occasion, at_latest in zip(raised, Occasion, latest, strict=False)
    )


def hidden_by(persona: Persona, objection: Objection) -> Objection | None:
    """Returns the pretext that hides an objection, or None."""
    return next((o for o, entry in persona.objections.items() if entry.hides == objection), None)


def _rank(persona: Persona, objection: Objection, hidden: Set[object], *, candid: bool) -> int:
    if objection in hidden:
        return 2
    return int(not candid and persona.objections[objection].kind is ObjectionKind.REAL)
