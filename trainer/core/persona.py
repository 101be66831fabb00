"""A customer to practise with: one YAML file in `personas/`, checked strictly."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from trainer.core.plan import Benefit, Fact, Mood, Objection, Style
from trainer.core.problem import refusal
from trainer.core.text import Localized

Share = float
"""A number in [0, 1]; the bounds stand at each field."""


class CustomerType(StrEnum):
    """The guide's three types of customer."""

    INACTIVE = "inactive"
    WAVERING = "wavering"
    LOST = "lost"


class ChurnReason(StrEnum):
    """The guide's six reasons for leaving."""

    POOR_SERVICE = "poor_service"
    QUALITY_LOSS = "quality_loss"
    BETTER_OFFER = "better_offer"
    NOT_VALUED = "not_valued"
    COMPLAINT_IGNORED = "complaint_ignored"
    UNFRIENDLY_TREATMENT = "unfriendly_treatment"


class Difficulty(StrEnum):
    """How much the customer asks of the trainee."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Gender(StrEnum):
    """Decides the form of address."""

    FEMALE = "female"
    MALE = "male"


class ObjectionKind(StrEnum):
    """Whether an objection is meant (Einwand) or gets rid of the caller (Vorwand)."""

    REAL = "real"
    PRETEXT = "pretext"
    NONE = "none"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Name(_Part):
    """A person's name."""

    first: str = Field(min_length=1)
    last: str = Field(min_length=1)


class Variant(_Part):
    """One way to say a fact or an objection, in the persona's own voice.

    Attributes:
        mood: The mood it fits best; None fits all.
        text: One to four spoken sentences.
    """

    mood: Mood | None = None
    text: str = Field(min_length=2, max_length=400)


class FactEntry(_Part):
    """What the persona knows: a telegraphic note for prompts and reviews, and spoken variants."""

    note: str = Field(min_length=2, max_length=160)
    say: tuple[Variant, ...] = Field(min_length=3)


