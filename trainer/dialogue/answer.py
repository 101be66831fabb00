"""The customer's answer to one turn, before it is written into the state."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from trainer.core.acts import CustomerAct
from trainer.core.persona import Persona
from trainer.core.plan import Benefit, Cue, Ending, Fact, Length, Move, Objection
from trainer.dialogue.state import DialogueState

OBJECTING = {objection: CustomerAct(f"object_{objection}") for objection in Objection}
"""The act that voices each objection."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say, and the state as the decision itself changed it.

    Attributes:
        moves: In speaking order.
        state: Not yet with what saying the moves changes; `policy` adds that.
        ending: Set when the call ends with this turn.
        length: How much to say; None leaves it to mood and style.
    """

    moves: tuple[Move, ...]
    state: DialogueState
    ending: Ending | None = None
    length: Length | None = None


Handler: TypeAlias = Callable[[DialogueState, Persona, Random], Answer | None]
"""Answers the latest turn, or leaves it to the next handler."""


def say(
    state: DialogueState,
    *acts: CustomerAct,
    benefit: Benefit | None = None,
    cue: Cue | None = None,
    ending: Ending | None = None,
) -> Answer:
    """Returns an answer of plain moves; the cue belongs to the first."""
    first = Move(acts[0], benefit=benefit, cue=cue)
    return Answer((first, *(Move(act, benefit=benefit) for act in acts[1:])), state, ending)


def object_to(objection: Objection) -> Move:
    """Returns the move that voices an objection."""
    return Move(OBJECTING[objection], objection=objection)


def voice(fact: Fact, act: CustomerAct | None = None) -> Move:
    """Returns the move that voices a fact."""
    acts = {Fact.TOP_GRADE: CustomerAct.GIVE_FOR_TOP_GRADE, Fact.ELABORATE: CustomerAct.ELABORATE}
    return Move(act or acts.get(fact) or CustomerAct(f"give_{fact}"), fact=fact)
