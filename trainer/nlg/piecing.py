"""Words a move with the shipped model, from lines that people have written."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from time import monotonic

from trainer.core.plan import Move, Source
from trainer.llm.base import LLM, Sampling
from trainer.nlg.brief import Brief
from trainer.nlg.heard import Heard
from trainer.nlg.repertoire import WHOLE_WORDS, Repertoire
from trainer.nlg.request import request_for, request_messages
from trainer.nlg.utterance import Utterance
from trainer.nlg.verifier import Verifier
from trainer.nlg.words import sentences, tokens

_ROUNDS = 3
"""How often it proposes a line."""
_OFFERED, _WHOLE_OFFERED = 8, 2
"""From so many lines at most, drawn by lot: a model's liking for some would wear them out."""
_PIECED = Sampling(temperature=3.0, min_p=0.02, max_tokens=140)
"""It may be bold: whichever way it goes, people have gone each stretch before."""
_WHOLE = Sampling(temperature=5.0, max_tokens=140)
"""Lines that stay whole are all as good; a model's liking for some would wear them out."""


class Piecer:
    """The shipped model with all it may draw on."""

    def __init__(self, llm: LLM, repertoire: Repertoire, verifier: Verifier) -> None:
        """Takes the model, the lines people have written, and who judges the new ones."""
        self._llm, self._repertoire, self._verifier = llm, repertoire, verifier

    @property
    def version(self) -> str:
        """Changes with every line that people have written."""
        return self._repertoire.version

    def word(
        self, move: Move, brief: Brief, heard: Heard, said: Sequence[str], *, until: float = inf
    ) -> list[Utterance]:
        """Returns the sentences of one move, or none where no draft passed.

        Args:
            move: The move to word.
            brief: The turn it belongs to.
            heard: The customer's words so far, those of this turn included.
            said: Sentences of this turn that were shown already.
            until: When to stop, on the monotonic clock.

        Raises:
            LLMError: The model is away, too slow, or sent no text.
        """
        material = self._repertoire.material(move, brief, said)
        messages = request_messages(request_for(move, brief, said))
        said_words = sum(len(tokens(sentence)) for sentence in said)
        source = Source.MODEL
        whole = material.words == WHOLE_WORDS
        sampling = _WHOLE if whole else _PIECED
        most = min(_WHOLE_OFFERED if whole else _OFFERED, len(material.lines))
        for _ in range(_ROUNDS if material.lines else 0):
            left_s = until - monotonic()
            if left_s <= 0:
                break
            seeded = replace(
                sampling,
                seed=brief.rng.getrandbits(31),
                timeout_s=min(sampling.timeout_s, left_s),
            )
            offered = replace(material, lines=tuple(brief.rng.sample(material.lines, most)))
            line = self._llm.draft(messages, seeded, offered).strip()
            verdict = self._verifier.judge_line(
                line, move, brief, heard, said_words=said_words, material=material.lines
            )
            if verdict.fault is None:
                return [Utterance(text, source, verdict.acts) for text in sentences(line)]
            source = Source.RETRY
        return []
