"""Recognisers that have not seen what they hear: each fold of the corpus by one fitted without it.

From their scores come the calibration of the shipped recogniser, the figures of the benchmark and
the calls on which the scoring is judged.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from trainer.core.acts import Speaker
from trainer.core.turn import Turn
from trainer.learn.borders import fit_borders
from trainer.learn.calibration import calibrate, thresholds_of
from trainer.learn.corpus import SPEAKERS, Example, examples_of, read, turn_text
from trainer.learn.fit import (
    FOLDS,
    Corpus,
    Scorers,
    fit_scorers,
    fold_of,
    fold_of_call,
    in_context,
    labels_of,
    truth_of,
)
from trainer.nlu.borders import BorderModel
from trainer.nlu.features import Floats
from trainer.nlu.model import ActModel, Scorer, calibrated
from trainer.nlu.recognizer import ActRecognizer


@dataclass(frozen=True, slots=True)
class HeardCall:
    """One call of `dialogues_*.jsonl` as the recogniser heard it.

    Attributes:
        id: The call's id in the corpus.
        turns: Its turns with recognised, not annotated, segments and acts.
    """

    id: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class CrossFit:
    """The corpus with a pair of scorers for each fold, fitted on the other folds.

    Attributes:
        corpus: All examples of both speakers.
        folds: For each speaker the fold of each example.
        scorers: For each fold the scorers that have not seen it.
        borders: For each fold the borders of segments that have not seen it.
        scores: For each speaker a row of scores for each example, by a scorer that has not seen it.
    """

    corpus: Corpus
    folds: Mapping[Speaker, NDArray[np.int_]]
    scorers: Sequence[Scorers]
    borders: Sequence[BorderModel]
    scores: Mapping[Speaker, Floats]

    @classmethod
    def of_corpus(cls) -> Self:
        """Fits all folds, as many at once as there are cores (about four minutes on two)."""
        corpus = {speaker: examples_of(speaker) for speaker in Speaker}
        folds = {who: np.array([fold_of(e) for e in own]) for who, own in corpus.items()}
        parts = [
            {who: [e for e, f in zip(own, folds[who], strict=True) if f != fold]
             for who, own in corpus.items()}
            for fold in range(FOLDS)
        ]  # fmt: skip
        scorers = Parallel(n_jobs=-1)(delayed(fit_scorers)(part) for part in parts)
        borders = Parallel(n_jobs=-1)(delayed(fit_borders)(part) for part in parts)
        scores = {who: unseen_scores(own, folds[who], scorers, who) for who, own in corpus.items()}
        return cls(corpus, folds, scorers, borders, scores)

    def model(self, scorer: Scorer, speaker: Speaker, *, without: int | None = None) -> ActModel:
        """Returns a scorer with its calibration and thresholds, from unseen scores.

        Args:
            scorer: The scorer.
            speaker: Whom it hears.
            without: A fold that the calibration must not have seen.
        """
        seen = self.folds[speaker] != without
        labels = labels_of(speaker)
        truth = truth_of(self.corpus[speaker], labels)[seen]
        calibration = calibrate(self.scores[speaker][seen], truth)
        shares = calibrated(self.scores[speaker][seen], calibration)
        return ActModel(labels, thresholds_of(shares, truth, labels), scorer, calibration)

    def recognizers(self) -> list[ActRecognizer]:
        """Returns for each fold a recogniser fitted and calibrated without it.

        The other folds' scores, on which it is calibrated, come from scorers that knew this fold.
        """
        return [
            ActRecognizer(
                f"without fold {fold}",
                {who: self.model(scorer, who, without=fold) for who, scorer in scorers.items()},
                self.borders[fold],
            )
            for fold, scorers in enumerate(self.scorers)
        ]

    def calls(self) -> Iterator[HeardCall]:
        """Yields the calls of the corpus, each heard by a recogniser that has not seen it."""
        recognizers = self.recognizers()
        for _, entry in read("dialogues_*.jsonl"):
            recognizer = recognizers[fold_of_call(entry["id"])]
            yield HeardCall(entry["id"], _hear(entry["turns"], recognizer))


def unseen_scores(
    examples: Sequence[Example],
    folds: NDArray[np.int_],
    scorers: Sequence[Scorers],
    speaker: Speaker,
    change: Callable[[Example], Example] = lambda example: example,
) -> Floats:
    """Returns each example's scores by the scorers of its fold.

    Args:
        examples: One speaker's examples.
        folds: The fold of each.
        scorers: By fold.
        speaker: Whose examples they are.
        change: What is done to the examples before, such as taking away their punctuation.
    """
    scores = np.zeros((len(examples), len(labels_of(speaker))), np.float32)
    for fold, own in enumerate(scorers):
        places = np.flatnonzero(folds == fold).tolist()
        part = [change(examples[place]) for place in places]
        if speaker is Speaker.CUSTOMER:
            part = in_context(part, own[Speaker.TRAINEE])
        scores[places] = own[speaker].scores([example.utterance for example in part])
    return scores


def _hear(turns: Sequence[Mapping[str, Any]], recognizer: ActRecognizer) -> tuple[Turn, ...]:
    heard: list[Turn] = []
    for turn in turns:
        text, speaker = turn_text(turn), SPEAKERS[turn["speaker"]]
        context = heard[-1].text if heard else None
        heard.append(Turn(speaker, text, recognizer.label(text, speaker=speaker, context=context)))
    return tuple(heard)
