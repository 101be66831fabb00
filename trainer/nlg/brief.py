"""What the generator is asked for: one customer turn."""

from dataclasses import dataclass
from random import Random

from trainer.core.dialogue import Speaker, Turn, TurnPlan
from trainer.core.persona import Persona


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
