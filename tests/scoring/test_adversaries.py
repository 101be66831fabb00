"""Calls that pretend, labelled by the shipped recogniser: they fail on what they fake."""

import pytest

from tests.scoring.adversaries import Fake, fakes
from tests.scoring.talks import GRANT, OPENING, PICK_UP, SKILLED, agent, customer, rubric
from trainer.call import annotate
from trainer.core.turn import Recognizer, Turn
from trainer.nlu.recognizer import load_recognizer
from trainer.scoring.assessor import assess
from trainer.scoring.pretence import Pretence, find_pretences
from trainer.settings import Settings

FAKES = dict(fakes())
FAIL = 2
"""The highest level of a principle that is only faked."""
LOW = 40
"""The total that a call which fakes everything must stay under."""


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return load_recognizer(Settings().recognizer)


@pytest.mark.parametrize("fake", FAKES.values(), ids=FAKES.keys())
def test_a_fake_fails_on_every_principle_it_fakes(fake: Fake, recognizer: Recognizer) -> None:
    result = assess(annotate(fake.lines, recognizer), rubric(), {})
    assert not result.passed
    if result.total is None:
        return
    assert result.total < LOW
    levels = {str(principle): result.principles[principle].level for principle in fake.fakes}
    assert all(level is None or level <= FAIL for level in levels.values()), levels


def pretences(*turns: Turn) -> dict[int, Pretence]:
    return dict(find_pretences(turns))


def test_nothing_in_an_honest_call_is_taken_for_a_pretence() -> None:
    assert pretences(*SKILLED) == {}


def test_answering_offering_and_asking_in_one_turn_is_honest() -> None:
    turn = agent(
        ("Das ist im Preis drin.", "answer_cost"),
        ("Für Sie heißt das: Ruhe.", "benefit"),
        ("Sind Sie dabei?", "ask_commitment"),
    )
    assert pretences(PICK_UP, turn, GRANT) == {}


def test_a_turn_that_asks_offers_and_closes_is_crowded() -> None:
    turn = agent(
        ("Woran lag es?", "ask_reason"),
        ("Zehn Prozent!", "offer_discount"),
        ("Wollen wir es so machen?", "ask_commitment"),
    )
    assert pretences(PICK_UP, turn, GRANT) == {1: Pretence.CROWDED}


def test_three_different_questions_at_once_are_crowded() -> None:
    acts = ("ask_reason", "ask_grade", "ask_positives")
    turn = agent(*((f"Frage nach {act}?", act) for act in acts))
    assert pretences(PICK_UP, turn, GRANT) == {1: Pretence.CROWDED}


def test_saying_the_customers_line_again_is_an_echo_and_quoting_a_part_is_not() -> None:
    said = customer(("Die Lieferung kam leider dreimal nicht pünktlich.", "give_reason"))
    echo = agent(("Also die Lieferung kam leider dreimal nicht pünktlich.", "summarize"))
    kind = agent(("„Dreimal nicht pünktlich“ – das darf so nicht bleiben.", "acknowledge"))
    assert pretences(said, echo) == {1: Pretence.ECHOED}
    assert pretences(said, kind) == {}


def test_a_guide_read_out_is_pasted() -> None:
    turn = agent(("Nehmen Sie Einwände ernst und haken Sie nach.", "acknowledge"))
    assert pretences(PICK_UP, turn) == {1: Pretence.PASTED}


def test_why_a_crowded_turn_gave_nothing_is_said() -> None:
    turn = agent(
        ("Woran lag es denn?", "ask_reason"),
        ("Zehn Prozent!", "offer_discount"),
        ("Wollen wir es so machen?", "ask_commitment"),
    )
    result = assess((PICK_UP, OPENING, GRANT, turn, GRANT), rubric(), {})
    reason = next(f for f in result.findings if f.id == "needs.reason")
    assert "zu vieles auf einmal" in reason.reason.de
    flood = next(f for f in result.findings if f.id == "lead.dialogue")
    assert [quote.turn for quote in flood.quotes] == [3]
