from pathlib import Path

import yaml

import trainer
from trainer.core.acts import CustomerAct, TraineeAct
from trainer.core.plan import ANSWER_TO, BENEFIT_OF_OFFER, FACT_ASKED_BY, Benefit, Fact, Objection

LABELS = yaml.safe_load(
    (Path(trainer.__file__).parent / "corpus" / "dialogue_acts.yaml").read_text(encoding="utf-8")
)


def names(speaker: str) -> set[str]:
    return {act for group in LABELS[speaker].values() for act in group}


def test_the_label_sets_are_those_of_the_corpus() -> None:
    assert {act.value for act in TraineeAct} == names("agent")
    assert {act.value for act in CustomerAct} == names("customer")


def test_each_question_brings_out_its_own_fact() -> None:
    assert FACT_ASKED_BY[TraineeAct.ASK_FOR_TOP_GRADE] is Fact.TOP_GRADE
    assert FACT_ASKED_BY[TraineeAct.ASK_NEVER_AGAIN] is Fact.NEVER_AGAIN
    assert FACT_ASKED_BY[TraineeAct.ASK_RETURN_IF] is Fact.RETURN_IF
    assert set(FACT_ASKED_BY.values()) == set(Fact)


def test_each_offer_and_answer_has_its_counterpart() -> None:
    assert BENEFIT_OF_OFFER[TraineeAct.OFFER_SERVICE] is Benefit.BETTER_SERVICE
    assert BENEFIT_OF_OFFER[TraineeAct.OFFER_STAFF] is Benefit.NEW_STAFF
    assert ANSWER_TO[TraineeAct.ANSWER_COST] is Objection.COST