class ObjectionEntry(_Part):
    """One of the three objections of this persona.

    Attributes:
        kind: Meant, a pretext, or not raised at all.
        hides: What a pretext hides: another objection or the reason for leaving.
        note: Telegraphic; empty for kind `none`.
        say: At least three variants unless kind is `none`.
    """

    kind: ObjectionKind
    hides: Objection | Literal["reason"] | None = None
    note: str = Field(default="", max_length=160)
    say: tuple[Variant, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind is ObjectionKind.NONE:
            if self.hides or self.note or self.say:
                raise refusal(
                    "none_with_text", "kind none takes no hides, note or say; remove them"
                )
            return self
        if not self.note or len(self.say) < 3:
            raise refusal("incomplete", "needs a note and at least three variants under say")
        if (self.kind is ObjectionKind.PRETEXT) != (self.hides is not None):
            raise refusal(
                "hides",
                "hides belongs to a pretext and only to it: add or remove it",
                field="hides",
            )
        return self


class Card(_Part):
    """What the trainee sees before and during the call; nothing of it is a secret.

    Attributes:
        customer_since: A year.
        lost_for: How long ago, spoken German dative as in „seit sieben Monaten“ (without „seit“).
        headline: One line for the persona's card in the practice page.
        history: Contract, orders, contacts; two to six lines.
    """

    customer_since: int = Field(ge=1950, le=2026)
    lost_for: str = Field(min_length=3)
    headline: Localized
    history: tuple[Localized, ...] = Field(min_length=2, max_length=6)


class Economics(_Part):
    """Figures in euros for the customer lifetime value (guide, `CLV`).

    Attributes:
        revenue_per_year: Contribution the customer would bring in a year.
        years: Years the customer is likely to stay after coming back.
        care_cost_per_year: What looking after this customer costs in a year.
        winback_cost: What this win-back costs once, without the benefit given.
    """

    revenue_per_year: float = Field(ge=0)
    years: float = Field(gt=0, le=40)
    care_cost_per_year: float = Field(ge=0)
    winback_cost: float = Field(ge=0)

    @property
    def lifetime_value(self) -> float:
        """Euros this customer is worth after costs; negative ones should not be won back."""
        return (self.revenue_per_year - self.care_cost_per_year) * self.years - self.winback_cost


class Temperament(_Part):
    """Numbers the tracker and the policy work with, each in [0, 1].

    Attributes:
        trust: Trust at the start of the call.
        patience: Patience at the start.
        irritability: How strongly harm is felt.
        talkativeness: How much is said without much asking.
        candour: How readily the truth comes instead of a pretext.
        opts_out: Whether this person says "do not call again" when pressed.
    """

    trust: Share = Field(ge=0, le=1)
    patience: Share = Field(ge=0, le=1)
    irritability: Share = Field(ge=0, le=1)
    talkativeness: Share = Field(ge=0, le=1)
    candour: Share = Field(ge=0, le=1)
    opts_out: bool = False


class Decision(_Part):
    """What it takes to win this customer.

    Attributes:
        winnable: False where nobody can win them.
        best: The furthest they go in one call.
        trust: Trust needed for a yes, in [0, 1].
        fit: Fit needed of the best benefit offered, in [0, 1].
        settled: Objections that must be settled first.
    """

    winnable: bool = True
    best: Literal["accepted", "next_step"] = "accepted"
    trust: Share = Field(ge=0, le=1)
    fit: Share = Field(ge=0, le=1)
    settled: tuple[Objection, ...] = ()


class Persona(_Part):
    """One customer.

    Attributes:
        id: File name without `.yaml`; lower case, digits and underscores.
        version: Raised with every change of content; pinned on calls.
        offer_fit: How well each benefit answers this customer's reason, in [0, 1].
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{2,40}$")
    version: int = Field(ge=1)
    name: Name
    gender: Gender
    age: int = Field(ge=18, le=99)
    industry: Localized
    company: str = Field(min_length=2)
    competitor: str | None = None
    business: bool = False
    customer_type: CustomerType
    churn_reason: ChurnReason
    difficulty: Difficulty
    style: Style
    card: Card
    pick_up: tuple[str, ...] = Field(min_length=3)
    facts: dict[Fact, FactEntry]
    objections: dict[Objection, ObjectionEntry]
    offer_fit: dict[Benefit, float]
    temperament: Temperament
    decision: Decision
    economics: Economics

    @property
    def salutation(self) -> str:
        """„Frau“ or „Herr“ with the last name, as a trainee would address them."""
        return f"{'Frau' if self.gender is Gender.FEMALE else 'Herr'} {self.name.last}"

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.name.first} {self.name.last}"

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for field, given, wanted in (
            ("facts", self.facts, Fact),
            ("objections", self.objections, Objection),
            ("offer_fit", self.offer_fit, Benefit),
        ):
            missing = sorted(set(wanted) - set(given))
            if missing:
                raise refusal(
                    "lacks", "{field} lacks {names}; add them", field=field, names=missing
                )
        outside = sorted(b for b, fit in self.offer_fit.items() if not 0 <= fit <= 1)
        if outside:
            raise refusal(
                "fit_outside",
                "offer_fit of {names} is outside 0 to 1",
                field="offer_fit",
                names=outside,
            )
        raised = {o for o, e in self.objections.items() if e.kind is not ObjectionKind.NONE}
        if len(raised) < 2:
            raise refusal(
                "too_few_objections",
                "objections: at least two of the three must be raised",
                field="objections",
            )
        for objection, entry in self.objections.items():
            self._check_hidden(objection, entry, raised)
        unsettled = sorted(set(self.decision.settled) - raised)
        if unsettled:
            raise refusal(
                "settled_never_raised",
                "{field} names {names}, which is never raised",
                field="decision.settled",
                names=unsettled,
            )
        return self

    def _check_hidden(
        self, objection: Objection, entry: ObjectionEntry, raised: set[Objection]
    ) -> None:
        seen: set[Objection] = {objection}
        field = f"objections.{objection}.hides"
        hidden = entry.hides
        while isinstance(hidden, Objection):
            if hidden in seen:
                raise refusal(
                    "hides_in_circle",
                    "{field} goes in a circle; let the last one hide `reason` or a real objection",
                    field=field,
                )
            if hidden not in raised:
                raise refusal(
                    "hides_never_raised",
                    "{field} names {names}, never raised",
                    field=field,
                    names=[hidden],
                )
            seen.add(hidden)
            hidden = self.objections[hidden].hides
