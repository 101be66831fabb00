"""Who talked how much, and how much was asked: two figures that any trainee understands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.core.acts import GUIDE_QUESTIONS, Speaker, TraineeAct
from trainer.core.turn import Turn

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_ASKING = frozenset(
    {
        *GUIDE_QUESTIONS,
        TraineeAct.PROBE,
        TraineeAct.ASK_OPEN,
        TraineeAct.ASK_CLOSED,
        TraineeAct.ISOLATE,
        TraineeAct.CHECK_RESOLVED,
        TraineeAct.ASK_PERMISSION,
        TraineeAct.ASK_COMMITMENT,
    }
)


@dataclass(frozen=True, slots=True)
class Balance:
    """How the talk was divided.

    Attributes:
        trainee_words: Words the trainee spoke; `customer_words` likewise.
        trainee_turns: Turns of the trainee with words.
        questions: Segments in which the trainee asked something.
    """

    trainee_words: int
    customer_words: int
    trainee_turns: int
    questions: int

    @property
    def talk_share(self) -> float | None:
        """The trainee's share of all words, in [0, 1]; None where nobody said a word."""
        words = self.trainee_words + self.customer_words
        return self.trainee_words / words if words else None

    @property
    def question_rate(self) -> float | None:
        """Questions per turn of the trainee; None where the trainee did not speak."""
        return self.questions / self.trainee_turns if self.trainee_turns else None


def balance_of(turns: Sequence[Turn]) -> Balance:
    """Counts words and questions of a talk."""
    words = {speaker: 0 for speaker in Speaker}
    mine = [turn for turn in turns if turn.speaker is Speaker.TRAINEE and turn.text.strip()]
    for turn in turns:
        words[turn.speaker] += len(_WORD.findall(turn.text))
    return Balance(
        trainee_words=words[Speaker.TRAINEE],
        customer_words=words[Speaker.CUSTOMER],
        trainee_turns=len(mine),
        questions=sum(_asks(turn) for turn in mine),
    )


def _asks(turn: Turn) -> int:
    return sum(
        "?" in segment.text or (segment.best is not None and segment.best in _ASKING)
        for segment in turn.segments
    )
