"""What the customer has said so far in this call, so that nothing is said twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.core.acts import Speaker
from trainer.core.turn import Turn
from trainer.nlg.words import normalize, sentences

_NEAR = 0.75
"""Share of common words from which two sentences count as the same."""

_LONG = 4
"""Words from which two sentences are compared word by word; shorter ones must be equal."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Normalised sentences and whole turns of the customer."""

    sentences: frozenset[str]
    turns: tuple[str, ...]

    def has(self, text: str) -> bool:
        """Whether the whole text was said before, word for word."""
        wanted = f" {normalize(text)} "
        return any(wanted in f" {turn} " for turn in self.turns) and all(
            normalize(sentence) in self.sentences for sentence in sentences(text)
        )

    def resembles(self, text: str) -> bool:
        """Whether one of the text's sentences was said before in the same or nearly same words.

        One-word sentences inside a longer text (`Gut. …`) do not count, unless it is the same text.
        """
        if self.has(text):
            return True
        pieces = [normalize(sentence) for sentence in sentences(text)]
        weighty = [piece for piece in pieces if " " in piece or len(pieces) == 1]
        return any(piece in self.sentences or self._near(piece) for piece in weighty)

    def and_also(self, text: str) -> "Heard":
        """Returns a copy that has heard this, too."""
        pieces = {normalize(sentence) for sentence in sentences(text)}
        return Heard(self.sentences | pieces, (*self.turns, normalize(text)))

    def _near(self, piece: str) -> bool:
        words = frozenset(piece.split())
        return len(words) >= _LONG and any(
            _overlap(words, frozenset(said.split())) >= _NEAR for said in self.sentences
        )


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    if len(other) < _LONG:
        return 0.0
    return len(one & other) / len(one | other)


def hear_customer(talk: Sequence[Turn]) -> Heard:
    """Collects the customer's words from a talk."""
    texts = [turn.text for turn in talk if turn.speaker is Speaker.CUSTOMER]
    said = {normalize(sentence) for text in texts for sentence in sentences(text)}
    return Heard(frozenset(said), tuple(map(normalize, texts)))
