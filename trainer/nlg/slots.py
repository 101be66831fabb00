"""Fills `{firma}`, `{agent}`, `{wettbewerber}`, `{angebot}` and `{dauer}` with correct grammar.

A company takes an article where its name begins or ends with a common noun („bei der Gärtnerei
Lindach“, „bei Telvano“). The case follows from the word before the slot.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from trainer.core.persona import Persona
from trainer.core.plan import Benefit
from trainer.nlg.lexicon import load_lexicon

_SLOT = re.compile(r"(?:(?P<before>[\w]+)\s+)?\{(?P<name>\w+)\}")
_SENTENCE_START = re.compile(r"(?:^|[.!?…]\s+)$")


class Case(StrEnum):
    """The cases a slot can stand in."""

    NOMINATIVE = "nominative"
    ACCUSATIVE = "accusative"
    DATIVE = "dative"


_CASE_AFTER: Mapping[str, Case] = {
    **dict.fromkeys(("bei", "von", "mit", "zu", "aus", "seit", "nach", "vor"), Case.DATIVE),
    **dict.fromkeys(("für", "gegen", "durch", "ohne", "um"), Case.ACCUSATIVE),
}
_BARE_AFTER = frozenset(("namen", "firma", "ach", "diese", "ihre"))

_ARTICLES: Mapping[Case, Mapping[str, str]] = {
    Case.NOMINATIVE: {"f": "die", "n": "das", "m": "der", "p": "die"},
    Case.ACCUSATIVE: {"f": "die", "n": "das", "m": "den", "p": "die"},
    Case.DATIVE: {"f": "der", "n": "dem", "m": "dem", "p": "den"},
}
_CONTRACTED: Mapping[str, str] = {
    "bei dem": "beim",
    "von dem": "vom",
    "zu dem": "zum",
    "zu der": "zur",
}

_OFFERS: Mapping[Benefit, tuple[tuple[str, str], ...]] = {
    Benefit.DISCOUNT: (
        (r"\b(\w+) prozent\b", r"\1 Prozent"),
        (r"freimonat|gratismonat|monat (?:gratis|geschenkt|umsonst|frei)", "ein Freimonat"),
        (r"gutschein", "ein Gutschein"),
        (r"rabatt", "ein Rabatt"),
        (r"", "ein Preisnachlass"),
    ),
    Benefit.GIFT: ((r"", "ein Geschenk"),),
    Benefit.BETTER_SERVICE: (
        (r"ansprechpartnerin", "eine feste Ansprechpartnerin"),
        (r"ansprechpartner", "ein fester Ansprechpartner"),
        (r"durchwahl", "eine eigene Durchwahl"),
        (r"", "ein besserer Service"),
    ),
    Benefit.BETTER_OFFER: ((r"tarif", "ein neuer Tarif"), (r"", "ein neues Angebot")),
    Benefit.PREMISES: ((r"filiale", "eine neue Filiale"), (r"", "neue Räume")),
    Benefit.NEW_STAFF: ((r"\bteam\b", "ein neues Team"), (r"", "neue Leute")),
}
_PERCENT = re.compile(r"\d{1,2}|[a-zäöüß]{3,20}")


@dataclass(frozen=True, slots=True)
class Fillings:
    """What the slots of one turn may be filled with; None makes lines with that slot unusable."""

    company: str
    competitor: str | None
    duration: str
    caller: str | None
    offer: str | None


def fillings_for(
    persona: Persona, *, caller: str | None, benefit: Benefit | None, said: str
) -> Fillings:
    """Collects the fillings.

    Args:
        persona: The customer.
        caller: The caller's form of address, see `caller.name_of_caller`.
        benefit: The offer the customer speaks about, if any.
        said: The trainee's words that made the offer.
    """
    return Fillings(
        company=persona.company,
        competitor=persona.competitor,
        duration=persona.card.lost_for,
        caller=caller,
        offer=None if benefit is None else name_offer(benefit, said),
    )


def name_offer(benefit: Benefit, said: str) -> str:
    """Returns a noun phrase for an offer in the nominative, close to the trainee's own words."""
    for pattern, phrase in _OFFERS[benefit]:
        match = re.search(pattern, said, re.IGNORECASE)
        if match is None:
            continue
        if not match.groups():
            return phrase
        if _PERCENT.fullmatch(match.group(1).lower()):
            return match.expand(phrase)
    raise AssertionError("the last pattern of each benefit matches everything")


def with_article(name: str, case: Case) -> str:
    """Returns a company's name with the article it needs in this case, if it needs one."""
    gender = _gender(name)
    return f"{_ARTICLES[case][gender]} {name}" if gender else name


def fill(text: str, fillings: Fillings) -> str | None:
    """Returns the text with all slots filled, or None where a filling is missing or wrong."""
    values = {
        "firma": fillings.company,
        "wettbewerber": fillings.competitor,
        "dauer": fillings.duration,
        "agent": fillings.caller,
        "angebot": fillings.offer,
    }
    parts: list[str] = []
    end = 0
    for match in _SLOT.finditer(text):
        value = values[match.group("name")]
        if value is None or _is_plural_subject(match, text, value):
            return None
        parts += [text[end : match.start()], _one(match, text, value)]
        end = match.end()
    return "".join([*parts, text[end:]])


def _one(match: re.Match[str], text: str, value: str) -> str:
    before = match.group("before")
    if match.group("name") in ("firma", "wettbewerber"):
        value = _inflected(before, value)
    filled = f"{before} {value}" if before else value
    for long, short in _CONTRACTED.items():
        filled = re.sub(rf"^{long}\b", short, filled, flags=re.IGNORECASE)
    if _SENTENCE_START.search(text[: match.start()]):
        return filled[0].upper() + filled[1:]
    return filled


def _inflected(before: str | None, value: str) -> str:
    if before is None or before.lower() in _BARE_AFTER:
        return value
    return with_article(value, _CASE_AFTER.get(before.lower(), Case.NOMINATIVE))


def _is_plural_subject(match: re.Match[str], text: str, value: str) -> bool:
    """„Die Stadtwerke braucht zehn“: the corpus lines have a singular verb there."""
    if match.group("name") != "wettbewerber" or _gender(value) != "p":
        return False
    before = (match.group("before") or "").lower()
    return before not in _CASE_AFTER and not text[match.end() :].startswith(",")


def _gender(name: str) -> str | None:
    words = name.split()
    lexicon = load_lexicon()
    return lexicon.gender_of(words[0]) or lexicon.gender_of(words[-1])
