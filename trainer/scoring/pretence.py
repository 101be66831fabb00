"""Turns in which nothing but harm counts, because they only pretend to be part of a call.

CROWDED brings everything at once. A call has five steps; one turn may answer, offer and ask for
the decision, but nobody can follow one that opens or asks and does two other steps besides:

    „Woran lag es? Zehn Prozent Rabatt! Wollen wir es so machen?“   asks, offers, closes: crowded
    „Das ist drin. Für Sie heißt das: Ruhe. Sind Sie dabei?“        answers, offers, closes: not

ECHOED says what the customer just said again and hardly a word more. PASTED talks about calls as
a guide does instead of leading one.
"""

import re
from collections.abc import Mapping, Sequence
from enum import Enum, StrEnum, auto

from trainer.core.acts import ANSWERS, GUIDE_QUESTIONS, OFFERS, Speaker, TraineeAct
from trainer.core.turn import Segment, Turn
from trainer.scoring.words import echoes


class Pretence(StrEnum):
    """Why nothing counts in a turn."""

    CROWDED = "crowded"
    ECHOED = "echoed"
    PASTED = "pasted"


class _Step(Enum):
    OPENING = auto()
    ANALYSIS = auto()
    OBJECTIONS = auto()
    OFFER = auto()
    SUMMARY = auto()
    CLOSE = auto()


_STEPS = {
    # Names are named later, too, to vouch for something.
    _Step.OPENING: (TraineeAct.STATE_REASON, TraineeAct.ASK_PERMISSION),
    _Step.ANALYSIS: (*GUIDE_QUESTIONS, TraineeAct.PROBE),
    _Step.OBJECTIONS: (*ANSWERS, TraineeAct.ISOLATE, TraineeAct.CHECK_RESOLVED),
    _Step.OFFER: (*OFFERS, TraineeAct.BENEFIT),
    _Step.CLOSE: (
        TraineeAct.ASK_COMMITMENT,
        TraineeAct.NEXT_STEP,
        TraineeAct.CONFIRM_TERMS,
        TraineeAct.FAREWELL,
    ),
}
_STEP_OF = {str(act): step for step, acts in _STEPS.items() for act in acts}
_WIDELY = _STEP_OF | {
    TraineeAct.INTRODUCE: _Step.OPENING,
    TraineeAct.SET_AGENDA: _Step.OPENING,
    TraineeAct.STEER: _Step.SUMMARY,
    TraineeAct.SUMMARIZE: _Step.SUMMARY,
}
"""In a whole call a guess more or less does not matter."""
_BEFORE_SELLING = {_Step.OPENING, _Step.ANALYSIS}
_MOST_STEPS = 2
_MOST_QUESTIONS = 2
_SURE = 0.5
"""Probability from which an act shows its step: honest turns are not to be accused on a guess."""
_MIXED = 2.0
"""Steps a turn, on the average of a call's turns that do any, from which the call is stuffed."""
_TURNS_TO_TELL = 3

_JARGON = re.compile(
    r"\b(einw[aä]nde?|vorw[aä]nde?|bedarfsanalyse|leitfaden\w*|rückkehrfrage|nachhaken"
    r"|haken sie nach|überleiten|verabschieden|wertschätzung|wertschätzend|verständnis zeigen"
    r"|zusammenfassen"
    r"|fassen sie zusammen|vereinbaren sie|kündigen sie|antworten sie|fragen sie nach"
    r"|nehmen sie|offenen? fragen|neun fragen|entscheidung fragen|um erlaubnis"
    r"|anlass nennen|anlass des anrufs nennen|passend antworten|den faden)\b",
    re.IGNORECASE,
)
_MUCH_JARGON = 2


def find_pretences(turns: Sequence[Turn]) -> Mapping[int, Pretence]:
    """Returns the trainee's turns that only pretend, with the reason, by index."""
    found: dict[int, Pretence] = {}
    heard = ""
    for index, turn in enumerate(turns):
        if turn.speaker is Speaker.CUSTOMER:
            heard = turn.text
        elif echoes(turn.text, heard):
            found[index] = Pretence.ECHOED
        elif len({word.lower() for word in _JARGON.findall(turn.text)}) >= _MUCH_JARGON:
            found[index] = Pretence.PASTED
        elif _is_crowded(turn.segments):
            found[index] = Pretence.CROWDED
    return dict.fromkeys(_of_a_stuffed_call(turns), Pretence.CROWDED) | found


def _of_a_stuffed_call(turns: Sequence[Turn]) -> list[int]:
    """Returns the turns that mix steps, in a call where nearly all do."""
    spoken = (n for n, turn in enumerate(turns) if turn.speaker is Speaker.TRAINEE)
    steps = {n: len(found) for n in spoken if (found := _widely(turns[n].segments))}
    if len(steps) < _TURNS_TO_TELL or sum(steps.values()) < _MIXED * len(steps):
        return []
    return [n for n, count in steps.items() if count > 1]


def _widely(segments: Sequence[Segment]) -> set[_Step]:
    return {_WIDELY[part.best] for part in segments if part.best in _WIDELY}


def _is_crowded(segments: Sequence[Segment]) -> bool:
    asked = {part.best for part in segments if _step(part) is _Step.ANALYSIS}
    steps = _steps(segments)
    mixed = len(steps) > _MOST_STEPS and not steps.isdisjoint(_BEFORE_SELLING)
    return mixed or len(asked) > _MOST_QUESTIONS


def _steps(segments: Sequence[Segment]) -> set[_Step]:
    return {step for part in segments if (step := _step(part))}


def _step(part: Segment) -> _Step | None:
    best = part.best
    return _STEP_OF.get(best) if best is not None and round(part.acts[best], 6) >= _SURE else None
