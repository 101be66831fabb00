"""Short ways to say what a test is about."""

from collections.abc import Mapping
from random import Random

from tests.personas import make_persona
from trainer.core.acts import CustomerAct, Speaker
from trainer.core.persona import Persona
from trainer.core.plan import Ending, Length, Mood, Move, TurnPlan
from trainer.core.turn import Segment, Turn
from trainer.nlg.brief import Brief
from trainer.nlg.words import sentences

KEYWORDS: Mapping[str, CustomerAct] = {
    "Kurs": CustomerAct.GIVE_REASON,
    "zu teuer": CustomerAct.OBJECT_COST,
    "kostet": CustomerAct.ASK_PRICE,
    "einverstanden": CustomerAct.ACCEPT,
    "danke": CustomerAct.THANK,
    "Hund": CustomerAct.CHITCHAT,
}


class KeywordRecognizer:
    """Gives a sentence the act of the first keyword in it, else `evade`."""

    version = "keywords"

    def label(
        self, text: str, *, speaker: Speaker, context: str | None = None
    ) -> tuple[Segment, ...]:
        found = []
        start = 0
        for sentence in sentences(text):
            start = text.index(sentence, start)
            acts = (act for word, act in KEYWORDS.items() if word.lower() in sentence.lower())
            act = next(acts, CustomerAct.EVADE)
            found.append(Segment(start, start + len(sentence), sentence, {act: 0.9}))
            start += len(sentence)
        return tuple(found)


def trainee(text: str, *acts: str) -> Turn:
    """A trainee's turn of one segment."""
    return Turn(Speaker.TRAINEE, text, (Segment(0, len(text), text, dict.fromkeys(acts, 0.9)),))


def customer(text: str) -> Turn:
    """A customer's turn."""
    return Turn(Speaker.CUSTOMER, text, ())


def plan(
    *moves: Move | CustomerAct,
    mood: Mood = Mood.NEUTRAL,
    length: Length = Length.MEDIUM,
    ending: Ending | None = None,
) -> TurnPlan:
    """A plan of moves; a bare act is a move without anything."""
    whole = tuple(Move(move) if isinstance(move, CustomerAct) else move for move in moves)
    return TurnPlan(whole, mood, length, ending)


def brief(wanted: TurnPlan, *talk: Turn, persona: Persona | None = None, seed: int = 0) -> Brief:
    """A brief for the standard persona."""
    return Brief(persona or make_persona(), wanted, talk, Random(seed))
