"""From scores to probabilities that mean something, and to the thresholds put on them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from trainer.core.acts import HARMFUL, CustomerAct, TraineeAct
from trainer.nlu.features import Floats
from trainer.nlu.model import best_rivals

PRECISE = (*HARMFUL, TraineeAct.RESPECT_OPTOUT, CustomerAct.OPT_OUT, CustomerAct.HANG_UP)
"""Acts for which a false alarm costs more than a miss."""

_LEAST_PRECISION = 0.75
_THRESHOLDS = np.arange(0.2, 0.75, 0.05)
_USUAL_THRESHOLD = 0.3
_NEVER = -4.0


def calibrate(scores: Floats, truth: NDArray[np.bool_]) -> Floats:
    """Returns `ActModel.calibration`, fitted on scores of examples the models had not seen."""
    found = np.zeros((truth.shape[1], 3), np.float32)
    rivals = best_rivals(scores)
    found[:, 2] = _NEVER
    for column, wanted in enumerate(truth.T):
        if not wanted.any():
            continue
        pair = np.column_stack([scores[:, column], rivals[:, column]])
        sigmoid = LogisticRegression(C=3.0).fit(pair, wanted)
        found[column] = (*sigmoid.coef_[0], sigmoid.intercept_[0])
    return found


def thresholds_of(probabilities: Floats, truth: NDArray[np.bool_], labels: Sequence[str]) -> Floats:
    """Returns the usual threshold, and for acts that must be precise the lowest that is."""
    found = np.full(len(labels), _USUAL_THRESHOLD, np.float32)
    for column, label in enumerate(labels):
        if label in PRECISE:
            found[column] = next(
                (
                    threshold
                    for threshold in _THRESHOLDS
                    if _precision(probabilities[:, column] >= threshold, truth[:, column])
                    >= _LEAST_PRECISION
                ),
                _THRESHOLDS[-1],
            )
    return found


def _precision(guessed: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> float:
    return float((guessed & wanted).sum() / guessed.sum()) if guessed.any() else 1.0
