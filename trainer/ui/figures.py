"""Numbers as people write them."""

from trainer.core.text import Language
from trainer.ui.texts import Texts


def euros(amount: float, t: Texts) -> str:
    """Returns whole euros: `1.240 €` in German, `€1,240` in English."""
    number = f"{abs(amount):,.0f}"
    minus = "−" if round(amount) < 0 else ""
    if t.language is Language.GERMAN:
        return f"{minus}{number.replace(',', '.')} €"
    return f"{minus}€{number}"


def decimal(number: float | None, digits: int, t: Texts) -> str:
    """Returns a number with so many decimals, in German with a comma; a dash for none."""
    if number is None:
        return "–"
    shown = f"{number:.{digits}f}"
    return shown.replace(".", ",") if t.language is Language.GERMAN else shown
