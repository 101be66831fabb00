from typing import Any

import pytest
from pydantic import ValidationError

from tests.personas import make_persona
from trainer.core.persona import Economics, Persona
from trainer.core.plan import Benefit, Fact


def refusal(**changes: Any) -> str:
    """Returns what the schema says against a persona with these changes."""
    with pytest.raises(ValidationError) as caught:
        make_persona(**changes)
    return str(caught.value)


def objection(**entry: Any) -> dict[str, Any]:
    says = [{"text": text} for text in ("Heute nicht.", "Ein andermal.", "Das dauert mir zu lang.")]
    return {"note": "viel zu tun", "say": says, **entry}


def test_a_complete_persona_is_accepted() -> None:
    assert isinstance(make_persona(), Persona)


@pytest.mark.parametrize(
    ("gender", "salutation"), [("female", "Frau Petersen"), ("male", "Herr Petersen")]
)
def test_a_persona_is_addressed_by_gender_and_last_name(gender: str, salutation: str) -> None:
    persona = make_persona(gender=gender)
    assert (persona.salutation, persona.full_name) == (salutation, "Erika Petersen")


def test_an_unknown_key_is_refused_by_name() -> None:
    assert "favourite_colour" in refusal(favourite_colour="blau")


def test_an_unknown_key_deep_inside_is_refused_by_name() -> None:
    assert "temperament.humour" in refusal(temperament={"humour": 0.5})


@pytest.mark.parametrize("missing", list(Fact))
def test_each_of_the_ten_facts_must_be_there(missing: Fact) -> None:
    data = make_persona().model_dump(mode="json")
    del data["facts"][missing]
    with pytest.raises(ValidationError, match=f"facts lacks {missing}; add them"):
        Persona.model_validate(data)


@pytest.mark.parametrize("missing", list(Benefit))
def test_each_of_the_six_benefits_needs_a_fit(missing: Benefit) -> None:
    data = make_persona().model_dump(mode="json")
    del data["offer_fit"][missing]
    with pytest.raises(ValidationError, match=f"offer_fit lacks {missing}; add them"):
        Persona.model_validate(data)


def test_a_fact_with_fewer_than_three_variants_is_refused() -> None:
    two = {"note": "4", "say": [{"text": "Eine Vier."}, {"text": "Vier, leider."}]}
    message = refusal(facts={"grade": two})
    assert "facts.grade.say" in message
    assert "at least 3 items" in message


def test_an_objection_with_fewer_than_three_variants_is_refused() -> None:
    message = refusal(objections={"cost": objection(kind="real", say=[{"text": "Zu teuer."}])})
    assert "objections.cost" in message
    assert "at least three variants" in message


def test_a_raised_objection_without_a_note_is_refused() -> None:
    assert "needs a note" in refusal(objections={"cost": objection(kind="real", note="")})


def test_a_pretext_that_hides_nothing_is_refused() -> None:
    message = refusal(objections={"time": objection(kind="pretext")})
    assert "hides belongs to a pretext" in message


def test_a_real_objection_that_hides_something_is_refused() -> None:
    message = refusal(objections={"cost": objection(kind="real", hides="reason")})
    assert "hides belongs to a pretext" in message


def test_a_pretext_that_hides_itself_is_refused() -> None:
    message = refusal(objections={"time": objection(kind="pretext", hides="time")})
    assert "objections.time.hides goes in a circle" in message


def test_pretexts_that_hide_each_other_are_refused() -> None:
    message = refusal(
        objections={
            "time": objection(kind="pretext", hides="cost"),
            "cost": objection(kind="pretext", hides="uncertainty"),
            "uncertainty": objection(kind="pretext", hides="time"),
        }
    )
    assert "objections.time.hides goes in a circle" in message


def test_a_pretext_may_hide_a_pretext_that_ends_at_the_reason() -> None:
    persona = make_persona(
        objections={
            "time": objection(kind="pretext", hides="cost"),
            "cost": objection(kind="pretext", hides="reason"),
        }
    )
    assert persona.objections["time"].hides == "cost"


def test_a_pretext_that_hides_an_objection_never_raised_is_refused() -> None:
    message = refusal(
        objections={"time": objection(kind="pretext", hides="cost"), "cost": {"kind": "none"}}
    )
    assert "objections.time.hides names cost, never raised" in message


@pytest.mark.parametrize(
    "extra", [{"note": "Rente"}, {"hides": "reason"}, {"say": [{"text": "Zu teuer."}]}]
)
def test_kind_none_takes_no_text(extra: dict[str, Any]) -> None:
    message = refusal(objections={"cost": {"kind": "none", **extra}})
    assert "kind none takes no hides, note or say" in message


def test_a_single_raised_objection_is_too_few() -> None:
    message = refusal(
        objections={
            "time": objection(kind="pretext", hides="reason"),
            "cost": {"kind": "none"},
            "uncertainty": {"kind": "none"},
        },
        decision={"settled": []},
    )
    assert "at least two of the three must be raised" in message


def test_the_decision_cannot_wait_for_an_objection_never_raised() -> None:
    message = refusal(objections={"cost": {"kind": "none"}}, decision={"settled": ["cost"]})
    assert "decision.settled names cost, which is never raised" in message


@pytest.mark.parametrize("fit", [-0.01, 1.01])
def test_a_fit_outside_zero_to_one_is_refused(fit: float) -> None:
    message = refusal(offer_fit={"gift": fit})
    assert "offer_fit of gift is outside 0 to 1" in message
    assert "decision.fit" in refusal(decision={"fit": fit})


@pytest.mark.parametrize("persona_id", ["Erika", "4erika", "er", "erika muster", "../erika"])
def test_an_id_that_cannot_be_a_file_name_is_refused(persona_id: str) -> None:
    assert "id" in refusal(id=persona_id)


def test_a_spoken_line_longer_than_400_characters_is_refused() -> None:
    message = refusal(facts={"grade": {"note": "4", "say": [{"text": "Vier. " * 80}] * 3}})
    assert "facts.grade.say.0.text" in message


def test_a_persona_cannot_be_changed_after_loading() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        make_persona().version = 2  # type: ignore[misc]


def test_the_lifetime_value_is_margin_times_years_minus_the_win_back() -> None:
    economics = Economics(revenue_per_year=100, care_cost_per_year=30, years=4, winback_cost=50)
    assert economics.lifetime_value == 230


def test_a_customer_who_costs_more_than_they_bring_has_a_negative_value() -> None:
    economics = Economics(revenue_per_year=40, care_cost_per_year=90, years=2, winback_cost=10)
    assert economics.lifetime_value == -110
