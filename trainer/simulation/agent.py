"""What every scripted agent has: a name, a memory of the call, and many ways to say a thing."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

from trainer.core.acts import CustomerAct
from trainer.core.persona import Persona
from trainer.core.plan import Cue, Objection
from trainer.nlg.slots import Fillings, fill
from trainer.nlg.words import sentences
from trainer.simulation.wordings import load_wordings

NAMES = ("Lena Vogt", "Tobias Kern", "Sibel Arslan", "Jonas Wiegand", "Marta Kowalczyk")

_TELLING = frozenset(act for act in CustomerAct if act.startswith("give_")) | {
    CustomerAct.ELABORATE
}
_QUOTED = 90
"""So many characters of the customer's words are repeated at most."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What an agent hears of the customer's turn: words, and what they do. Nothing hidden.

    Attributes:
        acts: In speaking order.
        cues: What the customer found odd, or reminded the agent of.
    """

    text: str
    acts: tuple[CustomerAct, ...]
    cues: tuple[Cue, ...] = ()

    def has(self, *acts: CustomerAct) -> bool:
        """Whether the customer did any of these."""
        return any(act in self.acts for act in acts)

    @property
    def objection(self) -> Objection | None:
        """The objection voiced last in this turn."""
        voiced = [o for act in self.acts for o in Objection if act == f"object_{o}"]
        return voiced[-1] if voiced else None


@dataclass
class Card:
    """What stands on the card that every trainee sees."""

    customer: str
    company: str
    lost_for: str

    @classmethod
    def of(cls, persona: Persona) -> "Card":
        """Copies the open part of a persona."""
        return cls(persona.salutation, persona.company, persona.card.lost_for)


@dataclass
class Agent:
    """An agent in one call.

    Attributes:
        done: How often the agent did something, by a name of the skill's own.
        limits: What the agent has set itself for this call.
        told: The customer's answers about their leaving.
        asked: Questions asked, and those the customer answered unasked.
        offered: Offers made, in order; `liked`: the customer showed interest in one.
        open_topic: The objection the customer voiced last and has not let go.
        won: The customer said yes; likewise `lost`.
        meant: What the latest turn was meant to do, by the names in `wordings.yaml`.
    """

    card: Card
    rng: Random
    done: Counter[str] = field(default_factory=Counter)
    limits: dict[str, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    reason: str = ""
    asked: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    liked: bool = False
    open_topic: Objection | None = None
    won: bool = False
    lost: bool = False
    meant: tuple[str, ...] = ()
    _used: set[str] = field(default_factory=set)
    name: str = ""

    def __post_init__(self) -> None:
        """Gives the agent a name."""
        self.name = self.rng.choice(NAMES)

    def listen(self, heard: Heard) -> None:
        """Remembers what the customer said."""
        if _TELLING & set(heard.acts):
            self.told.append(heard.text)
        for act in heard.acts:
            if act in _TELLING and act is not CustomerAct.ELABORATE:
                self.asked.append(act.replace("give_", "ask_"))
        if heard.has(CustomerAct.GIVE_REASON):
            self.reason = heard.text
        if heard.has(CustomerAct.SHOW_INTEREST):
            self.liked = True
        if heard.has(CustomerAct.CONCEDE):
            self.open_topic = None
        self.open_topic = heard.objection or self.open_topic
        if heard.has(CustomerAct.ACCEPT, CustomerAct.ACCEPT_NEXT_STEP):
            self.won = True
        if heard.has(CustomerAct.DECLINE, CustomerAct.OPT_OUT):
            self.lost, self.won = True, False

    def once(self, name: str) -> bool:
        """Whether this is the first time for something."""
        self.done[name] += 1
        return self.done[name] == 1

    def chance(self, share: float) -> bool:
        """Whether something happens that happens so often."""
        return self.rng.random() < share

    def say(self, *intents: str) -> str:
        """Returns one turn; each intent in words not used before, as long as there are some."""
        self.meant = intents
        return " ".join(self._word(intent) for intent in intents)

    def _word(self, intent: str) -> str:
        wordings = load_wordings()[intent]
        fresh = [text for text in wordings if text not in self._used] or list(wordings)
        chosen = self.rng.choice(fresh)
        self._used.add(chosen)
        return self._fill(chosen)

    def _fill(self, text: str) -> str:
        text = text.replace("{kunde}", self.card.customer).replace("{zitat}", self._quote())
        text = text.replace("{dauer}", self.card.lost_for).replace("{agent}", self.name)
        filled = fill(text, Fillings(self.card.company, None, "", None, None))
        assert filled is not None, "only the company is left to fill in"
        return filled

    def _quote(self) -> str:
        told = sentences(self.reason or (self.told[-1] if self.told else ""))
        short = [part for part in told if len(part) <= _QUOTED] or ["Es hat nicht mehr gepasst."]
        return re.sub(r"[.!?…\s]+$", "", max(short, key=len))


Skill: TypeAlias = Callable[[Agent, Heard], str]
"""Says the agent's next turn after what the customer just said."""
