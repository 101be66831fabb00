import pytest

from tests.nlg.builders import customer, trainee
from trainer.nlg.caller import name_of_caller

OTHERS = ("Erika Petersen", "Studio Wellenschlag", "Kraftraum")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Guten Tag, mein Name ist Lena Vogt.", "Lena Vogt"),
        ("Guten Tag, hier ist Jonas Kern vom Studio Wellenschlag.", "Jonas Kern"),
        ("Hier spricht Frau Vogt von der Kundenbetreuung.", "Frau Vogt"),
        ("Guten Tag, Frau Petersen, Jonas Tewes hier, vom Studio Wellenschlag.", "Jonas Tewes"),
        ("Ich heiße Şirin Öztürk und rufe für das Studio an.", "Şirin Öztürk"),
        ("Guten Tag, Svenja Paulsen ist mein Name.", "Svenja Paulsen"),
        ("guten tag mein name ist lena vogt von wellenschlag", "Lena Vogt"),
        ("Hallo, hier ist der Dennis Krall vom Studio.", "Dennis Krall"),
    ],
)
def test_the_caller_is_called_what_they_call_themselves(said: str, expected: str) -> None:
    assert name_of_caller([trainee(said)], others=OTHERS) == expected


@pytest.mark.parametrize(
    "said",
    [
        "Guten Tag, Vogt hier.",
        "Guten Tag, Frau Petersen.",
        "Hier ist das Studio Wellenschlag.",
        "Mein Name ist Erika Petersen.",
        "Hier ist Ihre Ansprechpartnerin.",
        "Guten Tag, Kundenbetreuung Studio Wellenschlag hier.",
        "Ich bin die Neue im Team.",
        "Spreche ich mit Frau Petersen von nebenan?",
        "",
    ],
)
def test_no_name_is_invented(said: str) -> None:
    assert name_of_caller([trainee(said)], others=OTHERS) is None


def test_the_customers_own_words_name_nobody() -> None:
    assert name_of_caller([customer("Hier ist Karl Meier.")], others=OTHERS) is None
