"""A line with what asks for it, and the keywords that stand in for a note."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from trainer.nlg.request import Request
from trainer.nlg.words import stem, tokens

_SHUFFLED = 0.3
"""Share of keyword lists in another order than spoken: notes are not written in speaking order."""
_MORE = 0.3
"""Share of keyword lists with common words among the rare ones, and share of those words: notes
that people write have some, too."""


@dataclass(frozen=True, slots=True)
class Line:
    """One example.

    Attributes:
        request: What is asked for.
        text: The words that answer it.
        group: File and customer, call or block of ids; lines of one group are held out together.
    """

    request: Request
    text: str
    group: str


def common_stems(texts: Iterable[str], size: int) -> frozenset[str]:
    """Returns the stems of the words that any line may use unasked: the most frequent ones."""
    counts = Counter(stem(word) for text in texts for word in tokens(text))
    return frozenset(found for found, _ in counts.most_common(size))


def keywords(text: str, common: frozenset[str], known: Sequence[str], rng: Random) -> str:
    """Returns the rare words of a line that the talk has not brought up, as a note.

    With them the model learns to say what a note holds, and nothing of its own where there is
    none. Another `rng` gives another note for the same line.
    """
    talk = {stem(word) for other in known for word in tokens(other)}
    words = list(dict.fromkeys(tokens(text)))
    rare = [word for word in words if stem(word) not in common and stem(word) not in talk]
    if rare and rng.random() < _MORE:
        rare = [word for word in words if word in rare or rng.random() < _MORE]
    if rng.random() < _SHUFFLED:
        rng.shuffle(rare)
    return ", ".join(rare)
