"""Trainee turns with given acts, and a customer to talk to without a recogniser."""

from dataclasses import dataclass, field
from random import Random

from tests.personas import make_persona
from trainer.core.acts import Speaker, TraineeAct
from trainer.core.persona import Persona
from trainer.core.plan import TurnPlan
from trainer.core.turn import Segment, Turn
from trainer.dialogue.policy import decide, open_call
from trainer.dialogue.state import DialogueState, initial_state
from trainer.dialogue.tracker import update

OPENING = (
    (TraineeAct.GREET, TraineeAct.INTRODUCE, TraineeAct.STATE_REASON, TraineeAct.ASK_PERMISSION),
)


def turn(*acts: TraineeAct, text: str | None = None, confidence: float = 0.9) -> Turn:
    """One segment of three German words for each act."""
    words = "das ist so."
    if text is not None:
        segment = Segment(0, max(1, len(text)), text, dict.fromkeys(acts, confidence))
        return Turn(Speaker.TRAINEE, text, (segment,) if acts and text else ())
    segments = tuple(
        Segment(at * 12, at * 12 + 11, words, {act: confidence}) for at, act in enumerate(acts)
    )
    return Turn(Speaker.TRAINEE, " ".join([words] * len(acts)), segments)


@dataclass
class Talk:
    """One call on acts alone; the newest plan and state are kept."""

    persona: Persona = field(default_factory=make_persona)
    seed: int = 1
    state: DialogueState = field(init=False)
    plan: TurnPlan = field(init=False)
    plans: list[TurnPlan] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = initial_state(self.persona, Random(self.seed))
        self._keep(*open_call(self.state, self.persona, Random(self.seed)))

    def say(self, *acts: TraineeAct, text: str | None = None, confidence: float = 0.9) -> TurnPlan:
        return self.hear(turn(*acts, text=text, confidence=confidence))

    def hear(self, heard: Turn) -> TurnPlan:
        rng = Random(f"{self.seed}/{len(self.plans)}")
        state = update(self.state, heard, self.persona)
        self._keep(*decide(state, heard, self.persona, rng))
        return self.plan

    def _keep(self, plan: TurnPlan, state: DialogueState) -> None:
        self.plan, self.state = plan, state
        self.plans.append(plan)
