"""What one simulated call came to."""

from dataclasses import dataclass, field

from trainer.core.plan import Ending, Objection


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a call, for reading along.

    Attributes:
        acts: What the recogniser heard, or what the customer did.
        trust: The customer's trust after the line.
    """

    speaker: str
    text: str
    acts: tuple[str, ...]
    trust: float


@dataclass(frozen=True, slots=True)
class Record:
    """One call.

    Attributes:
        decided_at: Agent turn of the yes; None without one.
        can_be_won: Some agent could win this customer; `winnable`: and it would pay.
        about_money: Money is what the customer left for.
        resisted: Customer turns that object, complain, doubt or refuse, out of `turns`.
        stages: How far each objection came; the unspoken ones left out.
        returned: How often a pretext or objection came back after an answer.
        pretexts_argued: Pretexts answered by argument before anybody looked behind them.
        argued_back: How many of these were voiced again, or replaced by another objection.
        pretexts_probed: Pretexts probed until the customer did not evade; `led_on` brought out
            what they hid.
        repeats: Customer turns said before in this call, or with a weighty sentence said before.
        unasked: Customer turns that answer a question nobody asked.
        abrupt: The customer ended the call without a goodbye or hanging up.
        trust: After each agent turn.
        latencies_ms: Hearing, deciding and wording, each turn.
        points: Points of each principle that could be scored.
    """

    agent: str
    persona: str
    seed: int
    difficulty: str
    can_be_won: bool
    winnable: bool
    about_money: bool
    ending: Ending
    turns: int
    decided_at: int | None
    resisted: int
    stages: dict[Objection, str]
    returned: int
    pretexts_argued: int
    argued_back: int
    pretexts_probed: int
    led_on: int
    facts: int
    repeats: int
    unasked: int
    abrupt: bool
    trust: tuple[float, ...]
    latencies_ms: tuple[float, ...]
    points: dict[str, float] = field(default_factory=dict)
    total: float | None = None
    passed: bool = False
    transcript: tuple[Line, ...] = ()

    @property
    def won(self) -> bool:
        """Whether the customer agreed to come back or to a next step."""
        return self.ending in (Ending.ACCEPTED, Ending.NEXT_STEP)
