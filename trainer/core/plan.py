"""What a customer is going to say: moves in a mood, and how the call ends with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from trainer.core.acts import ANSWERS, GUIDE_QUESTIONS, OFFERS, CustomerAct, TraineeAct


class Style(StrEnum):
    """How a customer talks."""

    TERSE = "knapp"
    FRIENDLY = "freundlich"
    MATTER_OF_FACT = "sachlich"
    EMOTIONAL = "emotional"
    IRONIC = "ironisch"
    TALKATIVE = "redselig"


class Mood(StrEnum):
    """How a customer feels towards the caller right now, from worst to best."""

    DISMISSIVE = "abweisend"
    SCEPTICAL = "skeptisch"
    NEUTRAL = "neutral"
    OPEN = "offen"
    FRIENDLY = "zugewandt"


class Fact(StrEnum):
    """What a customer knows about their leaving; voiced only when asked for."""

    REASON = "reason"
    GRADE = "grade"
    TOP_GRADE = "top_grade"
    POSITIVES = "positives"
    CONDITIONS = "conditions"
    PRIORITY = "priority"
    CARE_POINTS = "care_points"
    NEVER_AGAIN = "never_again"
    RETURN_IF = "return_if"
    ELABORATE = "elaborate"


class Objection(StrEnum):
    """The guide's three kinds of objection (guide, section objections and pretexts)."""

    TIME = "time"
    COST = "cost"
    UNCERTAINTY = "uncertainty"


class Benefit(StrEnum):
    """The guide's six benefits (guide, step 2)."""

    DISCOUNT = "discount"
    GIFT = "gift"
    BETTER_SERVICE = "better_service"
    BETTER_OFFER = "better_offer"
    PREMISES = "premises"
    NEW_STAFF = "new_staff"


BENEFIT_OF_OFFER: Mapping[TraineeAct, Benefit] = dict(zip(OFFERS, Benefit, strict=True))

ANSWER_TO: Mapping[TraineeAct, Objection] = dict(zip(ANSWERS, Objection, strict=True))

FACT_ASKED_BY: Mapping[TraineeAct, Fact] = {
    **dict(zip(GUIDE_QUESTIONS, list(Fact)[: len(GUIDE_QUESTIONS)], strict=True)),
    TraineeAct.PROBE: Fact.ELABORATE,
}
"""Which fact a question brings out; the decision has a word in how RETURN_IF is answered."""


class Ending(StrEnum):
    """How a call ended. The first five are the customer's doing, ABANDONED is the trainee's."""

    ACCEPTED = "accepted"
    NEXT_STEP = "next_step"
    DECLINED = "declined"
    HUNG_UP = "hung_up"
    OPT_OUT = "opt_out"
    ABANDONED = "abandoned"


WON = (Ending.ACCEPTED, Ending.NEXT_STEP)


class Length(StrEnum):
    """How much the customer says in one turn."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class Cue(StrEnum):
    """What a line of the customer must show beyond its act.

    The first group is what was odd about the trainee's turn, the second what the customer comes
    back to or wants to know by itself.
    """

    REPEATED_QUESTION = "repeated_question"
    TOO_MANY_QUESTIONS = "too_many_questions"
    TOO_LONG = "too_long"
    SILENCE = "silence"
    GIBBERISH = "gibberish"
    FOREIGN_LANGUAGE = "foreign_language"
    ORDER = "order"
    ROBOT_QUESTION = "robot_question"
    FAMILIAR = "familiar"
    UNSURE = "unsure"

    NUMBER = "number"
    IN_WRITING = "in_writing"
    ANSWER_OWED = "answer_owed"
    OFFER_OWED = "offer_owed"
    TERMS_CHANGED = "terms_changed"
    FURTHER = "further"
    TOLD_ALL = "told_all"


@dataclass(frozen=True, slots=True)
class Move:
    """One segment the customer is going to voice.

    Attributes:
        act: What it does.
        fact: The fact it voices, which is then out. None for moves that need no fact.
        objection: The objection it raises, settles or asks about.
        benefit: The trainee's offer it speaks about.
        cue: The oddity it reacts to, or what it comes back to.
    """

    act: CustomerAct
    fact: Fact | None = None
    objection: Objection | None = None
    benefit: Benefit | None = None
    cue: Cue | None = None


@dataclass(frozen=True, slots=True)
class TurnPlan:
    """The policy's decision for one customer turn; nlg may voice this and nothing else.

    Attributes:
        moves: In speaking order, one to four.
        mood: The tone.
        length: How much to say.
        ending: Set when the call ends with this turn.
    """

    moves: tuple[Move, ...]
    mood: Mood
    length: Length = Length.MEDIUM
    ending: Ending | None = None

    @property
    def acts(self) -> tuple[CustomerAct, ...]:
        """The moves' acts in speaking order."""
        return tuple(move.act for move in self.moves)

    @property
    def facts(self) -> frozenset[Fact]:
        """The facts this turn may voice."""
        return frozenset(move.fact for move in self.moves if move.fact is not None)


class Source(StrEnum):
    """Where the words of a reply came from."""

    MODEL = "model"
    RETRY = "retry"
    PHRASE = "phrase"
