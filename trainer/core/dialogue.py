"""Values of a talk: who speaks, functional segments, dialogue acts, the customer's plan.

A turn becomes segments, a segment carries acts (multi-label, after ISO 24617-2):

    "Guten Tag, Frau Yilmaz. Woran lag es denn?"
     └ [0, 23)  greet: 0.98 ┘└ [24, 43)  ask_reason: 0.94

The labels and their German definitions are in `trainer/corpus/dialogue_acts.yaml`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias


class Speaker(StrEnum):
    """The two people on the line. Corpus files and the command line write `agent` for TRAINEE."""

    TRAINEE = "trainee"
    CUSTOMER = "customer"


class TraineeAct(StrEnum):
    """What a trainee does with one functional segment."""

    GREET = "greet"
    INTRODUCE = "introduce"
    STATE_REASON = "state_reason"
    ASK_PERMISSION = "ask_permission"
    SET_AGENDA = "set_agenda"
    STEER = "steer"
    SUMMARIZE = "summarize"

    ASK_REASON = "ask_reason"
    ASK_GRADE = "ask_grade"
    ASK_FOR_TOP_GRADE = "ask_for_top_grade"
    ASK_POSITIVES = "ask_positives"
    ASK_CONDITIONS = "ask_conditions"
    ASK_PRIORITY = "ask_priority"
    ASK_CARE_POINTS = "ask_care_points"
    ASK_NEVER_AGAIN = "ask_never_again"
    ASK_RETURN_IF = "ask_return_if"
    PROBE = "probe"
    ASK_OPEN = "ask_open"
    ASK_CLOSED = "ask_closed"

    ACKNOWLEDGE = "acknowledge"
    ISOLATE = "isolate"
    ANSWER_TIME = "answer_time"
    ANSWER_COST = "answer_cost"
    ANSWER_UNCERTAINTY = "answer_uncertainty"
    CHECK_RESOLVED = "check_resolved"

    OFFER_DISCOUNT = "offer_discount"
    OFFER_GIFT = "offer_gift"
    OFFER_SERVICE = "offer_service"
    OFFER_PRODUCT = "offer_product"
    OFFER_PREMISES = "offer_premises"
    OFFER_STAFF = "offer_staff"
    BENEFIT = "benefit"
    ASK_COMMITMENT = "ask_commitment"
    NEXT_STEP = "next_step"
    CONFIRM_TERMS = "confirm_terms"
    VAGUE_CLOSE = "vague_close"
    FAREWELL = "farewell"

    APPRECIATE = "appreciate"
    ACCEPT_CRITICISM = "accept_criticism"
    APOLOGIZE = "apologize"
    RESPECT_OPTOUT = "respect_optout"

    CONTRADICT = "contradict"
    PRESSURE = "pressure"
    BLAME = "blame"
    DISPARAGE = "disparage"
    RUDE = "rude"
    OVERPROMISE = "overpromise"

    INFORM = "inform"
    OTHER = "other"


class CustomerAct(StrEnum):
    """What a customer does with one functional segment."""

    PICK_UP = "pick_up"
    GREET = "greet"
    ASK_WHO = "ask_who"
    GRANT_TIME = "grant_time"
    REFUSE_TALK = "refuse_talk"
    OPT_OUT = "opt_out"
    FAREWELL = "farewell"
    HANG_UP = "hang_up"

    GIVE_REASON = "give_reason"
    GIVE_GRADE = "give_grade"
    GIVE_FOR_TOP_GRADE = "give_for_top_grade"
    GIVE_POSITIVES = "give_positives"
    GIVE_CONDITIONS = "give_conditions"
    GIVE_PRIORITY = "give_priority"
    GIVE_CARE_POINTS = "give_care_points"
    GIVE_NEVER_AGAIN = "give_never_again"
    RETURN_YES = "return_yes"
    RETURN_MAYBE = "return_maybe"
    RETURN_NO = "return_no"
    ELABORATE = "elaborate"
    CONFIRM = "confirm"
    DISCONFIRM = "disconfirm"
    ANSWER = "answer"
    EVADE = "evade"

    OBJECT_TIME = "object_time"
    OBJECT_COST = "object_cost"
    OBJECT_UNCERTAINTY = "object_uncertainty"
    OBJECT_COMPETITOR = "object_competitor"
    COMPLAIN = "complain"
    CHALLENGE = "challenge"

    ASK_DETAILS = "ask_details"
    ASK_PRICE = "ask_price"
    SHOW_INTEREST = "show_interest"
    CONCEDE = "concede"
    ACCEPT = "accept"
    ACCEPT_NEXT_STEP = "accept_next_step"
    DECLINE = "decline"
    THANK = "thank"

    CHITCHAT = "chitchat"
    CONFUSED = "confused"
    OTHER = "other"


Act: TypeAlias = TraineeAct | CustomerAct

GUIDE_QUESTIONS = (
    TraineeAct.ASK_REASON,
    TraineeAct.ASK_GRADE,
    TraineeAct.ASK_FOR_TOP_GRADE,
    TraineeAct.ASK_POSITIVES,
    TraineeAct.ASK_CONDITIONS,
    TraineeAct.ASK_PRIORITY,
    TraineeAct.ASK_CARE_POINTS,
    TraineeAct.ASK_NEVER_AGAIN,
    TraineeAct.ASK_RETURN_IF,
)
"""The guide's nine analysis questions, in its order (guide, step 3)."""

