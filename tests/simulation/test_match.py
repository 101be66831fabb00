import pytest

from trainer.bootstrap import Desk
from trainer.call import Call
from trainer.simulation.match import is_about_money, play
from trainer.simulation.record import Record

EASY = "nicole_hambach"


def call(desk: Desk, skill: str, persona: str = EASY, seed: int = 1) -> Record:
    customer = Call(desk.catalog.persona(persona), seed, desk.recognizer, desk.generator)
    return play(customer, skill, desk.catalog.rubric("winback"), keep_talk=True)


def test_the_same_seed_gives_the_same_call_and_another_seed_another(desk: Desk) -> None:
    first, second = call(desk, "skilled"), call(desk, "skilled")
    assert first.transcript == second.transcript and first.points == second.points
    assert call(desk, "skilled", seed=2).transcript != first.transcript


def test_a_skilled_agent_wins_an_easy_customer_and_scores_well(desk: Desk) -> None:
    record = call(desk, "skilled")
    assert record.won and record.decided_at is not None and record.decided_at > 4
    assert record.total is not None and record.total > 70
    assert len(record.trust) == len(record.latencies_ms) == record.turns


@pytest.mark.parametrize("skill", ["weak", "stuffer", "pushy", "silent", "aimless", "discount"])
def test_no_careless_agent_wins_even_an_easy_customer(desk: Desk, skill: str) -> None:
    record = call(desk, skill)
    assert not record.won and record.decided_at is None
    assert record.turns <= 60


def test_what_is_counted_can_be_read_in_the_transcript(desk: Desk) -> None:
    record = call(desk, "average")
    spoken = [line for line in record.transcript if line.speaker == "customer"]
    assert len(spoken) == record.turns + 1
    raised = {act for line in spoken for act in line.acts if act.startswith("object_")}
    assert {f"object_{objection}" for objection in record.stages} == raised - {"object_competitor"}
    assert record.resisted <= record.turns and record.repeats == 0


def test_money_is_what_some_customers_are_about(desk: Desk) -> None:
    about = {name for name, persona in desk.catalog.personas.items() if is_about_money(persona)}
    assert "levent_akbulut" in about and "nicole_hambach" not in about
