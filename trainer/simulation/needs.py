"""Which offer an agent thinks of, from nothing but what the customer has told."""

import re
from collections.abc import Mapping, Sequence

_TALKS_OF: Mapping[str, re.Pattern[str]] = {
    offer: re.compile(words, re.IGNORECASE)
    for offer, words in {
        "offer_service": (
            r"rückruf|zurückruf|zurückgerufen|meldet|gemeldet|melden|erreich|warte|antwort|gekümmert"
            r"|kümmer|bescheid|beschwer|reklam|ernst|verlass|verläss|hotline|brief|zuhör|interessiert"
            r"|pünktlich|termin|vergessen|ignoriert|nachgefragt|nachfrag|keiner|niemand|kein mensch"
        ),
        "offer_staff": (
            r"unfreundlich|frech|ton\b|tonfall|respekt|höflich|angefahren|angeschn|angebl|beleidig"
            r"|mitarbeiter|ansprechpartner|kolleg|personal|ausgelacht|herablassend|wechselnd|gesicht"
        ),
        "offer_product": (
            r"qualität|ware|sortiment|auswahl|tarif|neukund|produkt|geschmack|schmeck|frisch|modell"
            r"|angebot|verbrauch|vergleich|leistung|rezept|sorten|kaputt"
            r"|bestandskund|stammkund|vertrag"
        ),
        "offer_discount": (
            r"preis|teuer|euro|cent\b|geld|günstig|billig|rabatt|kostet|gebühr|prozent|beitrag"
        ),
        "offer_premises": r"räum|umkleide|parkpl|filiale|standort|gebäude|\beng\b|weg(e)? zu weit",
        "offer_gift": r"\btreue\b|dankeschön|geburtstag|aufmerksamkeit|kleinigkeit",
    }.items()
}


def offers_by_need(told: Sequence[str]) -> list[str]:
    """Returns the offers, the one that answers most of what was told first."""
    text = " ".join(told)
    weight = {offer: len(words.findall(text)) for offer, words in _TALKS_OF.items()}
    return sorted(weight, key=lambda offer: -weight[offer])
