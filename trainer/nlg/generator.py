"""Words a customer turn: language model, verified sentence by sentence, else the phrase bank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic

from trainer.core.plan import Cue, Move, Source
from trainer.core.turn import Recognizer
from trainer.errors import LLMError
from trainer.llm.base import LLM, Sampling
from trainer.nlg.brief import Brief
from trainer.nlg.heard import Heard, hear_customer
from trainer.nlg.phrases import PhraseBank
from trainer.nlg.piecing import Piecer
from trainer.nlg.prompt import build_messages
from trainer.nlg.repertoire import Repertoire
from trainer.nlg.stream import complete_sentences
from trainer.nlg.utterance import Utterance
from trainer.nlg.verifier import Verifier
from trainer.nlg.voice import voice
from trainer.nlg.words import sentences, tokens

__all__ = ["Brief", "Generator", "Utterance"]

_RETRIES = 2
_TURN_S = 20.0
"""Nobody on the telephone waits longer for an answer; what is missing then the bank says."""

_FOR_THE_BANK = frozenset(
    (Cue.ORDER, Cue.ROBOT_QUESTION, Cue.FAMILIAR, Cue.GIBBERISH, Cue.FOREIGN_LANGUAGE)
)
"""Whoever wants to talk to the model itself gets no answer from it."""


@dataclass(slots=True)
class _Progress:
    """What of one turn was shown and what is still to come.

    Attributes:
        until: When the model's time is over, on the monotonic clock.
    """

    pending: list[Move]
    heard: Heard
    until: float
    said: list[str] = field(default_factory=list)

    @property
    def words(self) -> int:
        return sum(len(tokens(sentence)) for sentence in self.said)

    def add(self, sentence: str) -> None:
        self.said.append(sentence)
        self.heard = self.heard.and_also(sentence)


class Generator:
    """Finds the words for a plan; one instance serves all calls of a process.

    Attributes:
        llm: The language model, or None for phrases only.
        fault: Why the language model did not answer the last time it was asked; None when it did.
    """

    def __init__(self, phrases: PhraseBank, recognizer: Recognizer, llm: LLM | None = None) -> None:
        """Takes the bank, the recogniser that verifies, and a model or None for phrases only."""
        self.fault: LLMError | None = None
        self._phrases = phrases
        self.llm = llm
        self._verifier = Verifier(recognizer, phrases.vocabulary)
        self._piecer = (
            Piecer(llm, Repertoire(phrases), self._verifier)
            if llm is not None and llm.compact
            else None
        )

    @property
    def version(self) -> str:
        """Names the model and the lines written beforehand; pinned on every call."""
        words = self._piecer.version if self._piecer else self._phrases.version
        return words if self.llm is None else f"{self.llm.name}+{words}"

    def speak(self, brief: Brief) -> Iterator[Utterance]:
        """Yields the sentences of a turn as they are verified; joined by blanks they are the turn.

        A model's sentence that fails is asked for again, at most twice; what is still missing
        then, or when the model is away, comes from the phrase bank.
        """
        until = monotonic() + _TURN_S
        progress = _Progress(list(brief.plan.moves), hear_customer(brief.talk), until)
        if self._piecer is not None:
            yield from self._move_by_move(self._piecer, brief, progress)
        elif self.llm is not None and not _FOR_THE_BANK & {move.cue for move in brief.plan.moves}:
            yield from self._whole_turn(self.llm, brief, progress)
        if progress.pending:
            yield from self._from_phrases(brief, progress, progress.pending)

    def _move_by_move(
        self, piecer: Piecer, brief: Brief, progress: _Progress
    ) -> Iterator[Utterance]:
        """Words each move by itself; the bank speaks in place of a move the model fails at."""
        while progress.pending:
            move = progress.pending[0]
            found: list[Utterance] = []
            if move.cue is None:
                try:
                    found = piecer.word(
                        move, brief, progress.heard, progress.said, until=progress.until
                    )
                except LLMError as error:
                    self.fault = error
                    return
                self.fault = None
            found = found or list(self._from_phrases(brief, progress, [move]))
            for utterance in found:
                progress.add(utterance.text)
            del progress.pending[0]
            yield from found

    def _whole_turn(self, llm: LLM, brief: Brief, progress: _Progress) -> Iterator[Utterance]:
        for attempt in range(1 + _RETRIES):
            if attempt and monotonic() >= progress.until:
                return
            source = Source.RETRY if attempt else Source.MODEL
            try:
                yield from self._attempt(llm, brief, progress, source)
            except LLMError as error:
                self.fault = error
                return
            self.fault = None
            if not progress.pending:
                return

    def _attempt(
        self, llm: LLM, brief: Brief, progress: _Progress, source: Source
    ) -> Iterator[Utterance]:
        messages = build_messages(brief, progress.pending, progress.said)
        left_s = max(0.0, progress.until - monotonic())
        pieces = llm.stream(messages, Sampling(seed=brief.rng.getrandbits(31), timeout_s=left_s))
        for sentence in complete_sentences(pieces):
            verdict = self._verifier.judge(
                sentence, brief, progress.heard, said_words=progress.words
            )
            if verdict.fault is not None:
                return
            progress.add(sentence)
            progress.pending = [move for move in progress.pending if move.act not in verdict.acts]
            yield Utterance(sentence, source, verdict.acts)

    def _from_phrases(
        self, brief: Brief, progress: _Progress, moves: Sequence[Move]
    ) -> Iterator[Utterance]:
        lines = voice(brief, self._phrases, moves, said=progress.said)
        for move, line in zip(moves, lines, strict=True):
            for sentence in sentences(line.text):
                yield Utterance(sentence, Source.PHRASE, frozenset({move.act}))
