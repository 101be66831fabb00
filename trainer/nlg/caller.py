"""How to address the caller: only by what they said of themselves, never by a guess.

    "Guten Tag, mein Name ist Lena Vogt."   ->  "Lena Vogt"
    "Hier ist Frau Vogt von der Post."      ->  "Frau Vogt"
    "Vogt hier, hallo."                     ->  None: a bare last name would be rude

No title is inferred from a first name.
"""

import re
from collections.abc import Iterator, Sequence

from trainer.core.acts import Speaker
from trainer.core.turn import Turn
from trainer.nlg.lexicon import load_lexicon

_NAME = r"[A-ZÄÖÜÇĞİŞÉŁŠŽ][^\W\d_A-Z]+(?:-[A-ZÄÖÜ][^\W\d_A-Z]+)?"
_FULL = rf"(?:(?P<title>Frau|Herr)\s+(?P<last>{_NAME})|(?P<full>{_NAME}\s+{_NAME}))"
_END = (
    r"(?=\s*(?:[,.!?;:–-]|$|und\b|von\b|vom\b|aus\b|hier\b|am\b|bei\b|beim\b|ich\b|mein\b|zwei\b))"
)
_PATTERNS = (
    re.compile(rf"\b[Mm]ein Name ist\s+{_FULL}{_END}"),
    re.compile(rf"\b[Ii]ch hei(?:ß|ss)e\s+{_FULL}{_END}"),
    re.compile(rf"\b[Hh]ier (?:ist|spricht)(?: die| der)?\s+{_FULL}{_END}"),
    re.compile(rf"\b[Ii]ch bin(?: die| der)?\s+{_FULL}(?=\s*(?:,|\.|!|$|von\b|vom\b|aus\b|und\b))"),
    re.compile(rf"(?:^|[,.!]\s*){_FULL}(?:\s+hier\b|\s+am Apparat|,? (?:ist )?mein Name\b)"),
    re.compile(rf"(?:^|[,.!]\s*){_FULL},?\s+(?:von|vom)\s+(?:der |dem |den )?{_NAME}"),
)
_TYPED = re.compile(
    r"\bmein name ist ([a-zäöüß]{2,20}) ([a-zäöüß]{2,20})(?=\s*(?:$|[,.!]|von\b|vom\b|und\b|ich\b))"
)


def name_of_caller(talk: Sequence[Turn], *, others: Sequence[str]) -> str | None:
    """Returns the form of address the caller gave, or None.

    Args:
        talk: The talk so far.
        others: Words that are no name of the caller: the customer's name, the company.
    """
    taken = {word for other in others for word in other.split()} | load_lexicon().no_names
    spoken = [turn.text for turn in talk if turn.speaker is Speaker.TRAINEE]
    names = (name for text in spoken for name in _given(text))
    return next((name for name in names if not taken & _words_of(name)), None)


def _words_of(name: str) -> set[str]:
    return set(name.removeprefix("Frau ").removeprefix("Herr ").split())


def _given(text: str) -> Iterator[str]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            title, full = match.group("title"), match.group("full")
            yield f"{title} {match.group('last')}" if title else " ".join(full.split())
    for match in _TYPED.finditer(text):
        yield f"{match.group(1).title()} {match.group(2).title()}"
