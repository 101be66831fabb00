"""Text to numbers: what the recogniser's linear models see of one segment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

Floats: TypeAlias = NDArray[np.float32]

_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "`": "'", "´": "'"})
_BLANKS = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
_TOKEN = r"(?u)\b\w[\w']*\b|[?!]"
_LEAD = r"(?:(?:und|aber|also|ja|na|ok|okay|gut|dann|so|oder|nun|sonst) )*"
_CUES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\?$",
        r"\?",
        r"!",
        r"0",
        rf"^{_LEAD}(?:(?:in|unter|auf|an|mit|bei|von|ab|seit) )?"
        r"w(?:as|ie|ieso|eshalb|o|er|en|em|ann|arum|o\w+|elche\w?)\b",
        rf"^{_LEAD}\w+ (?:sie|wir|ich|es|das|ihnen)\b",
        r"\bsie\b",
        r"\bihnen\b",
        r"\bich\b",
        r"\bwir\b",
        r"\b(?:nicht|kein\w*|nie|nichts|niemals)\b",
    )
)
_LENGTHS = (12, 30, 60, 90, 130)
_CUE_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Utterance:
    """One segment with its surroundings.

    Attributes:
        text: The segment.
        context: The other speaker's preceding turn, empty at the start of a call.
        before: The same speaker's preceding segment in this turn, empty for the first.
        index: Place of the segment in its turn, from 0.
        count: Segments in the turn.
        context_acts: What the last segment of the context does, as shares of the other speaker's
            acts; empty where the model does not ask for it.
    """

    text: str
    context: str = ""
    before: str = ""
    index: int = 0
    count: int = 1
    context_acts: tuple[float, ...] = ()


def normalize(text: str) -> str:
    """Returns a text in the one spelling all features use.

    Case, umlauts (ä and ae), ß and kinds of apostrophe are levelled and digits become 0, so that
    typed text and a speech recogniser's output look like written text.
    """
    folded = text.lower().translate(_FOLD)
    return _DIGIT.sub("0", _BLANKS.sub(" ", folded)).strip()


@dataclass(frozen=True, slots=True)
class Block:
    """One family of TF-IDF features.

    Attributes:
        field: The `Utterance` attribute it reads.
        analyzer: `word` or `char_wb`, as in scikit-learn.
        ngrams: Shortest and longest n-gram.
        min_count: Utterances an n-gram must occur in to be kept.
        weight: Length of this block's vectors beside the others.
    """

    field: str
    analyzer: str
    ngrams: tuple[int, int]
    min_count: int
    weight: float

    def vectorizer(self, **options: object) -> TfidfVectorizer:
        """Returns an unfitted vectorizer; `options` are passed on."""
        return TfidfVectorizer(
            analyzer=self.analyzer,
            ngram_range=self.ngrams,
            token_pattern=_TOKEN if self.analyzer == "word" else None,
            lowercase=False,
            sublinear_tf=True,
            dtype=np.float32,
            **options,
        )

    def texts(self, utterances: Sequence[Utterance]) -> list[str]:
        """Returns the normalised texts of the field this block reads."""
        return [normalize(getattr(utterance, self.field)) for utterance in utterances]


BLOCKS = (
    Block("text", "word", (1, 3), 4, 1.0),
    Block("text", "char_wb", (2, 5), 8, 1.0),
    Block("context", "word", (1, 2), 6, 0.8),
    Block("before", "word", (1, 2), 4, 0.5),
)


class Featurizer:
    """Turns utterances into rows of numbers: TF-IDF blocks, cues, acts of the context."""

    def __init__(self, vectorizers: Sequence[TfidfVectorizer]) -> None:
        """Takes one fitted vectorizer for each of `BLOCKS`."""
        self._vectorizers = tuple(vectorizers)

    @classmethod
    def fit(cls, utterances: Sequence[Utterance]) -> Self:
        """Learns the vocabularies and their weights."""
        return cls(
            [
                block.vectorizer(min_df=block.min_count).fit(block.texts(utterances))
                for block in BLOCKS
            ]
        )

    @classmethod
    def restore(cls, terms: Sequence[Sequence[str]], idf: Sequence[Floats]) -> Self:
        """Rebuilds a fitted featurizer from what `terms` and `idf` gave."""
        vectorizers = []
        for block, words, weights in zip(BLOCKS, terms, idf, strict=True):
            vectorizer = block.vectorizer(
                vocabulary=dict(zip(words, range(len(words)), strict=True))
            )
            vectorizer.idf_ = weights
            vectorizers.append(vectorizer)
        return cls(vectorizers)

    @property
    def terms(self) -> list[list[str]]:
        """The vocabulary of each block in column order."""
        return [list(vectorizer.get_feature_names_out()) for vectorizer in self._vectorizers]

    @property
    def idf(self) -> list[Floats]:
        """The inverse document frequencies of each block."""
        return [vectorizer.idf_ for vectorizer in self._vectorizers]

    def transform(self, utterances: Sequence[Utterance]) -> sparse.csr_matrix:
        """Returns one row for each utterance."""
        parts = [
            vectorizer.transform(block.texts(utterances)) * block.weight
            for block, vectorizer in zip(BLOCKS, self._vectorizers, strict=True)
        ]
        cues = np.array([_cues(utterance) for utterance in utterances], np.float32)
        parts.append(sparse.csr_matrix(cues * _CUE_WEIGHT))
        parts.append(sparse.csr_matrix(_context_acts(utterances)))
        return sparse.hstack(parts, format="csr")


def _context_acts(utterances: Sequence[Utterance]) -> Floats:
    """Returns the acts of the context twice: for first segments, and for the later ones."""
    acts = np.array([utterance.context_acts for utterance in utterances], np.float32)
    first = np.array([[utterance.index == 0] for utterance in utterances])
    return np.hstack([acts * first, acts * ~first])


def _cues(utterance: Utterance) -> list[bool]:
    text = normalize(utterance.text)
    return [
        *(cue.search(text) is not None for cue in _CUES),
        *(len(text) < length for length in _LENGTHS),
        utterance.index == 0,
        utterance.index == 1,
        utterance.index == utterance.count - 1,
        utterance.count == 1,
        not utterance.context,
        utterance.context.rstrip().endswith("?"),
    ]
