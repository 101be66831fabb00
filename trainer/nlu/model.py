"""The fitted model of one speaker: features to calibrated act probabilities, and its two files.

NAME.safetensors    numbers: coefficients, idf of each block, calibration
NAME.json           words: labels, thresholds, vocabularies
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from trainer.nlu.features import Featurizer, Floats, Utterance

_SHARPNESS = 3.0


@dataclass(frozen=True, slots=True)
class Scorer:
    """One linear score for each act; the higher, the likelier.

    Attributes:
        featurizer: Makes the rows.
        coefficients: One column of weights for each act.
        intercepts: One for each act.
    """

    featurizer: Featurizer
    coefficients: Floats
    intercepts: Floats

    def scores(self, utterances: Sequence[Utterance]) -> Floats:
        """Returns a row for each utterance with a score for each act."""
        rows = self.featurizer.transform(utterances)
        return np.asarray(rows @ self.coefficients + self.intercepts, np.float32)

    def shares(self, utterances: Sequence[Utterance]) -> Floats:
        """Returns a row for each utterance that shares 1 out among the acts."""
        powers = np.exp(_SHARPNESS * self.scores(utterances))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


@dataclass(frozen=True, slots=True)
class ActModel:
    """Scores made probabilities by a fitted sigmoid for each act.

    The sigmoid (Platt 1999) sees the act's score and the best score among the other acts: an act
    that beats its rivals clearly is more probable than one that is one of many.

    Attributes:
        labels: The acts, in column order.
        thresholds: Least probability at which an act counts as recognised, by column.
        scorer: Makes the scores.
        calibration: For each label a row: weight of its score, weight of its best rival's score,
            offset.
    """

    labels: tuple[str, ...]
    thresholds: Floats
    scorer: Scorer
    calibration: Floats

    def probabilities(self, utterances: Sequence[Utterance]) -> Floats:
        """Returns a row for each utterance with a probability in [0, 1] for each label."""
        return calibrated(self.scorer.scores(utterances), self.calibration)

    def acts(self, utterances: Sequence[Utterance]) -> list[Mapping[str, float]]:
        """Returns for each utterance the acts at or above their threshold, best first."""
        return [self._above(row) for row in self.probabilities(utterances)]

    def _above(self, row: Floats) -> Mapping[str, float]:
        best_first = np.argsort(-row, kind="stable")
        return {
            self.labels[column]: round(float(row[column]), 4)
            for column in best_first
            if row[column] >= self.thresholds[column]
        }

    def save(self, folder: Path, name: str) -> None:
        """Writes the two files."""
        numbers = {
            "thresholds": self.thresholds,
            "coefficients": self.scorer.coefficients.astype(np.float16),
            "intercepts": self.scorer.intercepts,
            "calibration": self.calibration,
            **{f"idf.{place}": idf for place, idf in enumerate(self.scorer.featurizer.idf)},
        }
        contiguous = {key: np.ascontiguousarray(value) for key, value in numbers.items()}
        save_file(contiguous, folder / f"{name}.safetensors")
        words = {"labels": self.labels, "terms": self.scorer.featurizer.terms}
        text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def load_model(folder: Path, name: str) -> ActModel:
    """Reads what `ActModel.save` wrote.

    Raises:
        OSError, ValueError, KeyError, SafetensorError: A file is missing or damaged.
    """
    words = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    numbers = load_file(folder / f"{name}.safetensors")
    idf = [numbers[f"idf.{place}"] for place in range(len(words["terms"]))]
    scorer = Scorer(
        Featurizer.restore(words["terms"], idf),
        numbers["coefficients"].astype(np.float32),
        numbers["intercepts"],
    )
    return ActModel(tuple(words["labels"]), numbers["thresholds"], scorer, numbers["calibration"])


def best_rivals(scores: Floats) -> Floats:
    """Returns for each score the highest other score of its row."""
    ordered = np.sort(scores, axis=1)
    best, second = ordered[:, -1:], ordered[:, -2:-1]
    return np.where(scores == best, second, best)


def calibrated(scores: Floats, calibration: Floats) -> Floats:
    """Returns the probabilities in [0, 1] that belong to rows of scores."""
    own, rival, offset = calibration.T
    logits = scores * own + best_rivals(scores) * rival + offset
    return np.asarray(0.5 * (1 + np.tanh(0.5 * logits)), np.float32)
