"""The terms of an offer: the figures the customer remembers and holds the caller to.

"Ich gebe Ihnen zwanzig Prozent Rabatt."  ->  {"prozent": "zwanzig"}
"""

import re
from collections.abc import Mapping

from trainer.core.acts import OFFERS
from trainer.core.plan import BENEFIT_OF_OFFER, Benefit
from trainer.core.turn import Turn
from trainer.dialogue.weights import WEIGHTS

_UNITS = {
    "prozent": "prozent",
    "%": "prozent",
    "euro": "euro",
    "€": "euro",
    "monat": "monat",
    "woche": "woche",
    "tag": "tag",
    "stunde": "stunde",
    "jahr": "jahr",
}
_TERM = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?|[a-zäöüß]*(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
    r"|zig|ßig|hundert)[a-zäöüß]*)\s*(?P<unit>prozent|%|euro|€|monat|woche|tag|stunde|jahr)",
    re.IGNORECASE,
)


def terms_in(text: str) -> dict[str, str]:
    """Returns the figures of a text by their unit."""
    return {
        _UNITS[match["unit"].lower()]: match["number"].lower() for match in _TERM.finditer(text)
    }


def terms_of_offers(turn: Turn) -> dict[Benefit, Mapping[str, str]]:
    """Returns the figures that stand in the sentence of each offer; offers without any left out."""
    found: dict[Benefit, Mapping[str, str]] = {}
    for segment in turn.segments:
        terms = terms_in(segment.text)
        for act in OFFERS:
            if terms and segment.acts.get(act, 0.0) >= WEIGHTS.accuse_from:
                found[BENEFIT_OF_OFFER[act]] = terms
    return found


def contradicts(now: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Whether a figure is another one than was named for the same thing before."""
    return any(before.get(unit, number) != number for unit, number in now.items())
