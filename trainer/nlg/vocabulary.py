"""The German words that may be said: those of the corpus, and compounds of them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from trainer.nlg.corpus import CORPUS
from trainer.nlg.words import fold, stem, tokens

_SPOKEN = ("customer_*.jsonl", "reply_*.jsonl", "facts_*.jsonl", "dialogues_*.jsonl")
_LINKS = ("", "s", "n", "en", "es", "er", "e")
_SHORTEST = 4
"""Letters of a compound's part; shorter ones would make words of any letters."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Known words.

    Attributes:
        forms: Folded words as they occur.
        stems: Their stems.
    """

    forms: frozenset[str]
    stems: frozenset[str]

    def has(self, word: str) -> bool:
        """Whether a word is known in any of its endings, or is a noun made of two known words."""
        if fold(word) in self.forms or stem(word) in self.stems:
            return True
        if "-" in word:
            return all(self.has(part) for part in word.split("-") if part)
        return word[:1].isupper() and self._is_compound(fold(word))

    def _is_compound(self, word: str) -> bool:
        for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
            head, tail = word[:at], word[at:]
            if stem(tail) in self.stems and any(
                head.endswith(link) and self._is_part(head[: len(head) - len(link)])
                for link in _LINKS
            ):
                return True
        return False

    def _is_part(self, word: str) -> bool:
        return len(word) >= _SHORTEST and word in self.forms


def vocabulary_of(texts: Iterable[str]) -> Vocabulary:
    """Returns the words of texts."""
    words = {word for text in texts for word in tokens(text)}
    parts = {part for word in words for part in word.split("-") if part}
    return Vocabulary(frozenset(map(fold, words | parts)), frozenset(map(stem, words | parts)))


@cache
def load_vocabulary(folder: Path = CORPUS) -> Vocabulary:
    """Reads the words of the corpus files; takes about a second."""
    return vocabulary_of(_texts(folder))


def _texts(folder: Path) -> Iterator[str]:
    """Yields what customers say and what is known of them; agents' lines have typing errors."""
    for path in sorted(path for name in _SPOKEN for path in folder.glob(name)):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield from _strings(json.loads(line))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name != "context":
                yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
