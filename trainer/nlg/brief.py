"""What the generator is asked for: one customer turn."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from trainer.core.acts import Speaker
from trainer.core.persona import Persona
from trainer.core.plan import Move, TurnPlan
from trainer.core.turn import Turn


@dataclass(frozen=True, slots=True)
class Brief:
    """All that is needed to word one customer turn.

    Attributes:
        talk: All turns so far, the trainee's latest last; empty when picking up.
        rng: Decides between lines that fit equally well.
    """

    persona: Persona
    plan: TurnPlan
    talk: tuple[Turn, ...]
    rng: Random

    @property
    def last_words(self) -> str:
        """What the trainee said last, or an empty text."""
        if self.talk and self.talk[-1].speaker is Speaker.TRAINEE:
            return self.talk[-1].text
        return ""


def notes(moves: Iterable[Move], persona: Persona) -> list[str]:
    """Returns the telegraphic notes of what the moves may voice."""
    found = []
    for move in moves:
        if move.fact is not None:
            found.append(persona.facts[move.fact].note)
        if move.objection is not None and persona.objections[move.objection].note:
            found.append(persona.objections[move.objection].note)
    return found
