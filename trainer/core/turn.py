"""A turn of a talk and what was recognised in it.

A turn becomes segments, a segment carries acts (multi-label, after ISO 24617-2):

    "Guten Tag, Frau Yilmaz. Woran lag es denn?"
     └ [0, 23)  greet: 0.98 ┘└ [24, 43)  ask_reason: 0.94
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from trainer.core.acts import Speaker


@dataclass(frozen=True, slots=True)
class Segment:
    """A functional segment of one turn.

    Attributes:
        start: First character in the turn's text.
        end: One past the last character; `turn.text[start:end] == text`.
        text: The words, verbatim.
        acts: Acts at or above the recogniser's threshold with their probability in [0, 1], best
            first. Empty when the recogniser is not sure of any.
    """

    start: int
    end: int
    text: str
    acts: Mapping[str, float]

    @property
    def best(self) -> str | None:
        """The most probable act, or None where the recogniser was not sure."""
        return next(iter(self.acts), None)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a talk with what was recognised in it."""

    speaker: Speaker
    text: str
    segments: tuple[Segment, ...]

    @property
    def acts(self) -> frozenset[str]:
        """All acts of all segments."""
        return frozenset(act for segment in self.segments for act in segment.acts)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One turn as it comes to a recogniser.

    Attributes:
        speaker: Whose label set to use.
        text: The turn as typed; any string, also an empty one.
        context: The other speaker's preceding turn.
    """

    speaker: Speaker
    text: str
    context: str | None = None


class Recognizer(Protocol):
    """What the stages need of an act recogniser; `nlu.recognizer` has the shipped one."""

    @property
    def version(self) -> str:
        """Names the fitted weights; pinned on every call and assessment."""

    def label(
        self, text: str, *, speaker: Speaker, context: str | None = None
    ) -> tuple[Segment, ...]:
        """Cuts a turn into segments and gives each its acts.

        Args:
            text: The turn as typed; any string, also an empty one.
            speaker: Whose label set to use.
            context: The other speaker's preceding turn.

        Returns:
            The segments in order, without overlap; empty for a text without words.
        """

    def label_all(self, spoken: Sequence[Spoken]) -> list[tuple[Segment, ...]]:
        """Labels turns together: what `label` gives for each, in a fraction of the time."""
