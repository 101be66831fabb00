"""How many months a spoken German duration lasts: „zehn Monaten“, „einem guten halben Jahr“."""

import re

_COUNTED = """
    null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn
    sechzehn siebzehn achtzehn neunzehn zwanzig
"""
_NUMBERS = _COUNTED.split()
_UNITS = {"tag": 1 / 30, "woche": 12 / 52, "monat": 1.0, "jahr": 12.0}
_DURATION = re.compile(
    r"(?P<number>\d+|\w+) (?:gut|knapp)?(?:e[mnr])? ?(?P<half>halben )?"
    r"(?P<unit>tag|woche|monat|jahr)\w*",
    re.IGNORECASE,
)


def months_in(text: str) -> float | None:
    """Returns the months a duration lasts, or None where it is not understood.

    Args:
        text: A number up to twenty as word or in digits, and days, weeks, months or years.
    """
    match = _DURATION.search(" ".join(text.split()))
    if match is None:
        return None
    number = _number(match.group("number").lower())
    if number is None:
        return None
    return number * _UNITS[match.group("unit").lower()] * (0.5 if match.group("half") else 1.0)


def _number(word: str) -> float | None:
    if word.isdigit():
        return float(word)
    if word in ("anderthalb", "eineinhalb"):
        return 1.5
    if word in ("einem", "einer", "einen"):
        return 1.0
    return float(_NUMBERS.index(word)) if word in _NUMBERS else None
