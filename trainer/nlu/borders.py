"""Where one segment ends and the next begins in words without marks.

One linear score for each gap between two words, from three words to each side.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from scipy import sparse
from sklearn.feature_extraction import FeatureHasher

from trainer.nlu.features import Floats

WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
FILE = "borders.safetensors"
_COLUMNS = 2**18
_THRESHOLD = -0.4
_REACH = 3
_EDGE = 8
_HASHER = FeatureHasher(_COLUMNS, input_type="string", alternate_sign=False)


@dataclass(frozen=True, slots=True)
class BorderModel:
    """The fitted score.

    Attributes:
        weights: One for each hashed feature of a gap.
        intercept: Added to every score.
    """

    weights: Floats
    intercept: float

    def cuts(self, words: Sequence[str]) -> list[int]:
        """Returns the places of the words behind which a segment ends, the last word excepted.

        Args:
            words: At least two words in the spelling of `features.normalize`.
        """
        scores = gap_rows([words]) @ self.weights + self.intercept
        return [int(place) for place in np.flatnonzero(scores > _THRESHOLD)]

    def save(self, folder: Path) -> None:
        """Writes the file."""
        intercept = np.array([self.intercept], np.float32)
        numbers: dict[str, NDArray[np.generic]] = {
            "weights": self.weights.astype(np.float16),
            "intercept": intercept,
        }
        save_file(numbers, folder / FILE)


def load_borders(folder: Path) -> BorderModel:
    """Reads what `BorderModel.save` wrote.

    Raises:
        OSError, KeyError, SafetensorError: The file is missing or damaged.
    """
    numbers = load_file(folder / FILE)
    return BorderModel(numbers["weights"].astype(np.float32), float(numbers["intercept"][0]))


def gap_rows(turns: Sequence[Sequence[str]]) -> sparse.csr_matrix:
    """Returns one row for each gap between neighbouring words, turn after turn."""
    return _HASHER.transform(
        _around(words, place) for words in turns for place in range(len(words) - 1)
    )


def _around(words: Sequence[str], place: int) -> Iterator[str]:
    def word(offset: int) -> str:
        at = place + offset
        return words[at] if 0 <= at < len(words) else "<>"

    before = [word(-offset) for offset in range(_REACH)]
    after = [word(1 + offset) for offset in range(_REACH)]
    for offset, (left, right) in enumerate(zip(before, after, strict=True)):
        yield f"-{offset} {left}"
        yield f"+{offset} {right}"
        yield f"-..{offset} {' '.join(before[: offset + 1])}"
        yield f"+..{offset} {' '.join(after[: offset + 1])}"
    yield f"| {before[0]} {after[0]}"
    yield f"|| {before[1]} {before[0]} {after[0]}"
    yield f"|| {before[0]} {after[0]} {after[1]}"
    yield f"-e {before[0][-3:]}"
    yield f"+s {after[0][:4]}"
    yield f"|e {before[0][-2:]} {after[0]}"
    yield f"|e {before[0][-2:]} {after[0]} {after[1][:3]}"
    yield f"from start {min(place, _EDGE)}"
    yield f"to end {min(len(words) - place, _EDGE)}"
