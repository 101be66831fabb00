"""Turns that bring everything at once, as stuffed calls do.

A call has five steps. One turn may open and ask, or answer, offer and ask for the decision; nobody
can follow a turn that opens or asks and does two other steps besides, or goes back and forth:

    „Woran lag es? Zehn Prozent Rabatt! Wollen wir es so machen?“   asks, offers, closes: crowded
    „Das ist drin. Für Sie heißt das: Ruhe. Sind Sie dabei?“        answers, offers, closes: not
"""

from collections.abc import Sequence
from enum import Enum, auto
from itertools import groupby

from trainer.core.dialogue import ANSWERS, GUIDE_QUESTIONS, OFFERS, Segment, TraineeAct


class Step(Enum):
    """A step of a win-back call."""

    OPENING = auto()
    ANALYSIS = auto()
    OBJECTIONS = auto()
    OFFER = auto()
    CLOSE = auto()


_STEPS = {
    Step.OPENING: (TraineeAct.INTRODUCE, TraineeAct.STATE_REASON, TraineeAct.ASK_PERMISSION),
    Step.ANALYSIS: (*GUIDE_QUESTIONS, TraineeAct.PROBE),
    Step.OBJECTIONS: (*ANSWERS, TraineeAct.ISOLATE, TraineeAct.CHECK_RESOLVED),
    Step.OFFER: (*OFFERS, TraineeAct.BENEFIT),
    Step.CLOSE: (
        TraineeAct.ASK_COMMITMENT,
        TraineeAct.NEXT_STEP,
        TraineeAct.CONFIRM_TERMS,
        TraineeAct.FAREWELL,
    ),
}
_STEP_OF = {str(act): step for step, acts in _STEPS.items() for act in acts}
_BEFORE_SELLING = {Step.OPENING, Step.ANALYSIS}
_MOST_STEPS = 2
_MOST_CHANGES = 2


def is_crowded(segments: Sequence[Segment], confidence: float) -> bool:
    """Tells whether a turn brings everything at once.

    Args:
        segments: The trainee's turn.
        confidence: Acts below this probability do not count.
    """
    best = ((part.best, part) for part in segments if part.best is not None)
    sure = (act for act, part in best if part.acts[act] >= confidence)
    way = [step for step, _ in groupby(_STEP_OF[act] for act in sure if act in _STEP_OF)]
    if len(way) - 1 > _MOST_CHANGES:
        return True
    return len(set(way)) > _MOST_STEPS and not _BEFORE_SELLING.isdisjoint(way)