OFFERS = (
    TraineeAct.OFFER_DISCOUNT,
    TraineeAct.OFFER_GIFT,
    TraineeAct.OFFER_SERVICE,
    TraineeAct.OFFER_PRODUCT,
    TraineeAct.OFFER_PREMISES,
    TraineeAct.OFFER_STAFF,
)

HARMFUL = (
    TraineeAct.CONTRADICT,
    TraineeAct.PRESSURE,
    TraineeAct.BLAME,
    TraineeAct.DISPARAGE,
    TraineeAct.RUDE,
    TraineeAct.OVERPROMISE,
)

ANSWERS = (TraineeAct.ANSWER_TIME, TraineeAct.ANSWER_COST, TraineeAct.ANSWER_UNCERTAINTY)


def acts_of(speaker: Speaker) -> type[TraineeAct] | type[CustomerAct]:
    """Returns the label set that belongs to a speaker."""
    return TraineeAct if speaker is Speaker.TRAINEE else CustomerAct


@dataclass(frozen=True, slots=True)
class Segment:
    """A functional segment of one turn.

    Attributes:
        start: First character in the turn's text.
        end: One past the last character; `turn.text[start:end] == text`.
        text: The words, verbatim.
        acts: Acts at or above the recogniser's threshold with their probability in [0, 1], best
            first. Empty when the recogniser is not sure of any.
    """

    start: int
    end: int
    text: str
    acts: Mapping[str, float]

    @property
    def best(self) -> str | None:
        """The most probable act, or None where the recogniser was not sure."""
        return next(iter(self.acts), None)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a talk with what was recognised in it."""

    speaker: Speaker
    text: str
    segments: tuple[Segment, ...]

    @property
    def acts(self) -> frozenset[str]:
        """All acts of all segments."""
        return frozenset(act for segment in self.segments for act in segment.acts)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One turn as it comes to a recogniser.

    Attributes:
        speaker: Whose label set to use.
        text: The turn as typed; any string, also an empty one.
        context: The other speaker's preceding turn.
    """

    speaker: Speaker
    text: str
    context: str | None = None


class Recognizer(Protocol):
    """What the stages need of an act recogniser; `nlu.recognizer` has the shipped one."""

    @property
    def version(self) -> str:
        """Names the fitted weights; pinned on every call and assessment."""

    def label(
        self, text: str, *, speaker: Speaker, context: str | None = None
    ) -> tuple[Segment, ...]:
        """Cuts a turn into segments and gives each its acts.

        Args:
            text: The turn as typed; any string, also an empty one.
            speaker: Whose label set to use.
            context: The other speaker's preceding turn.

        Returns:
            The segments in order, without overlap; empty for a text without words.
        """

    def label_all(self, spoken: Sequence[Spoken]) -> list[tuple[Segment, ...]]:
        """Labels turns together: what `label` gives for each, in a fraction of the time."""


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
