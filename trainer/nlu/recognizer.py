"""Hears what a speaker does: cuts a turn into segments and gives each its acts."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from safetensors import SafetensorError

from trainer.core.acts import Speaker, acts_of
from trainer.core.turn import Segment, Spoken
from trainer.errors import RecognizerError
from trainer.nlu.borders import BorderModel, load_borders
from trainer.nlu.features import Utterance
from trainer.nlu.model import ActModel, Scorer, load_model
from trainer.nlu.segmenter import segment


@dataclass(frozen=True, slots=True)
class ActRecognizer:
    """The shipped `core.turn.Recognizer`: one fitted model for each speaker.

    Attributes:
        version: Changes whenever the weights change.
    """

    version: str
    models: Mapping[Speaker, ActModel]
    borders: BorderModel

    def label(
        self, text: str, *, speaker: Speaker, context: str | None = None
    ) -> tuple[Segment, ...]:
        """Cuts a turn into segments and gives each its acts; see `core.turn.Recognizer`."""
        return self.label_all([Spoken(speaker, text, context)])[0]

    def label_all(self, spoken: Sequence[Spoken]) -> list[tuple[Segment, ...]]:
        """Labels turns together; see `core.turn.Recognizer`."""
        cut = [segment(turn.text, self.borders) for turn in spoken]
        pieces = [
            [turn.text[span.start : span.end] for span in spans]
            for turn, spans in zip(spoken, cut, strict=True)
        ]
        acts = {speaker: self._acts(speaker, spoken, pieces) for speaker in Speaker}
        return [
            tuple(
                Segment(span.start, span.end, piece, next(acts[turn.speaker]))
                for span, piece in zip(spans, parts, strict=True)
            )
            for turn, spans, parts in zip(spoken, cut, pieces, strict=True)
        ]

    def _acts(
        self, speaker: Speaker, spoken: Sequence[Spoken], pieces: Sequence[list[str]]
    ) -> Iterator[Mapping[str, float]]:
        """Yields the acts of one speaker's segments, turn after turn."""
        utterances = [
            utterance
            for turn, parts in zip(spoken, pieces, strict=True)
            if turn.speaker is speaker
            for utterance in utterances_of(parts, context=turn.context)
        ]
        if not utterances:
            return
        if speaker is Speaker.CUSTOMER:
            utterances = with_context_acts(utterances, self.models[Speaker.TRAINEE].scorer)
        yield from self.models[speaker].acts(utterances)


def utterances_of(pieces: list[str], *, context: str | None) -> list[Utterance]:
    """Puts the segments of one turn into their surroundings."""
    return [
        Utterance(piece, context or "", before, index, len(pieces))
        for index, (before, piece) in enumerate(zip(["", *pieces], pieces, strict=False))
    ]


def with_context_acts(utterances: Sequence[Utterance], trainee: Scorer) -> list[Utterance]:
    """Returns a customer's segments with what the trainee did just before: which question it was.

    Args:
        utterances: Segments of any number of turns.
        trainee: Scores the trainee's acts.
    """
    contexts = [context for context in dict.fromkeys(u.context for u in utterances) if context]
    endings = [_ending(context) for context in contexts]
    shares = trainee.shares(endings) if endings else ()
    acts = {c: tuple(row.tolist()) for c, row in zip(contexts, shares, strict=True)}
    nothing = (0.0,) * len(trainee.intercepts)
    return [replace(u, context_acts=acts.get(u.context, nothing)) for u in utterances]


def _ending(turn: str) -> Utterance:
    pieces = [turn[span.start : span.end] for span in segment(turn)] or [turn]
    return utterances_of(pieces, context=None)[-1]


def load_recognizer(folder: Path) -> ActRecognizer:
    """Loads the fitted weights.

    Raises:
        RecognizerError: A file is missing, damaged, or fitted for other labels.
    """
    try:
        models = {speaker: load_model(folder, speaker.value) for speaker in Speaker}
        borders = load_borders(folder)
        version = _version(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SafetensorError) as error:
        raise RecognizerError(
            f"the recogniser in {folder} cannot be loaded ({error}); run `make fit` to make it anew"
        ) from error
    for speaker, model in models.items():
        unknown = set(model.labels) - {act.value for act in acts_of(speaker)}
        if unknown:
            raise RecognizerError(
                f"the recogniser in {folder} has the unknown labels {', '.join(sorted(unknown))}; "
                "run `make fit` to fit it for the present label set"
            )
    return ActRecognizer(version, models, borders)


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.json"), *folder.glob("*.safetensors")]):
        digest.update(path.read_bytes())
    return f"linear-{digest.hexdigest()[:12]}"
