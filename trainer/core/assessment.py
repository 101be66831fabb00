"""What scoring says about one call; stored as it is and never recalculated."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from trainer.core.plan import Objection
from trainer.core.rubric import Principle
from trainer.core.text import Localized


class CheckResult(StrEnum):
    """What became of a check. NOT_OBSERVABLE: the call gave no occasion for it."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not"
    NOT_OBSERVABLE = "not_observable"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Quote(_Part):
    """Words from the transcript, verbatim.

    Attributes:
        turn: Index of the turn in the transcript, from 0.
        start: First character in that turn.
        end: One past the last character.
        text: `turns[turn].text[start:end]`.
    """

    turn: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text: str = Field(min_length=1)


class Finding(_Part):
    """The result of one check.

    Attributes:
        id: The check's id in the rubric.
        principle: The principle it belongs to; None for the relationship notes beside the four.
        quotes: Evidence; at least one for a check met, partly met or harmed.
        reason: One line.
        due: Turn at which an unmet check would have been due, where one can be named.
    """

    id: str
    principle: Principle | None
    result: CheckResult
    quotes: tuple[Quote, ...] = ()
    reason: Localized
    due: int | None = None


class PrincipleScore(_Part):
    """Level 1–5 and points 0–100 of one principle; both None when unscored, with the reason."""

    level: int | None = Field(default=None, ge=1, le=5)
    points: float | None = Field(default=None, ge=0, le=100)
    reason: Localized


class Breach(_Part):
    """Something no agent may do, such as selling on after "do not call again"."""

    id: str
    quotes: tuple[Quote, ...]
    reason: Localized


class Advice(_Part):
    """One point to work on.

    Attributes:
        check: Id of the check it comes from.
        happened: What happened in this call.
        quote: The moment it is about, where there is one.
        why: Why it matters, from the guide.
        better: A German sentence that would have fitted this very moment.
        next_time: What to try in the next call.
    """

    check: str
    happened: Localized
    quote: Quote | None = None
    why: Localized
    better: str
    next_time: Localized


class Strength(_Part):
    """One thing done well."""

    check: str
    quote: Quote
    text: Localized


class ObjectionStory(_Part):
    """What happened to one objection that the customer raised.

    Attributes:
        raised: Quotes of the customer.
        acknowledged: The trainee's understanding, None where it never came; likewise the rest.
    """

    objection: Objection
    raised: tuple[Quote, ...]
    acknowledged: Quote | None = None
    isolated: Quote | None = None
    answered: Quote | None = None
    checked: Quote | None = None


class AskedQuestion(_Part):
    """One of the guide's nine questions, and where it was asked first, if it was."""

    question: str
    quote: Quote | None = None


class Assessment(_Part):
    """The whole result.

    Attributes:
        principles: One score for each of the four.
        total: 0–100; None when nothing could be scored.
        passed: Whether the total reaches the rubric's pass mark; False when unscored.
        findings: All checks in the rubric's order, the relationship notes last.
        advice: The two most useful points, most useful first; fewer when there is nothing to say.
        versions: Rubric, recogniser and so on, by name.
    """

    principles: dict[Principle, PrincipleScore]
    total: float | None = Field(default=None, ge=0, le=100)
    passed: bool
    findings: tuple[Finding, ...]
    breaches: tuple[Breach, ...] = ()
    advice: tuple[Advice, ...] = Field(default=(), max_length=2)
    strength: Strength | None = None
    objections: tuple[ObjectionStory, ...] = ()
    questions: tuple[AskedQuestion, ...] = ()
    versions: dict[str, str]
