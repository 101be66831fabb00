"""The hand-written lines from which the shipped model pieces the words of a move together.

What the customer has own words for comes from the persona's variants; everything else comes from
those lines of the bank that fit here best.
"""

from collections.abc import Iterable, Sequence
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
from trainer.nlg.voice import fitting, own_variants, tells_own_story

_WORDS, OWN_WORDS = 3, 8
"""Words of a stretch. Of two, one line in twenty made no sense; stories hang together by more."""
_MOOD_STEPS = (1, 2)
"""How far from the mood a line of the customer's own may lie; farther where one alone is near."""
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
        if own or tells_own_story(move):
            return Material(own, OWN_WORDS)
        return Material(self._best(move, situation, opens=not said), _WORDS)

    def _best(self, move: Move, situation: Situation, *, opens: bool) -> tuple[str, ...]:
        fillings = situation.fillings_for(move)
        scored = sorted(fitting(move, situation, self._bank), key=lambda one: (-one[0], one[1].id))
        usable = [
            (value, line, situation.is_occasion_for(phrase, move))
            for value, phrase in scored
            if not (opens and phrase.origin is Origin.CORPUS and leans_back(phrase.text))
            and (line := fill(phrase.text, fillings)) is not None
            and not situation.heard.resembles(line)
        ]
        meant = [one for one in usable if one[2]]
        usable = meant if len(meant) >= _CHOICE else usable
        near = (line for value, line, _ in usable if value >= usable[0][0] - _REACH)
        return tuple(dict.fromkeys(near))[:_BEST]


def _own(move: Move, brief: Brief, situation: Situation) -> tuple[str, ...]:
    """Returns the customer's own lines that were not said yet, those nearest in mood."""
    variants = list(own_variants(move, brief.persona))
    for steps in _MOOD_STEPS:
        near = [v.text for v in variants if mood_distance(v.mood, brief.plan.mood) <= steps]
        fresh = _unsaid(near, situation)
        if len(fresh) > 1 or (fresh and steps == _MOOD_STEPS[-1]):
            terse = brief.plan.length is Length.SHORT and move.act is not CustomerAct.PICK_UP
            return _shorter_half(fresh) if terse else fresh
    return ()


def _shorter_half(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Keeps two at least, so that there is a choice."""
    return tuple(sorted(lines, key=len)[: max(2, (len(lines) + 1) // 2)])


def _unsaid(lines: Iterable[str], situation: Situation) -> tuple[str, ...]:
    return tuple(line for line in dict.fromkeys(lines) if not situation.heard.resembles(line))
