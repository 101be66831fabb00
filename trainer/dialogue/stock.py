"""Stock phrases: sentences every call centre says, which tell a customer that nobody listens."""

import re

_STOCK = re.compile(
    r"zufriedenheit (?:unserer|ist uns|liegt uns|steht|hat)"
    r"|liegt uns (?:sehr |besonders )?am herzen"
    r"|nehmen (?:wir )?(?:ihr|jed)\w* \w+ (?:sehr |wirklich )?ernst\b"
    r"|bedauern? (?:\w+ )?(?:die|etwaige|eventuelle|entstandene)\w* (?:\w+ )?unannehmlichkeit"
    r"|für (?:die|etwaige|entstandene)\w* (?:\w+ )?unannehmlichkeit"
    r"|(?:vielen |herzlichen )?dank für (?:ihr|das) feedback"
    r"|(?:ihr|das) feedback (?:hilft|ist uns|nehmen)"
    r"|arbeiten (?:wir )?(?:stetig|ständig|kontinuierlich|laufend) (?:daran|an (?:der|unser))"
    r"|(?:oberste|höchste|größte) priorität"
    r"|\bkund\w+\b.{0,30}\b(?:könig|mittelpunkt)\b|mittelpunkt unser"
    r"|(?:bitten|bitte) (?:wir )?um (?:ihr )?verständnis"
    r"|gebe? (?:ich )?(?:das |es )?(?:gern\w* )?(?:so )?(?:an die )?(?:zuständige\w* )?"
    r"(?:fachabteilung|stelle) weiter",
    re.IGNORECASE,
)


def is_stock(text: str) -> bool:
    """Whether a stock phrase stands in the text."""
    return _STOCK.search(" ".join(text.split())) is not None
