"""How a call is judged: one YAML file in `rubrics/`, checked strictly.

Checks give credit (0, a half or 1), credits times weights give points 0–100, points give a level:

    checks ─► 100 · Σ weight · credit / Σ weight − harm ─► thresholds ─► level 1–5
"""

import hashlib
import json
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from trainer.core.acts import CustomerAct, TraineeAct
from trainer.core.problem import refusal
from trainer.core.text import Localized


class Principle(StrEnum):
    """The guide's four principles of a win-back call."""

    LEAD = "lead"
    NEEDS = "needs"
    OBJECTIONS = "objections"
    CLOSE = "close"


class Condition(StrEnum):
    """In which context an act counts; `scoring.conditions` has one function for each.

    OPENING: within the trainee's first three turns.
    ANSWERED: near the end of its turn, and the customer's answer follows.
    CONFIRMED: as ANSWERED, and the customer does not disagree.
    BEFORE_OFFER: before the trainee's first offer.
    AFTER_REASON: after the customer gave a reason, a need or a condition.
    AFTER_OBJECTION: within two trainee turns after an objection, a reservation or wavering.
    AFTER_CRITICISM: within two trainee turns after a complaint.
    AFTER_UNDERSTANDING: no later than the turn after understanding was shown.
    AFTER_REPLY_TO_OBJECTION: no later than the turn after an objection was answered.
    AFTER_NO: after the customer declined.
    WITHOUT_UNDERSTANDING: straight after an objection, with no understanding shown before it.
    CARRIES_CUSTOMER_WORDS: shares content words with what the customer said before.
    OWN_WORDS: is no copy of something the customer said.
    CONCRETE: names a day, a time, a date or an amount; asking for the decision and accepting a
        no are clear in themselves.
    AT_END: within the trainee's last three turns.
    MONOLOGUE: in a turn with more segments than count (`Rubric.segments_per_turn`), or in one
        that brings everything at once (`scoring.pretence`), where nothing but harm counts.
    """

    OPENING = "opening"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    BEFORE_OFFER = "before_offer"
    AFTER_REASON = "after_reason"
    AFTER_OBJECTION = "after_objection"
    AFTER_CRITICISM = "after_criticism"
    AFTER_UNDERSTANDING = "after_understanding"
    AFTER_REPLY_TO_OBJECTION = "after_reply_to_objection"
    AFTER_NO = "after_no"
    WITHOUT_UNDERSTANDING = "without_understanding"
    CARRIES_CUSTOMER_WORDS = "carries_customer_words"
    OWN_WORDS = "own_words"
    CONCRETE = "concrete"
    AT_END = "at_end"
    MONOLOGUE = "monologue"


class Counting(StrEnum):
    """What is counted. Words said before in the call never count again.

    TURNS: trainee turns with such an act.
    KINDS: different acts, each in a turn of its own: stacked questions count once.
    OBJECTIONS: the share of the objections raised that met such an act.
    RESERVATIONS: the share of the customer's turns with objection, reservation or criticism
        that met such an act within two trainee turns.
    ANSWERS: the share of the customer's answers that met such an act in the next turn.
    """

    TURNS = "turns"
    KINDS = "kinds"
    OBJECTIONS = "objections"
    RESERVATIONS = "reservations"
    ANSWERS = "answers"


SHARES = (Counting.OBJECTIONS, Counting.RESERVATIONS, Counting.ANSWERS)

WHOLE = 100
"""What the weights of a principle that give points sum to."""
ROUNDING = 0.5

CheckId = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z][a-z_]+$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Check(_Part):
    """One observable thing.

    Attributes:
        id: Principle, dot, name; unique in the file.
        title: What a trainee does who meets it; of a harmful check, what is to be avoided.
        explanation: Why it matters.
        guide: Id of the part of the guide it comes from.
        weight: Share of the principle's points; of a harmful check, the points it costs.
        acts: Acts that count.
        conditions: All must hold.
        count: What is counted.
        partly: Count (or share in (0, 1]) from which it is partly met.
        met: Count or share from which it is met.
        level: The level of the scale that asks for it. Advice goes one level at a time.
        harmful: Costs points where it happens and gives none where it does not.
        enabled: False leaves it out without deleting it.
    """

    id: CheckId
    title: Localized
    explanation: Localized
    guide: str = Field(min_length=2)
    weight: float = Field(gt=0, le=100)
    acts: tuple[TraineeAct, ...] = Field(min_length=1)
    conditions: tuple[Condition, ...] = ()
    count: Counting = Counting.TURNS
    partly: float = Field(default=1, gt=0)
    met: float = Field(default=1, gt=0)
    level: int = Field(default=3, ge=2, le=5)
    harmful: bool = False
    enabled: bool = True

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.partly > self.met:
            raise refusal(
                "partly_over_met",
                "{id}: partly {partly:g} is more than met {met:g}",
                id=self.id,
                partly=self.partly,
                met=self.met,
            )
        if self.count in SHARES and self.met > 1:
            raise refusal(
                "met_is_share",
                "{id}: met is a share for count {count}; give at most 1",
                id=self.id,
                count=self.count,
            )
        if self.count is Counting.KINDS and self.met > len(self.acts):
            raise refusal(
                "met_over_acts",
                "{id}: met {met:g} is more than the acts it lists",
                id=self.id,
                met=self.met,
            )
        for name, items in (("acts", self.acts), ("conditions", self.conditions)):
            if len(set(items)) < len(items):
                raise refusal("twice", "{id}: {list} names one twice", id=self.id, list=name)
        return self


