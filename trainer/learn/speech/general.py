"""General German: speeches and plays, cut into short modern sentences.

The texts are not part of the repository; the folder is described in `docs/models.md`.
"""

import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from trainer.learn.speech.line import Line, common_stems, keywords
from trainer.nlg.request import Request, length_of
from trainer.nlg.words import sentences, tokens

FILES = ("bundestag20.txt.xz", "drama.txt.xz", "tatoeba_short.txt.xz")
LONGEST = 24
"""Words of a sentence; a customer rarely says longer ones."""
_MODERN = ("bundestag20.txt.xz", "tatoeba_short.txt.xz")
_TALK = re.compile(r"\b(?:[Ii]ch|[Mm]ir|[Mm]ich|[Mm]ein\w*|Sie|Ihnen|Ihre?\w*|[Ww]ir|[Uu]ns)\b|\?$")
"""Somebody speaks of themselves or to somebody: the rest is report."""
_OTHER_TALK = re.compile(
    r"\b(?:du|dich|dir|deine?\w*|ihr|euch|eure?\w*)\b|\w[.!?]\w|[()\[\]/|–:;\"„“»«]|\.\.\.",
    re.IGNORECASE,
)
"""The familiar form, marks no customer speaks, and full stops without a blank."""
_MIN_COUNT = 3
_COMMON = 2500
_WITH_NOTE = 0.6


def general_lines(folder: Path, seed: int = 0) -> list[Line]:
    """Returns the sentences of the folder's files, each after the one before it, shuffled.

    Plays are old: only those of their sentences count whose words occur in the modern files too.

    Raises:
        FileNotFoundError: A file is missing.
    """
    rng = Random(seed)
    texts = {name: list(_sentences(folder / name)) for name in FILES}
    counts = Counter(
        word.lower() for name in _MODERN for _, text in texts[name] for word in tokens(text)
    )
    common = common_stems((text for name in _MODERN for _, text in texts[name]), _COMMON)
    lines = []
    for name, pairs in texts.items():
        for before, text in pairs:
            if all(counts[word.lower()] >= _MIN_COUNT for word in tokens(text)):
                heard = before if rng.random() < 0.5 else ""
                note = keywords(text, common, (heard,), rng) if rng.random() < _WITH_NOTE else ""
                request = Request(heard=heard, notes=note, length=length_of(text))
                lines.append(Line(request, text, name))
    rng.shuffle(lines)
    return lines


def _sentences(path: Path) -> Iterator[tuple[str, str]]:
    """Yields each usable sentence with the one before it."""
    with lzma.open(path, "rt", encoding="utf-8") as speeches:
        for speech in speeches:
            before = ""
            for sentence in sentences(speech.strip()):
                if _usable(sentence):
                    yield before, sentence
                before = sentence if len(tokens(sentence)) <= LONGEST else ""


def _usable(sentence: str) -> bool:
    plain = sentence[0].isupper() and sentence[-1] in ".!?" and not _OTHER_TALK.search(sentence)
    return plain and bool(_TALK.search(sentence)) and 2 <= len(tokens(sentence)) <= LONGEST
