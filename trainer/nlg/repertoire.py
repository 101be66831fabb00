"""The hand-written lines from which the shipped model pieces the words of a move together.

What only this customer can tell comes from the persona's variants, an objection from as many lines
that anybody might say as well, and everything else from those lines of the bank that fit here best.
"""

from collections.abc import Sequence
from dataclasses import replace

from trainer.core.acts import CustomerAct
from trainer.core.plan import Length, Move
from trainer.llm.base import Material
from trainer.nlg.brief import Brief
from trainer.nlg.choice import leans_back, mood_distance
from trainer.nlg.phrase import Origin
from trainer.nlg.phrases import PhraseBank
from trainer.nlg.situation import Situation, read_situation
from trainer.nlg.slots import fill
from trainer.nlg.voice import fitting, is_objection, own_variants, tells_own_story

_WORDS, WHOLE_WORDS = 4, 8
"""Words of a stretch. Of two, one line in twenty made no sense, of three one still lacked its verb;
where the customer has own words, lines stay whole but for the rarest joint."""
_MOOD_STEPS = 2
"""How far from the mood a line of the customer's own may lie."""
_BEST, _REACH = 16, 1.0
"""So many lines of the bank are offered at most, none scoring worse than the best by more."""
_CHOICE = 4
"""So many lines written for the very occasion are choice enough; others are left out then."""


class Repertoire:
    """All lines the shipped model may draw on."""

    def __init__(self, bank: PhraseBank) -> None:
        """Takes the bank's lines."""
        self._bank = bank

    @property
    def version(self) -> str:
        """Changes with every line of the bank."""
        return self._bank.version

    def material(self, move: Move, brief: Brief, said: Sequence[str]) -> Material:
        """Returns what a move may be pieced together from; no line of it was said before.

        Args:
            move: The move to word.
            brief: The turn it belongs to.
            said: Sentences of this turn that were shown already.
        """
        situation = read_situation(brief, self._bank.closeness.to(brief.last_words))
        for sentence in said:
            situation = replace(situation, heard=situation.heard.and_also(sentence))
        own = _own(move, brief, situation)
        if tells_own_story(move) or (own and not is_objection(move)):
            return Material(own, WHOLE_WORDS)
        best = self._best(move, situation, opens=not said)
        if not own:
            return Material(best, _WORDS)
        general = brief.rng.sample(best, min(len(own), len(best)))
        return Material((*own, *general), WHOLE_WORDS)

    def _best(self, move: Move, situation: Situation, *, opens: bool) -> tuple[str, ...]:
        fillings = situation.fillings_for(move)
        usable = [
            (value, line, situation.is_occasion_for(phrase, move))
            for value, phrase in fitting(move, situation, self._bank)
            if not (opens and phrase.origin is Origin.CORPUS and leans_back(phrase.text))
            and (line := fill(phrase.text, fillings)) is not None
            and not situation.heard.resembles(line)
        ]
        meant = [one for one in usable if one[2]]
        usable = meant if len(meant) >= _CHOICE else usable
        near = (line for value, line, _ in usable if value >= usable[0][0] - _REACH)
        return tuple(dict.fromkeys(near))[:_BEST]


def _own(move: Move, brief: Brief, situation: Situation) -> tuple[str, ...]:
    """Returns the customer's own lines that were not said yet and are near in mood."""
    lines = dict.fromkeys(
        variant.text
        for variant in own_variants(move, brief.persona)
        if mood_distance(variant.mood, brief.plan.mood) <= _MOOD_STEPS
        and not situation.heard.resembles(variant.text)
    )
    terse = brief.plan.length is Length.SHORT and move.act is not CustomerAct.PICK_UP
    return _shorter_half(tuple(lines)) if terse else tuple(lines)


def _shorter_half(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Keeps two at least, so that there is a choice."""
    return tuple(sorted(lines, key=len)[: max(2, (len(lines) + 1) // 2)])
