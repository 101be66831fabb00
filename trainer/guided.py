"""The first call, step by step: what is due now, from what was said so far. Pure functions."""

from collections.abc import Sequence
from enum import StrEnum

from trainer.core.acts import OFFERS, CustomerAct, Speaker, TraineeAct
from trainer.core.turn import Turn

A, C = TraineeAct, CustomerAct


class Stage(StrEnum):
    """The way through a call; the last two come in between whenever they are due."""

    OPENING = "opening"
    REASON = "reason"
    UNDERSTAND = "understand"
    NEEDS = "needs"
    SUMMARY = "summary"
    OFFER = "offer"
    DECISION = "decision"
    FAREWELL = "farewell"
    BEHIND = "behind"
    ANSWER = "answer"


WAY = tuple(Stage)[:8]
"""The stages in their order, without those in between."""

_OBJECTIONS = {C.OBJECT_TIME, C.OBJECT_COST, C.OBJECT_UNCERTAINTY, C.OBJECT_COMPETITOR}
_OVER = {C.ACCEPT, C.ACCEPT_NEXT_STEP, C.DECLINE, C.OPT_OUT, C.FAREWELL, C.HANG_UP}
_DONE_BY: tuple[tuple[Stage, frozenset[TraineeAct]], ...] = (
    (Stage.REASON, frozenset({A.ASK_REASON})),
    (Stage.UNDERSTAND, frozenset({A.ACKNOWLEDGE, A.ACCEPT_CRITICISM, A.APOLOGIZE, A.PROBE})),
    (Stage.NEEDS, frozenset({A.ASK_CONDITIONS, A.ASK_PRIORITY, A.ASK_FOR_TOP_GRADE})),
    (Stage.SUMMARY, frozenset({A.SUMMARIZE})),
    (Stage.OFFER, frozenset({*OFFERS, A.BENEFIT})),
    (Stage.DECISION, frozenset({A.ASK_COMMITMENT, A.NEXT_STEP})),
)


def stage(turns: Sequence[Turn]) -> Stage:
    """Returns what is due now.

    Args:
        turns: The talk so far, the customer's latest turn last.
    """
    mine = [turn for turn in turns if turn.speaker is Speaker.TRAINEE]
    if not mine:
        return Stage.OPENING
    heard = turns[-1].acts if turns[-1].speaker is Speaker.CUSTOMER else frozenset()
    if heard & _OVER:
        return Stage.FAREWELL
    if heard & _OBJECTIONS:
        return Stage.ANSWER if A.ISOLATE in mine[-1].acts else Stage.BEHIND
    return _next_on_the_way(turns)


def _next_on_the_way(turns: Sequence[Turn]) -> Stage:
    said: set[str] = set()
    known = False
    for turn in turns:
        if turn.speaker is Speaker.TRAINEE:
            # Understanding counts once there is something to understand, and what it is good for
            # once the needs were summed up.
            early = set() if known else _UNDERSTANDING
            early = early if A.SUMMARIZE in said else {*early, A.BENEFIT}
            said |= turn.acts - early
            known = known or A.ASK_REASON in turn.acts
        elif C.GIVE_REASON in turn.acts:  # told without being asked
            known = True
            said.add(A.ASK_REASON)
    return next((due for due, acts in _DONE_BY if said.isdisjoint(acts)), Stage.FAREWELL)


_UNDERSTANDING = _DONE_BY[1][1]
