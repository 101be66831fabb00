"""Words a customer turn: language model, verified sentence by sentence, else the phrase bank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from trainer.core.dialogue import Move, Recognizer, Source
from trainer.errors import LLMError
from trainer.llm.base import LLM, Sampling
from trainer.nlg.brief import Brief
from trainer.nlg.heard import Heard, hear_customer
from trainer.nlg.phrases import PhraseBank
from trainer.nlg.prompt import build_messages
from trainer.nlg.request import request_for, request_messages
from trainer.nlg.stream import complete_sentences
from trainer.nlg.verifier import Verifier
from trainer.nlg.voice import voice
from trainer.nlg.words import sentences, tokens

__all__ = ["Brief", "Generator", "Utterance"]

_RETRIES = 2
_TEMPERATURE, _MIN_P, _MAX_TOKENS = 0.8, 0.1, 80
"""How the shipped model draws: lively, but never a word ten times less likely than the best."""
_DRAFTS = 4
"""So many lines it proposes at once; the most probable one that passes is said."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence that may be shown, where its words came from, and what it does."""

    text: str
    source: Source
    acts: frozenset[str]


@dataclass(slots=True)
class _Progress:
    """What of one turn was shown and what is still to come."""

    pending: list[Move]
    heard: Heard
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
        self._verifier = Verifier(recognizer, phrases.vocabulary, phrases.nouns)

    @property
    def version(self) -> str:
        """Names the bank and the model; pinned on every call."""
        return (
            self._phrases.version
            if self.llm is None
            else (f"{self.llm.name}+{self._phrases.version}")
        )

    def speak(self, brief: Brief) -> Iterator[Utterance]:
        """Yields the sentences of a turn as they are verified; joined by blanks they are the turn.

        A model's sentence that fails is asked for again, at most twice; what is still missing
        then, or when the model is away, comes from the phrase bank.
        """
        progress = _Progress(list(brief.plan.moves), hear_customer(brief.talk))
        if self.llm is not None and self.llm.compact:
            yield from self._move_by_move(self.llm, brief, progress)
        elif self.llm is not None:
            yield from self._whole_turn(self.llm, brief, progress)
        if progress.pending:
            yield from self._from_phrases(brief, progress, progress.pending)

    def _move_by_move(self, llm: LLM, brief: Brief, progress: _Progress) -> Iterator[Utterance]:
        """Words each move by itself; the bank speaks in place of a move the model fails at."""
        while progress.pending:
            move = progress.pending[0]
            found: list[Utterance] = []
            if move.cue is None:
                try:
                    found = self._line(llm, move, brief, progress)
                except LLMError as error:
                    self.fault = error
                    return
                self.fault = None
            found = found or list(self._from_phrases(brief, progress, [move]))
            for utterance in found:
                progress.add(utterance.text)
            del progress.pending[0]
            yield from found

    def _line(self, llm: LLM, move: Move, brief: Brief, progress: _Progress) -> list[Utterance]:
        """Returns the sentences of one move, or none where no try passed."""
        source = Source.MODEL
        for _ in range(1 + _RETRIES):
            messages = request_messages(request_for(move, brief, progress.said))
            sampling = Sampling(
                temperature=_TEMPERATURE,
                min_p=_MIN_P,
                max_tokens=_MAX_TOKENS,
                seed=brief.rng.getrandbits(31),
            )
            for draft in llm.drafts(messages, sampling, _DRAFTS):
                line = draft.strip()
                verdict = self._verifier.judge_line(
                    line, move, brief, progress.heard, said_words=progress.words
                )
                if verdict.fault is None:
                    return [Utterance(text, source, verdict.acts) for text in sentences(line)]
                source = Source.RETRY
        return []

    def _whole_turn(self, llm: LLM, brief: Brief, progress: _Progress) -> Iterator[Utterance]:
        for attempt in range(1 + _RETRIES):
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
        pieces = llm.stream(messages, Sampling(seed=brief.rng.getrandbits(31)))
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
