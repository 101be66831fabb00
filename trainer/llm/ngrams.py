"""What may follow what: a reply pieced together from stretches that people have written.

A model of ten million weights cannot be trusted with free German. Where every stretch of a few
tokens was once written by a person, its sentences hold together; what it adds is the choice
among all ways to go on (constrained decoding with an n-gram automaton).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence


class Ngrams:
    """The stretches of some texts, and what stands after each.

    Attributes:
        order: Tokens of a stretch.
    """

    def __init__(self, texts: Iterable[Sequence[int]], order: int) -> None:
        """Takes texts as tokens, their end included."""
        self.order = order
        follow: defaultdict[tuple[int, ...], set[int]] = defaultdict(set)
        for text in texts:
            for at, token in enumerate(text):
                follow[tuple(text[max(0, at - order + 1) : at])].add(token)
        self._follow = {context: sorted(found) for context, found in follow.items()}

    def after(self, drawn: Sequence[int]) -> Sequence[int]:
        """Returns the tokens that may come next, ascending; all that was drawn must be allowed."""
        return self._follow[tuple(drawn[max(0, len(drawn) - self.order + 1) :])]
