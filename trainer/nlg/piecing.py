"""Words a move with the shipped model, from lines that people have written."""

from collections.abc import Sequence

from trainer.core.dialogue import Move, Source
from trainer.llm.base import LLM, Sampling
from trainer.nlg.brief import Brief
from trainer.nlg.heard import Heard
from trainer.nlg.repertoire import Repertoire
from trainer.nlg.request import request_for, request_messages
from trainer.nlg.utterance import Utterance
from trainer.nlg.verifier import Verifier
from trainer.nlg.words import sentences, tokens

_ROUNDS, _DRAFTS = 3, 2
"""How often it proposes lines, and how many at once; the likeliest that passes is said."""
_TEMPERATURE, _MIN_P, _MAX_TOKENS = 1.6, 0.02, 140
"""It may be bold: whichever way it goes, people have gone each stretch before."""


class Piecer:
    """The shipped model with all it may draw on."""

    def __init__(self, llm: LLM, repertoire: Repertoire, verifier: Verifier) -> None:
        """Takes the model, the lines people have written, and who judges the new ones."""
        self._llm, self._repertoire, self._verifier = llm, repertoire, verifier

    @property
    def version(self) -> str:
        """Changes with every line that people have written."""
        return self._repertoire.version

    def word(self, move: Move, brief: Brief, heard: Heard, said: Sequence[str]) -> list[Utterance]:
        """Returns the sentences of one move, or none where no draft passed.

        Args:
            move: The move to word.
            brief: The turn it belongs to.
            heard: The customer's words so far, those of this turn included.
            said: Sentences of this turn that were shown already.

        Raises:
            LLMError: The model is away, too slow, or sent no text.
        """
        material = self._repertoire.material(move, brief, said)
        messages = request_messages(request_for(move, brief, said))
        said_words = sum(len(tokens(sentence)) for sentence in said)
        source = Source.MODEL
        for _ in range(_ROUNDS if material.lines else 0):
            sampling = Sampling(
                temperature=_TEMPERATURE,
                min_p=_MIN_P,
                max_tokens=_MAX_TOKENS,
                seed=brief.rng.getrandbits(31),
            )
            for draft in self._llm.drafts(messages, sampling, _DRAFTS, material):
                line = draft.strip()
                verdict = self._verifier.judge_line(
                    line, move, brief, heard, said_words=said_words, material=material.lines
                )
                if verdict.fault is None:
                    return [Utterance(text, source, verdict.acts) for text in sentences(line)]
                source = Source.RETRY
        return []
