"""What a trainee thought out before a call (guide, steps 1 and 2); everything may be left open."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from trainer.core.persona import ChurnReason, Economics
from trainer.core.plan import Benefit, Objection

MOST_BENEFITS = 3
"""How many benefits are chosen at most."""
_LONGEST = 2000


class Analysis(StrEnum):
    """The guide's five questions before dialling; LOST is answered by choosing a reason."""

    LOST = "lost"
    SITUATION = "situation"
    INCENTIVE = "incentive"
    SALES = "sales"
    MEASURES = "measures"


class Verdict(StrEnum):
    """Whether winning this customer back pays."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"


class Opening(StrEnum):
    """The guide's two ways to open."""

    CASUAL = "casual"
    CLASSIC = "classic"


class Preparation(BaseModel):
    """One preparation.

    Attributes:
        reason: Why the customer left, as the trainee supposes.
        notes: Own words on the other four questions.
        figures: What the trainee reckoned with; None where the card's figures were left alone.
        budget: What the offer may cost, in euros.
        benefits: Chosen before the call, at most three.
        answers: One prepared answer an objection.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: ChurnReason | None = None
    notes: dict[Analysis, str] = Field(default_factory=dict)
    figures: Economics | None = None
    verdict: Verdict | None = None
    budget: float | None = Field(default=None, ge=0)
    benefits: tuple[Benefit, ...] = Field(default=(), max_length=MOST_BENEFITS)
    answers: dict[Objection, str] = Field(default_factory=dict)
    opening: Opening | None = None

    @property
    def steps_done(self) -> int:
        """How many of the five steps have something in them."""
        return sum(
            map(
                bool,
                (
                    self.reason or self.notes,
                    self.verdict or self.figures or self.budget,
                    self.benefits,
                    self.answers,
                    self.opening,
                ),
            )
        )


def cut(text: str | None) -> str:
    """Returns what is kept of a note: trimmed, at most 2,000 characters."""
    return (text or "").strip()[:_LONGEST]
