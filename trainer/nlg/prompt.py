"""Builds the messages for a language model: who it plays, what was said, what to say now."""

from collections.abc import Sequence
from string import Template

from trainer.core.acts import Speaker
from trainer.core.persona import Gender, Persona
from trainer.core.plan import Length, Mood, Move
from trainer.core.turn import Turn
from trainer.llm.base import Message
from trainer.nlg.brief import Brief, notes
from trainer.nlg.instructions import load_instructions
from trainer.nlg.words import unmarked

_MOST_TURNS, _HOP = 40, 24
"""A model that keeps what it has read wants a talk that only grows; when it is too long, its oldest
turns are dropped many at once, so that it is seldom read anew."""

_HEADER = Template(
    "Du sprichst am Telefon als $name, $age Jahre, früher $customer von $company ($industry), "
    "seit $lost_for nicht mehr. Art zu reden: $style. Du siezt den Anrufer. Sprich gesprochenes "
    "Deutsch in ganzen Sätzen. Sage genau das, was der Plan vorgibt, in seiner Reihenfolge, und "
    "keine weiteren Tatsachen, Namen oder Zahlen."
)
_PLAN = Template("[Plan: $acts | Stimmung: $mood | Länge: $length$facts$said]")

_LENGTHS = {
    Length.SHORT: "ein kurzer Satz",
    Length.MEDIUM: "ein bis drei Sätze",
    Length.LONG: "drei bis fünf Sätze",
}
_RINGING = "(Telefon klingelt)"


def build_messages(brief: Brief, moves: Sequence[Move], said: Sequence[str] = ()) -> list[Message]:
    """Returns the messages for what is left of a plan.

    Args:
        brief: The turn to word.
        moves: The moves still to be voiced.
        said: Sentences of this turn that were shown already.
    """
    persona = brief.persona
    header = Message("system", _header(persona))
    talk = as_messages(brief.talk[_first_turn(len(brief.talk)) :])
    plan = _plan(moves, brief.plan.mood, brief.plan.length, notes(moves, persona), said)
    if talk and talk[-1].role == "user":
        return [header, *talk[:-1], Message("user", f"{talk[-1].content}\n{plan}")]
    return [header, *talk, Message("user", f"{_RINGING}\n{plan}")]


def _first_turn(turns: int) -> int:
    too_many = max(0, turns - _MOST_TURNS)
    return -(-too_many // _HOP) * _HOP


def as_messages(talk: Sequence[Turn]) -> list[Message]:
    """Flips TRAINEE and CUSTOMER to a chat model's user and assistant; the only place that does.

    What was typed can neither close its message nor look like a plan.
    """
    return [
        Message("user" if turn.speaker is Speaker.TRAINEE else "assistant", unmarked(turn.text))
        for turn in talk
    ]


def _header(persona: Persona) -> str:
    return _HEADER.substitute(
        name=persona.full_name,
        age=persona.age,
        customer="Kundin" if persona.gender is Gender.FEMALE else "Kunde",
        company=persona.company,
        industry=persona.industry.de,
        lost_for=persona.card.lost_for,
        style=persona.style,
    )


def _plan(
    moves: Sequence[Move], mood: Mood, length: Length, facts: Sequence[str], said: Sequence[str]
) -> str:
    instructions = load_instructions()
    return _PLAN.substitute(
        acts=" ".join(instructions.for_move(move) for move in moves),
        mood=mood,
        length=_LENGTHS[length],
        facts="".join(f" | {fact}" for fact in facts),
        said=f" | schon gesagt: {' '.join(said)}" if said else "",
    )
