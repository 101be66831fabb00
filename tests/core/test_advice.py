from typing import Any

import pytest

from tests.personas import make_persona
from trainer.catalog import load_catalog
from trainer.core.advice import Advice, Hint, advise
from trainer.core.persona import Persona
from trainer.settings import PROJECT

SHIPPED = load_catalog(PROJECT / "personas", PROJECT / "rubrics").personas.values()


def about(**changes: Any) -> set[tuple[Advice, str]]:
    return {(hint.advice, hint.field) for hint in advise(make_persona(**changes))}


def grade(*lines: str) -> dict[str, Any]:
    return {"grade": {"note": "Note 4", "say": [{"text": line} for line in lines]}}


@pytest.mark.parametrize("persona", SHIPPED, ids=lambda persona: persona.id)
def test_shipped_personas_need_no_advice(persona: Persona) -> None:
    assert advise(persona) == []


def test_figures_in_spoken_lines_are_noticed() -> None:
    hints = advise(make_persona(facts=grade("Eine 4.", "Mangelhaft.", "Nicht gut.", "Vier, ja.")))
    assert Hint(Advice.DIGITS, "facts.grade.say", "Eine 4.") in hints


def test_lines_that_stand_there_twice_are_noticed() -> None:
    assert (Advice.TWICE, "facts.grade.say") in about(
        facts=grade("Eine Vier.", "Eine Vier.", "Mangelhaft.", "Nicht gut.")
    )


def test_lines_that_begin_alike_are_noticed() -> None:
    assert (Advice.SAME_START, "facts.grade.say") in about(
        facts=grade("Eine Vier, leider.", "Eine Vier war es.", "Mangelhaft.", "Nicht gut.")
    )


def test_few_lines_are_noticed_where_they_are_heard() -> None:
    found = about()
    assert (Advice.FEW, "objections.cost.say") in found
    assert (Advice.FEW, "facts.grade.say") not in found
    assert (Advice.FEW, "objections.cost.say") not in about(objections={"cost": {"kind": "none"}})


def test_a_customer_without_a_pretext_is_noticed() -> None:
    says = [{"text": text} for text in ("Heute nicht.", "Ein andermal.", "Das dauert mir zu lang.")]
    real = {"time": {"kind": "real", "note": "viel zu tun", "say": says}}
    assert (Advice.NO_PRETEXT, "objections") in about(objections=real)
    assert (Advice.NO_PRETEXT, "objections") not in about()


def test_a_customer_whom_no_offer_wins_is_noticed() -> None:
    beyond = {"decision": {"trust": 0.6, "fit": 0.9, "settled": []}}
    assert (Advice.OUT_OF_REACH, "offer_fit") in about(**beyond)
    beyond["decision"]["winnable"] = False
    assert (Advice.OUT_OF_REACH, "offer_fit") not in about(**beyond)