class PrincipleRubric(_Part):
    """One principle.

    Attributes:
        title: Its name in the pages.
        anchors: What a call of each level 1–5 looks like.
        thresholds: Points from which level 2, 3, 4 and 5 begin.
        checks: In the order of the review.
    """

    title: Localized
    anchors: dict[int, Localized]
    thresholds: tuple[float, float, float, float]
    checks: tuple[Check, ...] = Field(min_length=1)

    @property
    def active(self) -> tuple[Check, ...]:
        """The checks that are not switched off."""
        return tuple(check for check in self.checks if check.enabled)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if sorted(self.anchors) != [1, 2, 3, 4, 5]:
            raise refusal(
                "anchors", "anchors must describe the levels 1, 2, 3, 4 and 5", field="anchors"
            )
        if any(low >= high for low, high in pairwise((0, *self.thresholds, 100))):
            raise refusal(
                "thresholds", "thresholds must rise and lie between 0 and 100", field="thresholds"
            )
        if all(check.harmful for check in self.active):
            raise refusal(
                "all_off",
                "checks: at least one that gives points must be switched on",
                field="checks",
            )
        weights = sum(check.weight for check in self.checks if not check.harmful)
        if abs(weights - WHOLE) > ROUNDING:
            raise refusal(
                "weights",
                "checks: the weights of those that give points, switched on or off, sum to "
                "{sum:g}; make it {whole:g}",
                field="checks",
                sum=weights,
                whole=WHOLE,
            )
        return self


class BreachRule(_Part):
    """Something no agent may do.

    Attributes:
        acts: The trainee's acts that are a breach...
        after: ...once the customer has done one of these.
        cap: The most the call's total can then be.
    """

    id: CheckId
    title: Localized
    explanation: Localized
    acts: tuple[TraineeAct, ...] = Field(min_length=1)
    after: tuple[CustomerAct, ...] = Field(min_length=1)
    cap: float = Field(ge=0, le=100)


class Minimum(_Part):
    """What a talk needs to be scored at all.

    Attributes:
        trainee_turns: Trainee turns with words.
        customer_turns: Customer turns with words.
        most_turns: Turns of both; what has more is no single call.
        recognised_turns: Trainee turns with a clearly recognised act of a win-back call.
        recognised: The least share of such turns, in [0, 1].
        clearly: Probability from which an act is clearly recognised, in [0, 1].
    """

    trainee_turns: int = Field(ge=1)
    customer_turns: int = Field(ge=1)
    most_turns: int = Field(ge=1)
    recognised_turns: int = Field(ge=1)
    recognised: float = Field(ge=0, le=1)
    clearly: float = Field(ge=0, le=1)


class Rubric(_Part):
    """One way to judge calls.

    Attributes:
        id: File name without `.yaml`.
        version: Raised with every change; pinned on assessments.
        pass_mark: Total from which a call is passed.
        confidence: Acts recognised with less than this probability do not count, in [0, 1].
        segments_per_turn: How many segments of one turn count; the rest of a monologue does not.
        level_without_objections: Level of OBJECTIONS where the customer had none (rating scale).
        relationship: Notes beside the four principles; they give and cost no points.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{2,40}$")
    version: int = Field(ge=1)
    title: Localized
    pass_mark: float = Field(gt=0, le=100)
    confidence: float = Field(gt=0, le=1)
    segments_per_turn: int = Field(ge=1)
    level_without_objections: int = Field(ge=1, le=5)
    minimum: Minimum
    principles: dict[Principle, PrincipleRubric]
    relationship: tuple[Check, ...] = ()
    breaches: tuple[BreachRule, ...] = ()

    @property
    def fingerprint(self) -> str:
        """First half of the SHA-256 of everything it says; changes with any of it."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(content.encode("ascii")).hexdigest()[:32]

    @property
    def checks(self) -> tuple[Check, ...]:
        """All checks that are switched on, the relationship notes last."""
        of_principles = (check for part in self.principles.values() for check in part.active)
        return (*of_principles, *(check for check in self.relationship if check.enabled))

    def check(self, check_id: str) -> Check | None:
        """Returns the check with this id, switched on or off, or None."""
        parts = [part.checks for part in self.principles.values()]
        every = (check for checks in (*parts, self.relationship) for check in checks)
        return next((check for check in every if check.id == check_id), None)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        missing = sorted(set(Principle) - set(self.principles))
        if missing:
            raise refusal(
                "lacks", "{field} lacks {names}; add them", field="principles", names=missing
            )
        for principle, part in self.principles.items():
            strangers = [c.id for c in part.checks if not c.id.startswith(f"{principle}.")]
            if strangers:
                raise refusal(
                    "stranger",
                    "{id}: ids under {principle} begin with '{principle}.'",
                    id=strangers[0],
                    principle=principle,
                )
        self._refuse_twins()
        return self

    def _refuse_twins(self) -> None:
        checks = [check.id for part in self.principles.values() for check in part.checks]
        ids = [*checks, *(note.id for note in self.relationship), *(b.id for b in self.breaches)]
        twins = sorted({name for name in ids if ids.count(name) > 1})
        if twins:
            raise refusal("twins", "{id}: this id is used twice; rename one", id=twins[0])
