"""How close what the trainee said is to the agent lines that the corpus customers answered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from trainer.nlg.words import fold, sentences

_SLOT_OR_STAGE = re.compile(r"\{\w+\}|\([^)]*\)")
_LONGEST = 500
"""Characters of a turn that count, from its end."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """Fitted on the contexts once; a query takes a few milliseconds.

    Attributes:
        words: Vectoriser of words and pairs of words.
        characters: Vectoriser of pieces of words, for typing errors and inflection.
        contexts: One row a context, both vectorisers side by side.
    """

    words: TfidfVectorizer
    characters: TfidfVectorizer
    contexts: Any

    def to(self, text: str) -> npt.NDArray[np.float64]:
        """Returns for every context the mean of both cosines, in [0, 1].

        The better of the whole turn and each of its last two sentences counts: the end is what is
        answered.
        """
        end = text[-_LONGEST:]
        queries = [_clean(query) for query in (end, *sentences(end)[-2:])]
        rows = hstack([self.words.transform(queries), self.characters.transform(queries)])
        products: npt.NDArray[np.float64] = (self.contexts @ rows.T).toarray()
        best: npt.NDArray[np.float64] = products.max(axis=1) / 2
        return best


def fit_closeness(contexts: Sequence[str]) -> Closeness:
    """Fits both vectorisers on the agent lines."""
    cleaned = [_clean(context) for context in contexts]
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w+")
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True)
    rows = hstack([words.fit_transform(cleaned), characters.fit_transform(cleaned)])
    return Closeness(words, characters, rows.tocsr())


def _clean(text: str) -> str:
    return fold(_SLOT_OR_STAGE.sub(" ", text))
