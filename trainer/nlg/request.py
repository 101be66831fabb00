"""What the shipped model is asked for: the words of one move.

A model of ten million weights cannot follow instructions in prose. It is fitted to answer this
compact form and nothing else; any other chat model gets the prose of `prompt.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.core.acts import CustomerAct
from trainer.core.plan import Length, Mood, Move, Style
from trainer.llm.base import Message
from trainer.nlg.brief import Brief, notes
from trainer.nlg.words import spell, tokens, unmarked

HEARD_WORDS, HEARD_LETTERS = 40, 400
"""So much of the trainee's turn is passed on, counted from its end: what is answered is last."""

SHORT_WORDS, MEDIUM_WORDS = 6, 14
"""Up to so many words a line is short, up to so many medium."""

MARKS = tuple(f"[{mark}]" for mark in (*CustomerAct, *Mood, *Style, *Length))
"""Each is one token of the shipped tokenizer."""


@dataclass(frozen=True, slots=True)
class Request:
    """One move to word.

    Attributes:
        heard: The trainee's last words; empty where nothing was said.
        acts: The acts of the line; empty for text that is no customer's.
        notes: Telegraphic notes the line must voice; empty where it needs no fact.
        said: What the customer has said in this turn before the line.
    """

    heard: str = ""
    acts: tuple[str, ...] = ()
    notes: str = ""
    said: str = ""
    mood: Mood | None = None
    style: Style | None = None
    length: Length = Length.MEDIUM
    industry: str = ""


def request_for(move: Move, brief: Brief, said: Sequence[str]) -> Request:
    """Returns what to ask the shipped model for.

    Args:
        move: The move to word.
        brief: The turn it belongs to.
        said: Sentences of this turn that were shown already.
    """
    persona = brief.persona
    return Request(
        heard=brief.last_words,
        acts=(move.act,),
        notes="; ".join(_told(move, brief)),
        said=" ".join(said),
        mood=brief.plan.mood,
        style=persona.style,
        length=_length(move, brief),
        industry=persona.industry.de,
    )


def _told(move: Move, brief: Brief) -> list[str]:
    if move.act is CustomerAct.PICK_UP:
        return [brief.persona.name.last]
    return notes([move], brief.persona) if move.fact or move.act.startswith("object_") else []


def _length(move: Move, brief: Brief) -> Length:
    """A move among several is short, unless it is the one that tells something."""
    if len(brief.plan.moves) == 1 or move.fact:
        return brief.plan.length
    return brief.rng.choice((Length.SHORT, Length.MEDIUM))


def request_messages(request: Request) -> list[Message]:
    """Returns the chat messages of a request: who speaks, then what was heard and is to be said."""
    marks = "".join(f"[{mark}]" for mark in (*request.acts, request.mood, request.length) if mark)
    style = f"[{request.style}]" if request.style else ""
    plan = f"{marks}{spoken(request.notes)}|{_tail(request.said)}"
    return [
        Message("system", f"{style}{request.industry}"),
        Message("user", f"{_tail(request.heard)}\n{plan}"),
    ]


def length_of(line: str) -> Length:
    """Returns the length a line has."""
    words = len(tokens(line))
    if words <= SHORT_WORDS:
        return Length.SHORT
    return Length.MEDIUM if words <= MEDIUM_WORDS else Length.LONG


def spoken(notes: str) -> str:
    """Returns notes with their numbers below 10,000 in words, as they will be said."""
    return " ".join(_spelled(word) for word in notes.split())


def _spelled(word: str) -> str:
    digits = word.rstrip(".,;:!?")
    if not (digits.isdecimal() and len(digits) <= 4) or word[len(digits) :].startswith("."):
        return word
    return spell(int(digits)) + word[len(digits) :]


def _tail(text: str) -> str:
    return " ".join(unmarked(text[-HEARD_LETTERS:]).split()[-HEARD_WORDS:])
