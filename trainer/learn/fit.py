"""Fits the linear scores of both speakers to the corpus, written and as typed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from sklearn.svm import LinearSVC

from trainer.core.acts import Speaker, acts_of
from trainer.learn.corpus import Example
from trainer.learn.typed import typed_utterance
from trainer.nlu.features import Featurizer, Utterance
from trainer.nlu.model import Scorer
from trainer.nlu.recognizer import with_context_acts

Corpus: TypeAlias = Mapping[Speaker, Sequence[Example]]
Scorers: TypeAlias = Mapping[Speaker, Scorer]

FOLDS = 5
_REGULARISATION = 0.2


def labels_of(speaker: Speaker) -> tuple[str, ...]:
    """Returns the acts of a speaker in column order."""
    return tuple(sorted(act.value for act in acts_of(speaker)))


def truth_of(examples: Sequence[Example], labels: Sequence[str]) -> NDArray[np.bool_]:
    """Returns a row for each example that is true in the columns of its acts."""
    return np.array([[label in example.acts for label in labels] for example in examples], bool)


def fold_of(example: Example) -> int:
    """Returns the part an example is held out with: calls by call, all else by whole file."""
    kind, number = example.source.split("_")
    return fold_of_call(example.group) if kind == "dialogues" else int(number) % FOLDS


def fold_of_call(call: str) -> int:
    """Returns the part that a call of the corpus is held out with."""
    return crc32(call.encode()) % FOLDS


def fit_scorers(corpus: Corpus) -> Scorers:
    """Fits the trainee's scores, then the customer's, who is heard by what the trainee did."""
    trainee = _fit(corpus[Speaker.TRAINEE], Speaker.TRAINEE)
    customers = in_context(corpus[Speaker.CUSTOMER], trainee)
    return {Speaker.TRAINEE: trainee, Speaker.CUSTOMER: _fit(customers, Speaker.CUSTOMER)}


def in_context(examples: Sequence[Example], trainee: Scorer) -> list[Example]:
    """Returns a customer's examples with the acts of the trainee's line before."""
    heard = with_context_acts([example.utterance for example in examples], trainee)
    return [replace(e, utterance=u) for e, u in zip(examples, heard, strict=True)]


def _fit(examples: Sequence[Example], speaker: Speaker) -> Scorer:
    written = [example.utterance for example in examples]
    utterances = [*written, *_copies(written)]
    truth = np.tile(truth_of(examples, labels_of(speaker)), (2, 1))
    featurizer = Featurizer.fit(utterances)
    rows = featurizer.transform(utterances)
    coefficients = np.zeros((rows.shape[1], truth.shape[1]), np.float32)
    intercepts = np.zeros(truth.shape[1], np.float32)
    for column, wanted in enumerate(truth.T):
        machine = LinearSVC(C=_REGULARISATION, random_state=0).fit(rows, wanted)
        coefficients[:, column] = machine.coef_[0]
        intercepts[column] = machine.intercept_[0]
    return Scorer(featurizer, coefficients, intercepts)


def _copies(written: Sequence[Utterance]) -> list[Utterance]:
    """Returns the segments as typed, every other one alone: without the line before it."""
    copies = [typed_utterance(utterance) for utterance in written]
    copies[::2] = [
        replace(copy, context="", context_acts=(0.0,) * len(copy.context_acts))
        for copy in copies[::2]
    ]
    return copies
