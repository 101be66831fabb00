"""What two German texts have in common, as far as scoring needs it."""

import re
from functools import lru_cache

_WORD = re.compile(r"[a-zäöüß]+")
_STEM = 5
_ECHO = 0.6
"""Share of a turn's words from which it is an echo."""
_QUOTED = re.compile("„[^“”]*[“”]")
_FUNCTION_WORDS = frozenset(
    _WORD.findall(
        """aber alle allem allen alles also auch auf aus bei beim bin bis bisschen bitte
        damit dann dass dein denn der deren des dem den die das dies diese diesem diesen
        dieser dieses doch dort durch eben eigentlich ein eine einem einen einer eines
        einfach einmal etwas euch fand finde für ganz gar gegen gerade gern gerne gibt
        ging hab habe haben hat hatte hatten hätte hätten halt heißt hier ihm ihn ihnen
        ihr ihre ihrem ihren ihrer immer ist jetzt kann kein keine keinen klar kommen
        können könnte könnten machen macht mal man mehr mein meine meinen meiner mich
        mir möchte möchten muss müssen müsste nach natürlich nein nicht nichts noch nun
        nur oder ohne richtig sagen sagt sehr sein seine selber sich sicher sie sind
        soll sollen sollte sonst über und uns unser unsere unserem unseren unserer
        vielleicht vom von vor wann war wäre wären waren warum was weil weiß welche wenn
        wer werden wie wieder will wir wird wirklich wissen wo wollen wollte worden
        würde würden zum zur herr frau danke guten tag gut genau okay schon heute"""
    )
)

_WHEN_OR_HOW_MUCH = re.compile(
    r"""\b(montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|werktag)(s|e)?\b
    |\b(januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\b
    |\b(heute|morgen\ (früh|mittag|vormittag|nachmittag|abend|um)|übermorgen|bis\ morgen)\b
    |\b(nächste[nrs]?|kommende[nrs]?|diese[nrs]?|folgende[nrs]?)\ (woche|monat|quartal|jahr)\b
    |\b(uhr|euro|prozent|viertel|halb\ [a-zäöü]+)\b
    |\bin\ \S+\ (minuten|stunden|tagen|wochen|monaten)\b
    |\bum\ (eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)\b
    |\bzum\ (\S*ersten|zweiten|dritten|fünfzehnten|\S+ende)\b
    |\d""",
    re.VERBOSE | re.IGNORECASE,
)

_BUSY = re.compile(
    r"\b(im auto|am steuer|an der tür|vor der tür|besuch da|beim arzt|im wartezimmer|am herd"
    r"|beim (essen|kochen|einkaufen)|an der kasse|unterwegs|in der bahn|im (zug|bus)|der arbeit"
    r"|in einer? (sitzung|besprechung|termin)|kund(en|schaft) (da|im laden)|die kinder|das kind"
    r"|kund(in|e) (am tisch|vor mir)|(am|zu) tisch|an der rampe|im mantel|auf dem sprung"
    r"|bus fährt|holt mich ab|muss (gleich|jetzt) (los|weg)"
    r"|schlechter moment|baustelle|leiter|gast vor mir|besprechung|wartet jemand"
    r"|(ungünstig|unpassend)(er moment)?)\b",
    re.IGNORECASE,
)
_PUTS_OFF = re.compile(
    r"\birgend(wann|was|wie)\b|\bdie tage\b|\bdemnächst\b|\bbei gelegenheit\b|\bmal schauen\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    """Returns the stems of the words that carry meaning; empty for a text of function words."""
    words = (word for word in _WORD.findall(text.lower()) if word not in _FUNCTION_WORDS)
    return frozenset(word[:_STEM] for word in words if len(word) > 3)


def same_words(first: str, second: str) -> bool:
    """Tells whether one text says the other again, at most an odd word changed.

    What stands in quotation marks is somebody else's and does not make a text new.
    """
    one, other = _own_words(first), _own_words(second)
    return bool(one | other) and len(one & other) >= 0.8 * len(one | other)


def copies(text: str, source: str) -> bool:
    """Tells whether nearly all words of a longer text stand in the source."""
    words = _WORD.findall(text.lower())
    known = set(_WORD.findall(source.lower()))
    return len(words) > 4 and sum(word in known for word in words) >= 0.85 * len(words)


def echoes(text: str, heard: str) -> bool:
    """Tells whether a turn says the one before it again and hardly a word more."""
    words, known = _WORD.findall(text.lower()), set(_WORD.findall(heard.lower()))
    return len(known) > 2 and sum(word in known for word in words) >= _ECHO * max(len(words), 4)


@lru_cache(maxsize=4096)
def _own_words(text: str) -> frozenset[str]:
    own = _QUOTED.sub(" ", text)
    return frozenset(_WORD.findall((own if _WORD.search(own.lower()) else text).lower()))


def is_busy(text: str) -> bool:
    """Tells whether somebody names what keeps them right now („Ich sitze gerade im Auto“)."""
    return _BUSY.search(text) is not None


def puts_off(text: str) -> bool:
    """Tells whether a text leaves the time open („irgendwann“, „bei Gelegenheit“)."""
    return _PUTS_OFF.search(text) is not None


def is_concrete(text: str) -> bool:
    """Tells whether a text names a day, a time, a date or an amount."""
    return _WHEN_OR_HOW_MUCH.search(text) is not None
