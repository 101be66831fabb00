"""Which of the three objections a sentence talks about, by its words."""

import re
from collections.abc import Mapping

from trainer.core.plan import Objection

_WORDS: Mapping[Objection, re.Pattern[str]] = {
    Objection.TIME: re.compile(
        r"\bzeit|zeitlich|minute|stunde|aufwand|termin|papierkram|lauferei|eingedeckt|rennen?\b",
        re.IGNORECASE,
    ),
    Objection.COST: re.compile(
        r"preis|\bteuer|billig|günstig|euro|cent\b|prozent|rabatt|\bgeld|zahl[et]?\b|zahlen|bezahl|"
        r"kost(?:en|et)|gebühr|rechnung|gerechnet|portemonnaie|konto\b",
        re.IGNORECASE,
    ),
    Objection.UNCERTAINTY: re.compile(
        r"vertrau|misstrau|zweifel|sicher|unsicher|garantie|beruhig|ruhiger|sorge\b|glaub|"
        r"schriftlich|beim Wort|verspr|kündigungsrecht|wohler|festleg",
        re.IGNORECASE,
    ),
}


def topics_of(text: str) -> frozenset[Objection]:
    """Returns the objections whose words occur; empty for a general sentence."""
    return frozenset(topic for topic, words in _WORDS.items() if words.search(text))
