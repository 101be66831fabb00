"""The hand-written lines from which the shipped model pieces the words of a move together.

What only this customer can tell comes from the persona's own variants. Everything else comes from
the bank's lines that fit here, and from those replies of the corpus that fit anybody: nothing but
common words, no fact, nobody spoken of.
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from trainer.core.dialogue import CustomerAct, Move
from trainer.core.persona import Persona
from trainer.llm.base import Material
from trainer.nlg.brief import Brief
from trainer.nlg.choice import FACTUAL, mood_distance
from trainer.nlg.corpus import CORPUS
from trainer.nlg.incidental import examine, holds
from trainer.nlg.lexicon import load_lexicon
from trainer.nlg.phrases import PhraseBank
from trainer.nlg.situation import read_situation
from trainer.nlg.slots import fill
from trainer.nlg.voice import fitting, own_variants, tells_own_story
from trainer.nlg.words import stem, tokens

_WORDS, _OWN_WORDS = 3, 8
"""Words of a stretch. Of two, one line in twenty made no sense; stories hang together by more."""
_COMMON = 20
"""Tellers who must have used a word before anybody may."""
_BLOCK = 25
"""Neighbouring ids of a reply file tell one story."""
_SHORTEST = 2
_SOMEBODY = re.compile(r"\b(?:[Ee]r|[Ii]hn|[Ii]hm|sie|der|die)\b(?! [A-ZÄÖÜ])")
"""Somebody or something else than the two who talk."""
_COUNTED = re.compile(r"\b(?:zweit|dritt|viert|fünft|zehnt)\w* Mal\b")
_FAMILIAR = re.compile(
    r"(?:^|[,.!?;:–] ?|\b(?:aber|und|dann) )"
    r"(?:sag|schau|guck|hör|komm|mach|lass|gib|wart|geh|ruf|red|erzähl)\b(?!(?:['’]s)? ich)",
    re.IGNORECASE,
)
"""An imperative for somebody one says du to; „sag ich“ is none."""


class Repertoire:
    """All lines the shipped model may draw on."""

    def __init__(self, bank: PhraseBank, folder: Path = CORPUS) -> None:
        """Reads the replies of the corpus; takes some seconds."""
        self._bank = bank
        self._replies = _replies(folder, bank.nouns)

    @property
    def version(self) -> str:
        """Changes with every line of the bank and of the replies."""
        lines = sorted(line for by_act in self._replies.values() for line in by_act)
        digest = hashlib.sha256("\n".join(lines).encode())
        return f"{self._bank.version}-{digest.hexdigest()[:12]}"

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
        own = [
            phrase.text
            for phrase in own_variants(move, brief.persona)
            if mood_distance(phrase.mood, brief.plan.mood) <= 1
        ]
        if own and tells_own_story(move):
            lines = own
        else:
            fillings = situation.fillings_for(move)
            bank = (fill(p.text, fillings) for _, p in fitting(move, situation, self._bank))
            general = [line for line in bank if line is not None]
            general += self._general(move.act, brief.persona)
            lines = [*own, *general]
        fresh = tuple(line for line in dict.fromkeys(lines) if not situation.heard.resembles(line))
        return Material(fresh, _OWN_WORDS if lines is own else _WORDS)

    def _general(self, act: CustomerAct, persona: Persona) -> Iterator[str]:
        for text, conditions in self._replies[act].items():
            if all(holds(condition, persona) for condition in conditions):
                yield text


@cache
def _replies(
    folder: Path, nouns: frozenset[str]
) -> Mapping[CustomerAct, Mapping[str, frozenset[str]]]:
    """Returns for each act the replies that fit anybody, with the conditions of each."""
    told = list(_segments(folder))
    tellers: defaultdict[str, set[str]] = defaultdict(set)
    for teller, text, _ in told:
        for word in tokens(text):
            tellers[stem(word)].add(teller)
    common = {word for word, by in tellers.items() if len(by) >= _COMMON}
    found: dict[CustomerAct, dict[str, frozenset[str]]] = {act: {} for act in CustomerAct}
    for _, text, acts in told:
        if not FACTUAL.isdisjoint(acts) or not fits_anybody(text, common):
            continue
        incidentals = examine(text, "", nouns)
        if not (incidentals.forbidden or incidentals.specifics):
            for act in acts:
                found[act][text] = incidentals.conditions
    return found


def fits_anybody(text: str, common: Collection[str]) -> bool:
    """Whether a reply says nothing that is true of one customer only; `common` are stems."""
    words, dates = tokens(text), load_lexicon().dates
    return (
        len(words) >= _SHORTEST
        and text[-1] in ".!?…"
        and not any(rule.search(text) for rule in (_SOMEBODY, _COUNTED, _FAMILIAR))
        and dates.isdisjoint(map(str.lower, words))
        and all(stem(word) in common for word in words)
    )


def _segments(folder: Path) -> Iterator[tuple[str, str, Iterable[CustomerAct]]]:
    """Yields teller, text and acts of every segment of the reply files."""
    for path in sorted(folder.glob("reply_*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            for segment in json.loads(line)["segments"]:
                teller = f"{path.stem}:{number // _BLOCK}"
                yield teller, segment["text"], [CustomerAct(act) for act in segment["acts"]]
