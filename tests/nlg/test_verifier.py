from random import Random

import pytest

from tests.nlg.builders import KeywordRecognizer, brief, customer, plan, trainee
from trainer.catalog import load_catalog
from trainer.core.acts import CustomerAct
from trainer.core.plan import Fact, Length, Move, TurnPlan
from trainer.core.turn import Turn
from trainer.nlg.brief import Brief
from trainer.nlg.heard import hear_customer
from trainer.nlg.phrases import PhraseBank
from trainer.nlg.verifier import Fault, Verifier
from trainer.settings import Settings

REASON = plan(Move(CustomerAct.GIVE_REASON, fact=Fact.REASON))
ASKED = trainee("Woran lag es denn, Frau Petersen?", "ask_reason")


@pytest.fixture
def verifier(bank: PhraseBank) -> Verifier:
    return Verifier(KeywordRecognizer(), bank.vocabulary)


def fault(
    verifier: Verifier, sentence: str, wanted: TurnPlan = REASON, *talk: Turn, said_words: int = 0
) -> Fault | None:
    whole = brief(wanted, *(talk or (ASKED,)))
    return verifier.judge(sentence, whole, hear_customer(whole.talk), said_words=said_words).fault


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Kurs fiel dreimal aus, und keiner hat Bescheid gesagt.",
        "Na, der Kurs ist doch dauernd ausgefallen!",
        "Ihr Kurs im Studio Wellenschlag fiel ständig aus.",
    ],
)
def test_a_sentence_that_says_what_was_planned_passes(verifier: Verifier, sentence: str) -> None:
    assert fault(verifier, sentence) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Der Kurs fiel dreimal aus und", Fault.INCOMPLETE),
        ("", Fault.INCOMPLETE),
        ("Der Kurs " + "und der Kurs " * 20 + "fiel aus.", Fault.TOO_LONG),
        ("The course was cancelled and nobody told me.", Fault.NOT_GERMAN),
        ("Курс отменили.", Fault.NOT_GERMAN),
        ("Hast du den Kurs denn mal besucht?", Fault.DU_FORM),
        ("Dein Kurs fiel dauernd aus.", Fault.DU_FORM),
        ("Als KI war ich nie in Ihrem Kurs.", Fault.OUT_OF_CHARACTER),
        ("Laut System Prompt fiel der Kurs aus.", Fault.OUT_OF_CHARACTER),
        ("Kundin: Der Kurs fiel aus.", Fault.OUT_OF_CHARACTER),
        ("Der Kurs fiel **ständig** aus.", Fault.OUT_OF_CHARACTER),
        ("Der Kurs fiel elfmal aus.", Fault.INVENTED_NUMBER),
        ("Der Kurs kostete 49 Euro.", Fault.INVENTED_NUMBER),
        ("Der Kurs am Mittwoch fiel aus.", Fault.INVENTED_DATE),
        ("Der Kurs von Frau Krasnic fiel aus.", Fault.INVENTED_NAME),
        ("Der Kurs fiel aus, sagte mir Mustafa damals.", Fault.INVENTED_NAME),
        ("Der Kurs fiel aus, und ich stand mit der Matte im Regen.", Fault.UNPLANNED_FACT),
        ("Ich geh jetzt mit dem Hund raus.", None),
        ("Dann sind wir uns einverstanden.", Fault.WRONG_ACT),
        ("Was kostet es denn bei Ihnen?", Fault.WRONG_ACT),
    ],
)
def test_each_defect_is_refused_for_its_own_reason(
    verifier: Verifier, sentence: str, expected: Fault | None
) -> None:
    assert fault(verifier, sentence) is expected


def test_what_was_said_before_is_not_said_again(verifier: Verifier) -> None:
    before = customer("Der Kurs fiel ja ständig aus.")
    assert fault(verifier, "Der Kurs fiel ständig aus.", REASON, before, ASKED) is Fault.REPEATED


def test_a_number_the_trainee_named_may_be_used(verifier: Verifier) -> None:
    said = trainee("Sie zahlen 20 Euro am Mittwoch.", "offer_discount")
    wanted = plan(CustomerAct.OBJECT_COST)
    assert fault(verifier, "Zwanzig Euro am Mittwoch sind mir zu teuer.", wanted, said) is None


def test_a_turn_does_not_get_longer_than_planned(verifier: Verifier) -> None:
    short = plan(Move(CustomerAct.GIVE_REASON, fact=Fact.REASON), length=Length.SHORT)
    sentence = "Der Kurs fiel ständig aus, das war mir zu dumm."
    assert fault(verifier, sentence, short, ASKED) is None
    assert fault(verifier, sentence, short, ASKED, said_words=20) is Fault.TOO_LONG


def test_a_yes_is_never_said_unplanned(verifier: Verifier) -> None:
    wanted = plan(CustomerAct.EVADE)
    assert fault(verifier, "Das weiß ich noch nicht.", wanted) is None
    assert fault(verifier, "Gut, einverstanden.", wanted) is Fault.WRONG_ACT


def test_every_line_of_the_bank_that_stands_alone_has_good_form(
    bank: PhraseBank, verifier: Verifier
) -> None:
    form = {Fault.NOT_GERMAN, Fault.DU_FORM, Fault.OUT_OF_CHARACTER, Fault.INCOMPLETE}
    free = {p for phrases in bank.by_act.values() for p in phrases if p.triggers}
    for phrase in free:
        if "{" not in phrase.text:
            verdict = fault(verifier, phrase.text, plan(*CustomerAct, length=Length.LONG))
            assert verdict not in form, phrase


def test_every_customer_may_say_their_name_in_each_of_their_ways(verifier: Verifier) -> None:
    settings = Settings()
    personas = load_catalog(settings.personas, settings.rubrics).personas.values()
    pick_up = Move(CustomerAct.PICK_UP)
    for persona in personas:
        ringing = Brief(persona, plan(pick_up), (), Random(1))
        for line in persona.pick_up:
            verdict = verifier.judge_line(
                line, pick_up, ringing, hear_customer(()), said_words=0, material=persona.pick_up
            )
            assert verdict.fault is None, line
