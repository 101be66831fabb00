"""Fits the model of one speaker: linear scores, then calibration on scores of unseen files."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from trainer.core.dialogue import HARMFUL, CustomerAct, TraineeAct
from trainer.learn.corpus import Example
from trainer.nlu.features import Featurizer, Floats
from trainer.nlu.model import ActModel, best_rivals, calibrated

FOLDS = 5
PRECISE = (*HARMFUL, TraineeAct.RESPECT_OPTOUT, CustomerAct.OPT_OUT, CustomerAct.HANG_UP)
"""Acts for which a false alarm costs more than a miss."""

_LEAST_PRECISION = 0.75
_THRESHOLDS = np.arange(0.2, 0.75, 0.05)
_USUAL_THRESHOLD = 0.3
_REGULARISATION = 0.3
_NEVER = -4.0


def fit(examples: Sequence[Example], *, scores: Floats | None = None) -> ActModel:
    """Returns the model of one speaker; the same examples give the same model.

    Calibration and thresholds come from scores of models that had not seen the example's file
    (or call, or block of ids), so that they hold for other people's wording.

    Args:
        examples: The labelled segments.
        scores: What `out_of_fold_scores` gave for the examples, where that is known already.
    """
    labels = labels_of(examples)
    truth = truth_of(examples, labels)
    if scores is None:
        scores = out_of_fold_scores(examples, truth)
    calibration = calibrate(scores, truth)
    featurizer, coefficients, intercepts = _linear(examples, truth)
    return ActModel(
        labels=labels,
        thresholds=thresholds_of(calibrated(scores, calibration), truth, labels),
        featurizer=featurizer,
        coefficients=coefficients,
        intercepts=intercepts,
        calibration=calibration,
    )


def labels_of(examples: Sequence[Example]) -> tuple[str, ...]:
    """Returns the acts that occur, in column order."""
    return tuple(sorted({act for example in examples for act in example.acts}))


def truth_of(examples: Sequence[Example], labels: Sequence[str]) -> NDArray[np.bool_]:
    """Returns a row for each example that is true in the columns of its acts."""
    return np.array([[label in example.acts for label in labels] for example in examples], bool)


def fold_of(example: Example) -> int:
    """Returns the part an example is held out with: agents by file, the rest by call or block."""
    if example.source.startswith("agent_"):
        return int(example.source[-1]) % FOLDS
    if example.source.startswith("customer_"):
        return int(example.group[3:]) // 60 % FOLDS
    return fold_of_group(example.group)


def fold_of_group(group: str) -> int:
    """Returns the part that a call or a customer of the corpus is held out with."""
    return crc32(group.encode()) % FOLDS


def out_of_fold_scores(examples: Sequence[Example], truth: NDArray[np.bool_]) -> Floats:
    """Returns each example's scores by a model that has not seen its fold."""
    folds = np.array([fold_of(example) for example in examples])
    scores = np.zeros(truth.shape, np.float32)
    for fold in sorted(set(folds)):
        seen = np.flatnonzero(folds != fold).tolist()
        held_out = np.flatnonzero(folds == fold).tolist()
        featurizer, coefficients, intercepts = _linear([examples[i] for i in seen], truth[seen])
        rows = featurizer.transform([examples[i].utterance for i in held_out])
        scores[held_out] = rows @ coefficients + intercepts
    return scores


def _linear(
    examples: Sequence[Example], truth: NDArray[np.bool_]
) -> tuple[Featurizer, Floats, Floats]:
    utterances = [example.utterance for example in examples]
    featurizer = Featurizer.fit(utterances)
    rows = featurizer.transform(utterances)
    coefficients = np.zeros((rows.shape[1], truth.shape[1]), np.float32)
    intercepts = np.full(truth.shape[1], _NEVER, np.float32)
    for column, wanted in enumerate(truth.T):
        if wanted.any():
            machine = LinearSVC(C=_REGULARISATION, random_state=0).fit(rows, wanted)
            coefficients[:, column] = machine.coef_[0]
            intercepts[column] = machine.intercept_[0]
    return featurizer, coefficients, intercepts


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
