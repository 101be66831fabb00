import pytest

from trainer.core.plan import Benefit
from trainer.nlg.slots import Case, Fillings, fill, name_offer, with_article

FILLED = Fillings(
    company="Gärtnerei Lindach",
    competitor="Kraftraum",
    duration="sieben Monaten",
    caller="Lena Vogt",
    offer="ein Freimonat",
)


@pytest.mark.parametrize(
    ("name", "case", "expected"),
    [
        ("Gärtnerei Lindach", Case.NOMINATIVE, "die Gärtnerei Lindach"),
        ("Gärtnerei Lindach", Case.ACCUSATIVE, "die Gärtnerei Lindach"),
        ("Gärtnerei Lindach", Case.DATIVE, "der Gärtnerei Lindach"),
        ("Druckhaus Rennert", Case.NOMINATIVE, "das Druckhaus Rennert"),
        ("Druckhaus Rennert", Case.DATIVE, "dem Druckhaus Rennert"),
        ("Lesezirkel Verlag", Case.ACCUSATIVE, "den Lesezirkel Verlag"),
        ("Stadtwerke Lohbach", Case.NOMINATIVE, "die Stadtwerke Lohbach"),
        ("Stadtwerke Lohbach", Case.DATIVE, "den Stadtwerke Lohbach"),
        ("Telvano", Case.DATIVE, "Telvano"),
        ("Telvano", Case.NOMINATIVE, "Telvano"),
    ],
)
def test_a_company_takes_the_article_its_noun_needs(name: str, case: Case, expected: str) -> None:
    assert with_article(name, case) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Was gibt es Neues bei {firma}?", "Was gibt es Neues bei der Gärtnerei Lindach?"),
        ("Ach, {firma}, dass es Sie noch gibt!", "Ach, Gärtnerei Lindach, dass es Sie noch gibt!"),
        ("Ich bin jetzt bei {wettbewerber}.", "Ich bin jetzt bei Kraftraum."),
        ("Mit {wettbewerber}.", "Mit Kraftraum."),
        ("Ja, seit {dauer}.", "Ja, seit sieben Monaten."),
        ("Guten Tag, {agent}.", "Guten Tag, Lena Vogt."),
        ("{angebot}? Klingt gut.", "Ein Freimonat? Klingt gut."),
        ("Gut. {angebot} also.", "Gut. Ein Freimonat also."),
        ("Soso, {angebot}.", "Soso, ein Freimonat."),
        ("Den Namen {firma} kenn ich.", "Den Namen Gärtnerei Lindach kenn ich."),
    ],
)
def test_slots_are_filled_in_the_right_case(line: str, expected: str) -> None:
    assert fill(line, FILLED) == expected


def test_articles_are_contracted_with_the_preposition() -> None:
    filled = Fillings("Druckhaus Rennert", None, "drei Jahren", None, None)
    assert fill("Neues bei {firma}?", filled) == "Neues beim Druckhaus Rennert?"


@pytest.mark.parametrize("line", ["Tag, {agent}.", "Bei {wettbewerber}.", "{angebot}, aha."])
def test_a_line_without_its_filling_is_not_used(line: str) -> None:
    assert fill(line, Fillings("Telvano", None, "drei Jahren", None, None)) is None


def test_a_plural_competitor_is_no_subject_of_a_singular_verb() -> None:
    plural = Fillings("Telvano", "Stadtwerke Lohbach", "drei Jahren", None, None)
    assert fill("{wettbewerber} braucht zehn.", plural) is None
    assert fill("Bei {wettbewerber} läuft es.", plural) == "Bei den Stadtwerke Lohbach läuft es."


@pytest.mark.parametrize(
    ("benefit", "said", "expected"),
    [
        (Benefit.DISCOUNT, "Sie bekommen zwanzig Prozent Rabatt.", "zwanzig Prozent"),
        (Benefit.DISCOUNT, "Sie bekommen 20 Prozent.", "20 Prozent"),
        (Benefit.DISCOUNT, "Der erste Monat ist ein Freimonat.", "ein Freimonat"),
        (Benefit.DISCOUNT, "Wir kommen Ihnen entgegen.", "ein Preisnachlass"),
        (Benefit.BETTER_SERVICE, "mit festem Ansprechpartner", "ein fester Ansprechpartner"),
        (Benefit.GIFT, "eine Tasche", "ein Geschenk"),
        (Benefit.PREMISES, "schöne helle Räume", "neue Räume"),
        (Benefit.NEW_STAFF, "", "neue Leute"),
    ],
)
def test_an_offer_is_named_after_what_was_said(benefit: Benefit, said: str, expected: str) -> None:
    assert name_offer(benefit, said) == expected
