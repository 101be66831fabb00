"""The corpus' calls, heard by recognisers that were fitted without them."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Self

from trainer.core.dialogue import Speaker, Turn
from trainer.learn.corpus import SPEAKERS, Example, examples_of, read, turn_text
from trainer.learn.fit import FOLDS, fit, fold_of_group, labels_of, out_of_fold_scores, truth_of
from trainer.nlu.features import Floats
from trainer.nlu.model import ActModel
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


def label_dialogues_out_of_fold() -> Iterator[HeardCall]:
    """Yields the calls of the corpus, each heard by a recogniser that has not seen it.

    The calls are cut into parts; for each part the models are fitted on everything else.
    """
    calls = [entry for _, entry in read("dialogues_*.jsonl")]
    fits = [_Material.of(speaker) for speaker in Speaker]
    for fold in range(FOLDS):
        held_out = {call["id"] for call in calls if fold_of_group(call["id"]) == fold}
        models = {material.speaker: material.fit_without(held_out) for material in fits}
        recognizer = ActRecognizer("out-of-fold", models)
        for call in calls:
            if call["id"] in held_out:
                yield HeardCall(call["id"], _hear(call["turns"], recognizer))


def _hear(turns: Sequence[Mapping[str, Any]], recognizer: ActRecognizer) -> tuple[Turn, ...]:
    heard: list[Turn] = []
    for turn in turns:
        text, speaker = turn_text(turn), SPEAKERS[turn["speaker"]]
        context = heard[-1].text if heard else None
        heard.append(Turn(speaker, text, recognizer.label(text, speaker=speaker, context=context)))
    return tuple(heard)


@dataclass(frozen=True, slots=True)
class _Material:
    """What one speaker's models are fitted on; the costly scores are made once."""

    speaker: Speaker
    examples: Sequence[Example]
    scores: Floats

    @classmethod
    def of(cls, speaker: Speaker) -> Self:
        examples = examples_of(speaker)
        truth = truth_of(examples, labels_of(examples))
        return cls(speaker, examples, out_of_fold_scores(examples, truth))

    def fit_without(self, groups: Set[str]) -> ActModel:
        kept = [i for i, example in enumerate(self.examples) if example.group not in groups]
        return fit([self.examples[i] for i in kept], scores=self.scores[kept])
