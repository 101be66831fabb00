import pytest

from tests.dialogue.builders import OPENING, Talk
from tests.personas import SHIPPED, make_persona
from trainer.core.acts import CustomerAct, TraineeAct
from trainer.core.persona import CustomerType
from trainer.dialogue.stock import is_stock
from trainer.simulation.wordings import load_wordings

A = TraineeAct


@pytest.mark.parametrize(
    "text",
    [
        "Die Zufriedenheit unserer Kunden liegt uns am Herzen.",
        "Wir nehmen Ihre Anliegen sehr ernst.",
        "Wir bedauern die entstandenen Unannehmlichkeiten.",
        "Vielen Dank für Ihr Feedback.",
        "Wir arbeiten stetig daran, besser zu werden.",
        "Qualität hat bei uns höchste Priorität.",
        "Bei uns steht der Kunde im Mittelpunkt.",
        "Ich bitte um Verständnis.",
        "Ich gebe das an die zuständige Fachabteilung weiter.",
    ],
)
def test_what_every_call_centre_says_is_a_stock_phrase(text: str) -> None:
    assert is_stock(text)


def test_what_careful_agents_say_is_none() -> None:
    kind = ("acknowledge", "accept_criticism", "apologize", "appreciate", "summarize", "probe")
    said = [text for intent in kind for text in load_wordings()[intent]]
    assert len(said) > 30
    assert not [text for text in said if is_stock(text)]


def test_a_stock_phrase_costs_trust_and_is_called_one() -> None:
    kind, stock = "Das tut mir sehr leid.", "Wir bedauern die entstandenen Unannehmlichkeiten."
    trust = {}
    for text in (kind, stock):
        talk = Talk(make_persona(temperament={"trust": 0.6, "candour": 1.0}))
        talk.say(*OPENING[0])
        talk.say(A.ACKNOWLEDGE, A.ASK_REASON)
        before = talk.state.trust
        plan = talk.say(A.APOLOGIZE, text=text)
        trust[text] = talk.state.trust - before
    assert plan.acts == (CustomerAct.CHALLENGE,)
    assert trust[stock] < trust[kind] - 0.02
    misheard = talk.say(A.OTHER, text="Ihre Zufriedenheit liegt uns am Herzen.")
    assert misheard.acts[0] is CustomerAct.CHALLENGE


def test_who_left_in_anger_believes_less_the_longer_ago_it_is() -> None:
    card = make_persona().card.model_dump(mode="json")
    starts = {}
    for kind in CustomerType:
        starts[kind] = [
            Talk(make_persona(customer_type=kind, card={**card, "lost_for": gone})).state.trust
            for gone in ("zwei Wochen", "sechs Monaten", "vierzehn Monaten", "zehn Jahren")
        ]
    falling = starts.pop(CustomerType.LOST)
    assert falling == sorted(set(falling), reverse=True)
    assert all(len(set(trust)) == 1 for trust in starts.values())


def test_the_shipped_customers_who_left_in_anger_start_lowest() -> None:
    trust: dict[CustomerType, list[float]] = {kind: [] for kind in CustomerType}
    for persona in SHIPPED:
        trust[persona.customer_type].append(Talk(persona).state.trust)
    others = trust[CustomerType.INACTIVE] + trust[CustomerType.WAVERING]
    assert max(trust[CustomerType.LOST]) <= min(others)
