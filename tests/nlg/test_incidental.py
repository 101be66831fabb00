import pytest

from tests.personas import make_persona
from trainer.core.persona import Persona
from trainer.nlg.incidental import contradicts, examine
from trainer.nlg.phrases import PhraseBank
from trainer.nlg.words import content_stems

NOUNS = frozenset(("Hund", "Friseur", "Router", "Techniker", "Preis", "Zeit", "Kurs", "Euro"))
PERSONA = make_persona()


def refused(line: str, context: str = "", said: str = "", persona: Persona = PERSONA) -> bool:
    found = examine(line, context, NOUNS)
    return contradicts(found, persona, said=content_stems(said))


@pytest.mark.parametrize(
    "line",
    [
        "Ich lauf grad mit dem Hund.",
        "Ich weiß kaum, wann ich zum Friseur kommen soll.",
        "Techniker waren da, der Router war kaputt.",
        "Das muss ich mit meinem Mann besprechen.",
        "Die waren vierzig Euro billiger.",
        "Der kam erst am Donnerstag.",
        "Das hast du mir schon gesagt.",
        "Danke für die Belehrung, Herr Oberlehrer.",
        "Bei unseren Mengen kommen wir nie über die Stufe.",
        "Und ich als alter Kunde hab jahrelang den vollen Preis gezahlt!",
    ],
)
def test_a_line_with_a_small_fact_of_somebody_else_is_refused(line: str) -> None:
    assert refused(line)


@pytest.mark.parametrize(
    "line",
    [
        "Das muss ich mir überlegen.",
        "Der Preis ist mir noch nicht klar.",
        "Dafür fehlt mir im Augenblick schlicht die Zeit.",
        "Zwar hab ich Zweifel, aber gut.",
    ],
)
def test_a_general_line_is_let_through(line: str) -> None:
    assert not refused(line)


def test_a_number_may_come_back_that_the_trainee_named() -> None:
    line, context = "Zwanzig Prozent, schön, und danach?", "Sie bekommen zwanzig Prozent."
    assert not refused(line, context, said="Ich kann Ihnen 20 Prozent geben.")
    assert refused(line, context, said="Ich kann Ihnen 10 Prozent geben.")


def test_trade_words_fit_the_customer_of_that_trade() -> None:
    line = "Der Kurs ist gar nicht das Problem."
    assert refused(line)
    gym = make_persona(industry={"de": "Fitnessstudio mit Kurs", "en": "Gym"})
    assert not refused(line, persona=gym)


def test_a_business_line_needs_a_business_customer() -> None:
    line = "Das klären wir intern."
    assert refused(line)
    assert not refused(line, persona=make_persona(business=True))


def test_a_womans_line_needs_a_woman() -> None:
    line = "Als Kundin darf ich das erwarten."
    assert not refused(line)
    assert refused(line, persona=make_persona(gender="male"))


def test_a_line_on_the_new_supplier_needs_one() -> None:
    line = "Unglücklich bin ich dort ja auch nicht."
    assert not refused(line)
    assert refused(line, persona=make_persona(competitor=None))


def test_no_freely_usable_line_says_du_or_names_a_number_beyond_small_talk(
    bank: PhraseBank,
) -> None:
    free = {p for phrases in bank.by_act.values() for p in phrases if p.triggers}
    assert len(free) > 700
    for phrase in free:
        found = phrase.incidentals or examine(phrase.text, "", frozenset())
        assert found.forbidden != "du_form", phrase
        assert not any(char.isdigit() for char in phrase.text), phrase
