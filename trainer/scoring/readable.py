"""Whether the words of a transcript can be judged: readable, German, and each with its speaker."""

import re
from collections.abc import Sequence

from trainer.core.acts import Speaker
from trainer.core.turn import Turn

_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GARBLED = re.compile(
    r"\ufffd|Ã[\u0080-\u00bf¤¶¼Ÿ„–œŒž]|â€|Â[\u00a0-\u00bf]"
    r"|\b(f\?r|w\?r|g\?rt|k\?nft|h\?tt|k\?nn|m\?cht|m\?ss|zur\?ck|nat\?rlich|sch\?n|gr\?\?)|\B\?ber",
    re.IGNORECASE,
)
_GARBLED_SHARE = 0.1
"""Share of turns with broken characters from which a transcript cannot be trusted."""
_FOREIGN_SHARE = 0.25
"""Share of the words in turns of another language from which acts cannot be recognised."""
_FEW_WORDS = 3

_GERMAN = _words(
    """ich sie wir und oder aber nicht ist sind war haben hat hab wäre kann der das dem den die ein
    eine einen ihnen ihr ihre uns mir mich bei mit für von zu zum zur auf im auch noch mal ja nein
    doch denn wie warum was wann wer gut guten danke bitte herr frau es dass mehr dann da so"""
)
_OTHERS = tuple(
    _words(words)
    for words in (
        "the you your and is are this that what have has with we do does please hello can could "
        "would my me of to for why how it they our i not be in on at was but so if",
        "je vous nous le les est et pas pour bonjour que qui avec dans une mais merci votre la de",
        "el los las usted que por para con hola una pero como muy gracias su está señor de la en",
        "il lo gli che per con sono una buongiorno grazie non ma come perché lei signora di la",
        "bir ve için ben siz merhaba nasıl ne bu çok değil evet hayır musunuz sizi efendim",
        "się nie jest to na dzień dobry pan pani czy jak dlaczego proszę dziękuję ale mi",
    )
)
_LATIN = "\u0250"

_CALLS = re.compile(
    r"\b(mein name ist|ich rufe? .{0,40}\ban\b|ich melde mich|grund meines anrufs"
    r"|passt es (ihnen )?(gerade|kurz)|haben sie .{0,20}(minuten|moment|zeit) für mich)",
    re.IGNORECASE,
)
_FIRST_TURNS = 3
_YOU = _words("sie ihnen ihr ihre ihren ihrem ihrer")
_ME = _words("ich mir mich mein meine meinen meinem meiner")
_TURNED = 1.75
"""How much more the one called the customer must speak of „Sie“ to be the caller.

In the rated and the simulated calls the highest is 1.22; turned round, nine of ten exceed 1.5.
"""
_WORDS_TO_TELL = 40


def is_garbled(turns: Sequence[Turn]) -> bool:
    """Tells whether characters were broken on the way."""
    broken = sum(_GARBLED.search(turn.text) is not None for turn in turns)
    return broken > 0 and broken >= _GARBLED_SHARE * len(turns)


def is_foreign(turns: Sequence[Turn]) -> bool:
    """Tells whether a good part of what either side says is in another language."""
    return any(
        _foreign_share([turn.text for turn in turns if turn.speaker is speaker]) >= _FOREIGN_SHARE
        for speaker in Speaker
    )


def has_swapped_speakers(turns: Sequence[Turn]) -> bool:
    """Tells whether the one called the customer speaks like the caller."""
    said = {s: [turn.text for turn in turns if turn.speaker is s] for s in Speaker}
    turned = _address(said[Speaker.CUSTOMER]) / _address(said[Speaker.TRAINEE])
    calls = {s: any(map(_CALLS.search, texts[:_FIRST_TURNS])) for s, texts in said.items()}
    if calls[Speaker.CUSTOMER] and not calls[Speaker.TRAINEE]:
        return turned > 1
    words = min(sum(len(_WORD.findall(text)) for text in texts) for texts in said.values())
    asked = {s: sum(text.count("?") for text in texts) for s, texts in said.items()}
    asks = 2 * asked[Speaker.CUSTOMER] >= asked[Speaker.TRAINEE]
    return turned > _TURNED and asks and words >= _WORDS_TO_TELL


def _foreign_share(texts: Sequence[str]) -> float:
    words = [_WORD.findall(text.lower()) for text in texts]
    total = sum(map(len, words))
    return sum(len(turn) for turn in words if _is_foreign(turn)) / total if total else 0.0


def _is_foreign(words: Sequence[str]) -> bool:
    if len(words) < _FEW_WORDS:
        return False
    letters = "".join(words)
    if 2 * sum(letter < _LATIN for letter in letters) < len(letters):
        return True
    german = sum(word in _GERMAN for word in words)
    return max(sum(word in known for word in words) for known in _OTHERS) >= max(2, 2 * german)


def _address(texts: Sequence[str]) -> float:
    """Returns how much more often „Sie“ is spoken of than „ich“, as a ratio."""
    words = [word for text in texts for word in _WORD.findall(text.lower())]
    return (1 + sum(word in _YOU for word in words)) / (1 + sum(word in _ME for word in words))
