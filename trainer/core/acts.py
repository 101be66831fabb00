"""The labels of a talk: who speaks, and what a stretch of words does.

The German definitions are in `trainer/corpus/dialogue_acts.yaml`.
"""

from enum import StrEnum
from typing import TypeAlias


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
