import pytest

from tests.personas import SHIPPED
from trainer.core.duration import months_in


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("zehn Monaten", 10),
        ("einem Monat", 1),
        ("einem halben Jahr", 6),
        ("einem guten halben Jahr", 6),
        ("zwei Jahren", 24),
        ("anderthalb Jahren", 18),
        ("26 Wochen", 6),
        ("einem knappen Jahr", 12),
        ("langer Zeit", None),
        ("vielen Monaten", None),
        ("", None),
    ],
)
def test_months_are_read_from_words(text: str, months: float | None) -> None:
    assert months_in(text) == (months if months is None else pytest.approx(months))


@pytest.mark.parametrize("persona", SHIPPED, ids=lambda persona: persona.id)
def test_it_is_known_of_every_shipped_customer_how_long_they_are_gone(persona) -> None:
    assert 0 < (months_in(persona.card.lost_for) or 0) <= 24
