"""Words of a German text: folding, stems, numbers as spoken, sentences.

Rough by intent: it compares what two people said, it does not parse.
"""

import re

from trainer.nlg.lexicon import load_lexicon

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE = re.compile(r".+?(?:[.!?…]+[“\"”’')]*(?=\s|$)|$)", re.DOTALL)
_ABBREVIATION = re.compile(r"(?:^|[\s(„])(?:Dr|Prof|Nr|Str|St|ca|bzw|usw|z\. ?B|d\. ?h|\d{1,2})\.$")
_SUFFIXES = ("ern", "en", "er", "es", "em", "e", "n", "s", "t")
_BRACKETS = str.maketrans("[]<>{}|", "()()()/")
_FOLDED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "’": "'"})

_ONES = (
    *("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
    *("elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn"),
    "neunzehn",
)
_TENS = (
    *("", "", "zwanzig", "dreißig", "vierzig"),
    *("fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"),
)
_NUMBER_WORD = re.compile(
    r"(?:null|zwei|zwo|drei|vier|fünf|sechs|sechzehn|sieb|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|"
    r"vierzig|fünfzig|hundert|tausend|million)(?:en|zehn|zig|hundert|tausend|und|\w)*",
    re.IGNORECASE,
)
_NOT_NUMBERS = re.compile(
    r"(?:zweifel|zweit|dritt|viert|neun?t|acht(?:e|en|et|ung|sam|los)|dreist|dreh|siebe?n?t|einzeln|"
    r"verzwei|vierte|fünft|sechst|zehnt|elft|zwölft|hundertst)",
    re.IGNORECASE,
)


def unmarked(text: str) -> str:
    """Returns a text without the brackets by which plans and a chat's roles are told apart."""
    return text.translate(_BRACKETS)


def tokens(text: str) -> list[str]:
    """Returns the words as written."""
    return _WORD.findall(text)


def fold(text: str) -> str:
    """Returns the text in lower case without umlauts, however they were typed."""
    lowered = text.lower().translate(_FOLDED)
    return re.sub(r"([aou])e(?!r\b|n\b|u)", r"\1", lowered)


def stem(word: str) -> str:
    """Returns a folded word without its ending."""
    folded = fold(word)
    for suffix in _SUFFIXES:
        if folded.endswith(suffix) and len(folded) - len(suffix) >= 3:
            return folded.removesuffix(suffix)
    return folded


_FUNCTION_WORDS = frozenset(map(fold, load_lexicon().function_words))


def content_stems(text: str) -> frozenset[str]:
    """Returns the stems of what is no function word; digits also as spoken."""
    found = [word for word in tokens(text) if fold(word) not in _FUNCTION_WORDS]
    spoken = (spell(int(word)) for word in found if word.isdecimal() and len(word) <= 4)
    return frozenset(map(stem, [*found, *spoken]))


def spell(number: int) -> str:
    """Returns how a number below 10,000 is spoken."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        lead = "ein" if ones == 1 else _ONES[ones]
        return _TENS[tens] if ones == 0 else f"{lead}und{_TENS[tens]}"
    unit, name = (1000, "tausend") if number >= 1000 else (100, "hundert")
    head, rest = divmod(number, unit)
    lead = "" if head == 1 else spell(head)
    return f"{lead}{name}{spell(rest) if rest else ''}"


def numbers(text: str) -> frozenset[str]:
    """Returns the stems of all numbers from two on, in digits or words, as spoken."""
    found: set[str] = set()
    for word in tokens(text):
        if word.isdecimal():
            found.add(stem(spell(int(word)) if len(word) <= 4 else word))
        elif _NUMBER_WORD.fullmatch(word) and not _NOT_NUMBERS.match(word):
            found.add(stem(word))
    return frozenset(found - {"ein", "eins"})


def sentences(text: str) -> list[str]:
    """Cuts a text after full stops, question and exclamation marks; joined it is whole."""
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        piece = match.group().strip()
        if found and (_ABBREVIATION.search(found[-1]) or piece[:1].islower()):
            found[-1] = f"{found[-1]} {piece}"
        elif piece:
            found.append(piece)
    return found


def normalize(text: str) -> str:
    """Returns what counts when two sentences are compared: folded words, no marks."""
    return " ".join(fold(word) for word in tokens(text))
