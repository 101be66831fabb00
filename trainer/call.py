"""One call in progress: hears a turn, decides, finds words. No database.

The way of one turn (design, section 2):

    text ─► recognizer ─► tracker ─► policy ─► generator ─► sentences
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from trainer.core.acts import Speaker
from trainer.core.persona import Persona
from trainer.core.plan import Ending, TurnPlan
from trainer.core.turn import Recognizer, Segment, Spoken, Turn
from trainer.dialogue.policy import decide, open_call
from trainer.dialogue.state import DialogueState, initial_state
from trainer.dialogue.tracker import update
from trainer.nlg.generator import Brief, Generator, Utterance


def annotate(lines: Sequence[tuple[Speaker, str]], recognizer: Recognizer) -> list[Turn]:
    """Recognises the acts in a transcript, each line in the context of the other speaker's last."""
    spoken: list[Spoken] = []
    latest: dict[Speaker, str] = {}
    for speaker, text in lines:
        other = Speaker.CUSTOMER if speaker is Speaker.TRAINEE else Speaker.TRAINEE
        spoken.append(Spoken(speaker, text, latest.get(other)))
        latest[speaker] = text
    heard = zip(spoken, recognizer.label_all(spoken), strict=True)
    return [Turn(turn.speaker, turn.text, segments) for turn, segments in heard]


def transcribe(said: Sequence[Utterance]) -> Turn:
    """Returns a customer's turn with the acts its sentences were planned and verified for."""
    segments: list[Segment] = []
    start = 0
    for utterance in said:
        end = start + len(utterance.text)
        acts = dict.fromkeys(sorted(utterance.acts), 1.0)
        segments.append(Segment(start, end, utterance.text, acts))
        start = end + 1
    return Turn(Speaker.CUSTOMER, " ".join(utterance.text for utterance in said), tuple(segments))


@dataclass(frozen=True, slots=True)
class Reaction:
    """What the customer is going to do, and the hidden state after doing it."""

    plan: TurnPlan
    state: DialogueState

    @property
    def ending(self) -> Ending | None:
        """How the call ends with this turn, or None when it goes on."""
        return self.plan.ending


@dataclass(frozen=True, slots=True)
class Call:
    """Everything that stays the same during one call.

    Attributes:
        persona: The customer.
        seed: Same persona, seed and trainee lines give the same plans.
    """

    persona: Persona
    seed: int
    recognizer: Recognizer
    generator: Generator

    def pick_up(self) -> Reaction:
        """Returns the customer's first turn; nobody has spoken yet."""
        state = initial_state(self.persona, self._random(0))
        plan, state = open_call(state, self.persona, self._random(1))
        return Reaction(plan, state)

    def hear(self, text: str, talk: Sequence[Turn]) -> Turn:
        """Recognises what the trainee does with a text, after the turns so far."""
        context = talk[-1].text if talk else None
        segments = self.recognizer.label(text, speaker=Speaker.TRAINEE, context=context)
        return Turn(Speaker.TRAINEE, text, segments)

    def react(self, turn: Turn, state: DialogueState, *, index: int) -> Reaction:
        """Decides the customer's answer to a trainee's turn.

        Args:
            turn: The trainee's turn.
            state: The state after the customer's previous turn.
            index: Index of the answer in the transcript; part of the random seed.
        """
        heard = update(state, turn, self.persona)
        plan, after = decide(heard, turn, self.persona, self._random(index + 1))
        return Reaction(plan, after)

    def speak(self, plan: TurnPlan, talk: Sequence[Turn]) -> Iterator[Utterance]:
        """Yields the verified sentences of a plan.

        Args:
            plan: What to say.
            talk: All turns so far, the trainee's latest last.
        """
        brief = Brief(self.persona, plan, tuple(talk), self._random(-1 - len(talk)))
        return self.generator.speak(brief)

    def _random(self, step: int) -> Random:
        return Random(f"{self.persona.id}/{self.seed}/{step}")  # noqa: S311 - replayable, no secret
