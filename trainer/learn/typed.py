"""Written lines as a hurried typist or a speech recogniser would have them."""

import re
from dataclasses import replace
from random import Random

from trainer.nlu.features import Utterance

_MARKS = re.compile(r"[^\w\s'’]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_UMLAUT_SHARE, _TYPO_SHARE = 0.4, 0.6
_FEWEST_WORDS, _SHORTEST_WORD = 4, 5


def unmarked(text: str) -> str:
    """Returns a text in lower case and without punctuation."""
    return " ".join(_MARKS.sub(" ", text.lower()).split())


def typed(text: str, random: Random) -> str:
    """Returns a text unmarked, at times with ae for ä, at times with one slip of the finger."""
    text = unmarked(text)
    if random.random() < _UMLAUT_SHARE:
        text = text.translate(_UMLAUTS)
    words = text.split()
    if len(words) >= _FEWEST_WORDS and random.random() < _TYPO_SHARE:
        place = random.randrange(len(words))
        words[place] = _with_slip(words[place], random)
    return " ".join(words)


def typed_utterance(utterance: Utterance) -> Utterance:
    """Returns a segment and its surroundings as typed; the same for the same segment."""
    random = Random(f"{utterance.text}|{utterance.context}")  # noqa: S311 - no secret
    return replace(
        utterance,
        text=typed(utterance.text, random),
        context=typed(utterance.context, random),
        before=typed(utterance.before, random),
    )


def _with_slip(word: str, random: Random) -> str:
    if len(word) < _SHORTEST_WORD:
        return word
    at = random.randrange(len(word) - 1)
    dropped = word[:at] + word[at + 1 :]
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    doubled = word[: at + 1] + word[at:]
    return random.choice([dropped, swapped, doubled])
