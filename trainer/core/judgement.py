"""What a second judge, a chat model, says about a call; it stands beside the assessment.

The judge answers the rubric's checks with yes or no and gives neither points nor levels.
"""

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from trainer.core.assessment import Quote
from trainer.core.rubric import Principle


class Answer(StrEnum):
    """What the judge says about one check. Of a harmful check, YES means that harm was done."""

    YES = "yes"
    NO = "no"
    NO_OCCASION = "no_occasion"


class Doubt(StrEnum):
    """Why a check is not judged; a doubt never becomes an answer.

    SPLIT: no answer has the majority of all samples.
    NO_QUOTE: answers of yes had no words of the trainee that stand in the call.
    UNUSABLE: too many samples were no valid JSON or named other checks.
    AWAY: the model did not answer, or too late.
    ADDRESSED: somebody in the call speaks to whoever judges it.
    TOO_LONG: the call is longer than the judge reads.
    """

    SPLIT = "split"
    NO_QUOTE = "no_quote"
    UNUSABLE = "unusable"
    AWAY = "away"
    ADDRESSED = "addressed"
    TOO_LONG = "too_long"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Verdict(_Part):
    """What came of one check: an answer or a doubt, never both.

    Attributes:
        check: The check's id in the rubric.
        principle: None for the relationship notes beside the four.
        quotes: The trainee's words; at least one for a yes, none otherwise.
        reason: The model's own sentence for the answer; empty where there is a doubt.
        votes: How many samples said what; those thrown out are not among them.
    """

    check: str
    principle: Principle | None
    answer: Answer | None = None
    doubt: Doubt | None = None
    quotes: tuple[Quote, ...] = ()
    reason: str = ""
    votes: dict[Answer, int] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.answer is None) == (self.doubt is None):
            raise ValueError(f"{self.check}: needs an answer or a doubt, and not both")
        if bool(self.quotes) != (self.answer is Answer.YES):
            raise ValueError(f"{self.check}: quotes belong to a yes and to nothing else")
        return self


class Sample(_Part):
    """One reply of the model, verbatim; `problem` says why it was thrown out, empty if it was not.

    Attributes:
        seed: What it was drawn with.
    """

    seed: int
    text: str
    problem: str = ""


class Asked(_Part):
    """One chat message that was sent."""

    role: str
    content: str


class Exchange(_Part):
    """All that was asked and answered about one principle (None: the relationship notes)."""

    principle: Principle | None
    asked: tuple[Asked, ...]
    samples: tuple[Sample, ...]


class Judgement(_Part):
    """The whole second opinion.

    Attributes:
        verdicts: One for each check that is switched on, in the rubric's order.
        exchanges: What was asked and answered, for whoever wants to look behind it.
        versions: Of model, rubric and question, by name.
    """

    verdicts: tuple[Verdict, ...]
    exchanges: tuple[Exchange, ...]
    versions: dict[str, str]
