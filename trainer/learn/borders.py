"""Fits the borders of segments to the corpus, all marks taken away."""

from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.svm import LinearSVC

from trainer.learn.corpus import Example
from trainer.learn.fit import Corpus
from trainer.nlu.borders import WORD, BorderModel, gap_rows
from trainer.nlu.features import normalize

_REGULARISATION = 0.05


def fit_borders(corpus: Corpus) -> BorderModel:
    """Returns the score fitted on the turns of both speakers."""
    turns: list[list[str]] = []
    ends: list[bool] = []
    for pieces in (turn for own in corpus.values() for turn in turns_of(own)):
        words = [_words(example.utterance.text) for example in pieces]
        stops = np.cumsum([len(piece) for piece in words])
        turns.append([word for piece in words for word in piece])
        ends.extend(np.isin(np.arange(1, len(turns[-1])), stops).tolist())
    machine = LinearSVC(C=_REGULARISATION, random_state=0).fit(gap_rows(turns), ends)
    return BorderModel(machine.coef_[0].astype(np.float32), float(machine.intercept_[0]))


def turns_of(examples: Sequence[Example]) -> Iterator[list[Example]]:
    """Yields the examples of each turn; a segment at place 0 opens one."""
    turn: list[Example] = []
    for example in examples:
        if example.utterance.index == 0 and turn:
            yield turn
            turn = []
        turn.append(example)
    if turn:
        yield turn


def _words(text: str) -> list[str]:
    return [normalize(found.group()) for found in WORD.finditer(text)]
