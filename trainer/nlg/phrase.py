"""One line a customer may say, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from trainer.core.acts import CustomerAct
from trainer.core.plan import Mood, Objection, Style
from trainer.nlg.incidental import Incidentals


class Origin(StrEnum):
    """Who wrote a line."""

    PERSONA = "persona"
    CUE = "cue"
    CORPUS = "corpus"
    HOUSE = "house"
    LAST_RESORT = "last_resort"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line of the bank.

    Attributes:
        id: `c1-0471`, `c2-0083.4`, `house-17`.
        acts: What the words do; a line of our own has just the act it was written for.
        mood: None fits every mood; likewise the style.
        context: Index of the agent line it answered, None for lines of our own.
        triggers: For each act the situations in which the line stands on its own; empty where it
            fits only the words it answered.
        incidentals: Its small facts, None for lines of our own.
        topics: The objections it talks about.
    """

    id: str
    text: str
    acts: frozenset[CustomerAct]
    mood: Mood | None
    style: Style | None
    origin: Origin
    triggers: Mapping[CustomerAct, frozenset[str]] = field(hash=False)
    context: int | None = None
    incidentals: Incidentals | None = None
    topics: frozenset[Objection] = frozenset()

    @property
    def length(self) -> int:
        """Number of words."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Voiced:
    """Words chosen for one move, slots filled."""

    text: str
    origin: Origin
    whole_turn: bool = False
