"""What may follow what: a reply pieced together from stretches that people have written.

A model of ten million weights cannot be trusted with free German. Where any few words in a row
were once written by a person, its sentences hold together; what it adds is the choice among all
ways to go on (constrained decoding with an n-gram automaton).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence


class Ngrams:
    """The stretches of some texts, and what stands after each."""

    def __init__(
        self, texts: Iterable[Sequence[int]], words: int, openers: Collection[int]
    ) -> None:
        """Takes texts as tokens, their end included.

        Args:
            texts: What was written.
            words: So many words, the last one whole or begun, decide what may follow.
            openers: Tokens that begin a word; a text's first token does so anyway.
        """
        self._words, self._openers = words, openers
        follow: defaultdict[tuple[int, ...], set[int]] = defaultdict(set)
        for text in map(tuple, texts):
            begun: list[int] = []
            for at, token in enumerate(text):
                follow[text[begun[-words] if len(begun) >= words else 0 : at]].add(token)
                if at and token in openers:
                    begun.append(at)
        self._follow = {stretch: sorted(found) for stretch, found in follow.items()}

    def after(self, drawn: Sequence[int]) -> Sequence[int]:
        """Returns the tokens that may come next, ascending; all that was drawn must be allowed."""
        return self._follow[self._stretch(drawn)]

    def _stretch(self, drawn: Sequence[int]) -> tuple[int, ...]:
        """Returns the last words, or all there are."""
        left = self._words
        for at in range(len(drawn) - 1, 0, -1):
            left -= drawn[at] in self._openers
            if left == 0:
                return tuple(drawn[at:])
        return tuple(drawn)
