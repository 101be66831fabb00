"""Amounts as people write them."""

from trainer.core.text import Language
from trainer.ui.texts import Texts


def euros(amount: float, t: Texts) -> str:
    """Returns whole euros: `1.240 €` in German, `€1,240` in English."""
    number = f"{abs(amount):,.0f}"
    minus = "−" if round(amount) < 0 else ""
    if t.language is Language.GERMAN:
        return f"{minus}{number.replace(',', '.')} €"
    return f"{minus}€{number}"
