"""What the customer keeps in mind during one call; kept in the store with every turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from trainer.core.acts import CustomerAct, Speaker, TraineeAct
from trainer.core.duration import months_in
from trainer.core.persona import CustomerType, ObjectionKind, Persona
from trainer.core.plan import Benefit, Cue, Ending, Fact, Mood, Objection
from trainer.dialogue.agenda import Planned, plan_objections
from trainer.dialogue.weights import WEIGHTS


class Stage(StrEnum):
    """How far an objection has come.

    DROPPED is for a pretext: what it hid is out, nobody needs it any more.
    """

    UNSPOKEN = "unspoken"
    RAISED = "raised"
    ISOLATED = "isolated"
    ANSWERED = "answered"
    SETTLED = "settled"
    DROPPED = "dropped"


class Leave(StrEnum):
    """Whether the customer has agreed to talk."""

    UNASKED = "unasked"
    REFUSED = "refused"
    GRANTED = "granted"


@dataclass(frozen=True, slots=True)
class ObjectionState:
    """The story of one objection so far.

    Attributes:
        kind: Meant, pretext or never raised; copied from the persona for the review.
        raised: How often the customer voiced it.
        raised_at: Trainee turn after which it was voiced first.
        acknowledged: The trainee showed understanding while it was open; likewise the next three.
        returned: How often it was voiced again after an answer that did not settle it.
        doubted: How often proof was asked for of an answer that would have done.
        settled: The customer let it go.
        dropped: The pretext was seen through and what it hid came out.
    """

    kind: ObjectionKind
    raised: int = 0
    raised_at: int | None = None
    acknowledged: bool = False
    isolated: bool = False
    answered: bool = False
    checked: bool = False
    returned: int = 0
    doubted: int = 0
    settled: bool = False
    dropped: bool = False

    @property
    def open(self) -> bool:
        """Whether it was voiced and still stands."""
        return self.raised > 0 and not (self.settled or self.dropped)

    @property
    def stage(self) -> Stage:
        """The furthest stage reached."""
        if not self.raised and not (self.settled or self.dropped):
            return Stage.UNSPOKEN
        reached = (
            (self.dropped, Stage.DROPPED),
            (self.settled, Stage.SETTLED),
            (self.answered, Stage.ANSWERED),
            (self.isolated, Stage.ISOLATED),
        )
        return next((stage for flag, stage in reached if flag), Stage.RAISED)


@dataclass(frozen=True, slots=True)
class Offer:
    """A benefit the trainee named.

    Attributes:
        fit: How well it answers this customer's reason, in [0, 1].
        premature: It was named before the reason was known, and not again since.
        explained: The trainee said what it means for the customer (`benefit`).
        named: In how many turns it was named.
        terms: The figures named first, by their unit.
    """

    benefit: Benefit
    fit: float
    premature: bool
    explained: bool = False
    named: int = 1
    terms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Treatment:
    """What the trainee's latest turn did to an objection that stands in the room.

    Attributes:
        objection: The one meant: the one answered, else the latest; None when none is open.
        beside: Only an objection that nobody has voiced was answered.
    """

    objection: Objection | None = None
    acknowledged: bool = False
    isolated: bool = False
    answered: bool = False
    checked: bool = False
    beside: bool = False

    @property
    def any(self) -> bool:
        """Whether the objection was taken up at all; an answer to another one counts too."""
        return self.acknowledged or self.isolated or self.answered or self.checked or self.beside


@dataclass(frozen=True, slots=True)
class Hearing:
    """The trainee's latest turn as the customer understood it.

    Attributes:
        acts: The acts understood with the best confidence of each, in order of first mention.
        question: The question that gets an answer, the last one asked; None for no question.
        question_count: How many questions stood in the turn.
        repeated: The question was answered before.
        cue: The oddity, if the turn was odd.
        words: Number of words.
        stock: A stock phrase stands in it.
        treatment: What it did to the objection in the room.
        offers: Benefits named in this turn; `terms`: their figures, by unit.
    """

    acts: Mapping[TraineeAct, float] = field(default_factory=dict)
    question: TraineeAct | None = None
    question_count: int = 0
    repeated: bool = False
    cue: Cue | None = None
    words: int = 0
    stock: bool = False
    treatment: Treatment = Treatment()
    offers: tuple[Benefit, ...] = ()
    terms: Mapping[Benefit, Mapping[str, str]] = field(default_factory=dict)

    def has(self, *acts: TraineeAct) -> bool:
        """Whether any of the acts was heard."""
        return any(act in self.acts for act in acts)

    def confidence(self, *acts: TraineeAct) -> float:
        """The best confidence of the acts, 0 where none was heard."""
        return max((self.acts.get(act, 0.0) for act in acts), default=0.0)


@dataclass(frozen=True, slots=True)
class Effect:
    """Why trust, patience or irritation moved in the latest turn; for the review.

    Attributes:
        cause: An act's name or a habit such as `premature_offer`.
    """

    cause: str
    trust: float = 0.0
    patience: float = 0.0
    irritation: float = 0.0


@dataclass(frozen=True, slots=True)
class DialogueState:
    """The customer's hidden state; all shares lie in [0, 1].

    Attributes:
        turns: Trainee turns heard.
        floor: Who is to speak next.
        trust: Whether this caller is believed.
        patience: How much longer the customer listens; the call ends when it is gone.
        irritation: Harm remembered; fades slowly, an apology repairs a part.
        introduced: The customer knows who is calling; likewise `purpose`: why.
        who_asked: How often the customer had to ask who is calling or why.
        facts_out: Facts voiced, in order.
        asked: How often each question was asked.
        credited: How often each act has moved trust already.
        objections: The story of each objection.
        agenda: Objections still to be brought up unasked, and when.
        topic: The objection in the room, the last one voiced.
        offers: Benefits named, in order, each once.
        owed: A question of the customer that the trainee has not answered yet; `owed_at`: the
            turn it was asked.
        promised_at: The turn in which the trainee announced a proposal; None when none was or
            the customer has asked for it already.
        asked_back: What the customer has asked back once and does not ask again.
        cue_run: How many turns in a row were odd in the same way, and which way.
        idle: Turns in a row without anything new for the customer.
        commitment_asks: How often a decision was asked for; `gap_at_ask`: how much was missing
            the last time.
        warned: The customer has shown that patience is running out.
        competitor_named: The customer has said to be happy elsewhere.
        verdict: What the customer decided; the call still has to be parted.
        verdict_at: The turn of the verdict.
        ended: How the call ended; nothing changes after that.
        heard: The latest turn as understood.
        effects: What the latest turn did to trust, patience and irritation.
        last_acts: The customer's latest acts, what they answer to comes next.
    """

    trust: float
    patience: float
    irritation: float = 0.0
    turns: int = 0
    floor: Speaker = Speaker.CUSTOMER
    introduced: bool = False
    purpose: bool = False
    who_asked: int = 0
    leave: Leave = Leave.UNASKED
    facts_out: tuple[Fact, ...] = ()
    asked: Mapping[TraineeAct, int] = field(default_factory=dict)
    credited: Mapping[str, int] = field(default_factory=dict)
    objections: Mapping[Objection, ObjectionState] = field(default_factory=dict)
    agenda: tuple[Planned, ...] = ()
    topic: Objection | None = None
    offers: tuple[Offer, ...] = ()
    owed: CustomerAct | None = None
    owed_at: int = 0
    promised_at: int | None = None
    asked_back: tuple[Cue, ...] = ()
    cue_run: int = 0
    last_cue: Cue | None = None
    idle: int = 0
    commitment_asks: int = 0
    gap_at_ask: int | None = None
    warned: bool = False
    competitor_named: bool = False
    verdict: Ending | None = None
    verdict_at: int | None = None
    ended: Ending | None = None
    heard: Hearing = Hearing()
    effects: tuple[Effect, ...] = ()
    last_acts: tuple[CustomerAct, ...] = ()

    @property
    def reason_known(self) -> bool:
        """Whether the customer has said why they left."""
        return Fact.REASON in self.facts_out

    @property
    def stages(self) -> dict[Objection, Stage]:
        """The stage of each objection."""
        return {objection: story.stage for objection, story in self.objections.items()}

    @property
    def best_fit(self) -> float | None:
        """Fit of the best offer since the reason is known; None before there is one."""
        fits = [offer.fit for offer in self.offers if not offer.premature]
        return max(fits, default=None)

    @property
    def mood(self) -> Mood:
        """How the customer feels towards the caller right now."""
        warmth = self.trust - 0.5 * self.irritation
        steps = ((0.15, Mood.DISMISSIVE), (0.35, Mood.SCEPTICAL), (0.55, Mood.NEUTRAL))
        above = Mood.OPEN if warmth < 0.75 else Mood.FRIENDLY
        return next((mood for limit, mood in steps if warmth < limit), above)


def initial_state(persona: Persona, rng: Random) -> DialogueState:
    """Returns the state before the phone rings.

    Args:
        persona: The customer.
        rng: Decides in which order objections will come up.
    """
    return DialogueState(
        trust=_first_trust(persona),
        patience=persona.temperament.patience,
        objections={
            objection: ObjectionState(persona.objections[objection].kind) for objection in Objection
        },
        agenda=plan_objections(persona, rng),
    )


def _first_trust(persona: Persona) -> float:
    """Whoever left in anger believes the less the longer ago that is (guide, types of customer)."""
    gone = months_in(persona.card.lost_for) or 0.0
    lost = persona.customer_type is CustomerType.LOST
    faded = WEIGHTS.trust_fades * min(gone, WEIGHTS.faded_after) if lost else 0.0
    return max(0.0, persona.temperament.trust - faded)
