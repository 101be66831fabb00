import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer.catalog import Catalog, load_catalog
from trainer.core.persona import (
    ChurnReason,
    CustomerType,
    Difficulty,
    Gender,
    ObjectionKind,
    Persona,
    Variant,
)
from trainer.core.plan import Benefit
from trainer.errors import NotFoundError
from trainer.settings import PROJECT

PERSONAS, RUBRICS = PROJECT / "personas", PROJECT / "rubrics"
SHIPPED = load_catalog(PERSONAS, RUBRICS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two shipped personas to break."""
    for name in ("levent_akbulut", "nicole_hambach"):
        path = tmp_path / f"{name}.yaml"
        path.write_bytes((PERSONAS / path.name).read_bytes())
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def only_problem(catalog: Catalog) -> tuple[str, str, str]:
    (problem,) = catalog.problems
    return problem.path.name, problem.field, problem.problem


def test_everything_shipped_loads() -> None:
    assert SHIPPED.problems == ()
    assert set(SHIPPED.personas) == {path.stem for path in PERSONAS.glob("*.yaml")}
    assert set(SHIPPED.rubrics) == {path.stem for path in RUBRICS.glob("*.yaml")}


def test_a_broken_file_is_reported_with_its_field_and_the_others_still_load(folder: Path) -> None:
    change(folder / "levent_akbulut.yaml", "patience: 0.65", "patience: 65")
    catalog = load_catalog(folder, RUBRICS)
    name, field, problem = only_problem(catalog)
    assert (name, field) == ("levent_akbulut.yaml", "temperament.patience")
    assert "less than or equal to 1" in problem
    assert list(catalog.personas) == ["nicole_hambach"]
    assert catalog.rubrics == SHIPPED.rubrics


def test_the_message_of_a_problem_names_file_field_and_problem(folder: Path) -> None:
    change(folder / "levent_akbulut.yaml", "gender: male", "gender: man")
    (problem,) = load_catalog(folder, RUBRICS).problems
    assert str(problem).startswith("levent_akbulut.yaml: gender: ")


def test_every_mistake_in_a_file_is_reported(folder: Path) -> None:
    change(folder / "levent_akbulut.yaml", "gender: male", "gender: man")
    change(folder / "levent_akbulut.yaml", "age: 41", "age: 4")
    fields = {problem.field for problem in load_catalog(folder, RUBRICS).problems}
    assert fields == {"gender", "age"}


def test_a_misspelt_fact_is_reported_where_it_stands(folder: Path) -> None:
    change(folder / "levent_akbulut.yaml", "  positives:", "  postives:")
    name, field, _ = only_problem(load_catalog(folder, RUBRICS))
    assert (name, field) == ("levent_akbulut.yaml", "facts.postives")


def test_a_rule_over_several_fields_names_the_field_in_its_sentence(folder: Path) -> None:
    change(folder / "levent_akbulut.yaml", "settled: [cost]", "settled: [cost, time]")
    change(folder / "nicole_hambach.yaml", "settled: [uncertainty]", "settled: [cost]")
    catalog = load_catalog(folder, RUBRICS)
    name, field, problem = only_problem(catalog)
    assert (name, field) == ("nicole_hambach.yaml", "")
    assert problem == "decision.settled names cost, which is never raised"


def test_an_id_must_equal_the_file_name(folder: Path) -> None:
    (folder / "levent_akbulut.yaml").rename(folder / "levent.yaml")
    name, field, problem = only_problem(load_catalog(folder, RUBRICS))
    assert (name, field) == ("levent.yaml", "id")
    assert problem == "is 'levent_akbulut'; must be the file name 'levent'"


BROKEN = {
    "a_typo": ("temperament:", "temperment:", "temperment", "check the spelling"),
    "a_typo_inside": ("  settled:", "  settld:", "decision.settld", "check the spelling"),
    "a_missing_field": ("company: Autohaus Brinkwerth\n", "", "company", "add it"),
    "a_missing_fact": ("  grade:", "  elaborate2:", "facts.elaborate2", "'grade'"),
    "a_pretext_that_hides_itself": ("hides: uncertainty", "hides: cost", "", "circle; let"),
    "an_unknown_benefit": ("  gift: 0.05", "  freebie: 0.05", "offer_fit.freebie", "'gift'"),
    "an_id_of_another_file": ("nothing", "nothing", "id", "must be the file name"),
}


def test_whatever_is_wrong_is_refused_with_file_field_and_remedy_and_the_rest_loads(
    folder: Path,
) -> None:
    whole = (PERSONAS / "holger_saathoff.yaml").read_text(encoding="utf-8")
    for name, (old, new, _, _) in BROKEN.items():
        text = whole.replace("id: holger_saathoff", f"id: {name}") if old != "nothing" else whole
        assert old == "nothing" or old in text
        (folder / f"{name}.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    catalog = load_catalog(folder, RUBRICS)
    assert set(catalog.personas) == {"levent_akbulut", "nicole_hambach"}
    for name, (_, _, field, remedy) in BROKEN.items():
        told = [p for p in catalog.problems if p.path.name == f"{name}.yaml" and p.field == field]
        assert any(remedy in problem.problem for problem in told), (name, told)


@pytest.mark.parametrize(
    "content",
    [b"id: [unclosed", b"\tid: tab", b"id: \xff\xfe", b"when: !!python/object:os.system {}"],
    ids=["unclosed", "tab", "not UTF-8", "python tag"],
)
def test_what_is_no_yaml_is_reported_and_the_others_still_load(
    folder: Path, content: bytes
) -> None:
    (folder / "broken.yaml").write_bytes(content)
    catalog = load_catalog(folder, RUBRICS)
    name, field, problem = only_problem(catalog)
    assert (name, field) == ("broken.yaml", "")
    assert problem.startswith("cannot be read as YAML: ")
    assert "\n" not in problem
    assert len(catalog.personas) == 2


def test_a_key_given_twice_is_reported_and_not_taken_for_the_last_one(folder: Path) -> None:
    change(folder / "levent_akbulut.yaml", "age: 41", "age: 41\nage: 42")
    name, _, problem = only_problem(load_catalog(folder, RUBRICS))
    assert name == "levent_akbulut.yaml"
    assert "'age' is given twice" in problem and "line " in problem


@pytest.mark.parametrize("content", ["", "just a sentence", "- a\n- list\n"])
def test_yaml_that_is_no_mapping_is_reported(folder: Path, content: str) -> None:
    (folder / "odd.yaml").write_text(content, encoding="utf-8")
    catalog = load_catalog(folder, RUBRICS)
    assert only_problem(catalog)[0] == "odd.yaml"
    assert len(catalog.personas) == 2


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    catalog = load_catalog(tmp_path / "nowhere", RUBRICS)
    assert only_problem(catalog)[2] == "no such folder; check the settings"
    assert catalog.personas == {}
    assert catalog.rubrics == SHIPPED.rubrics


def test_an_unknown_persona_is_answered_with_the_known_ones(folder: Path) -> None:
    catalog = load_catalog(folder, RUBRICS)
    with pytest.raises(NotFoundError, match="'gandalf'.*levent_akbulut, nicole_hambach"):
        catalog.persona("gandalf")


def test_a_known_persona_and_rubric_are_found_by_id() -> None:
    for persona_id, persona in SHIPPED.personas.items():
        assert SHIPPED.persona(persona_id) is persona
    for rubric_id, rubric in SHIPPED.rubrics.items():
        assert SHIPPED.rubric(rubric_id) is rubric


def test_the_shipped_set_covers_all_types_reasons_difficulties_and_genders() -> None:
    shipped = SHIPPED.personas.values()
    assert {persona.customer_type for persona in shipped} == set(CustomerType)
    assert {persona.churn_reason for persona in shipped} == set(ChurnReason)
    assert {persona.difficulty for persona in shipped} == set(Difficulty)
    assert {persona.gender for persona in shipped} == set(Gender)


def test_the_shipped_set_covers_six_industries() -> None:
    assert len({persona.industry.de for persona in SHIPPED.personas.values()}) >= 6


def spoken(persona: Persona) -> Iterator[tuple[str, tuple[Variant, ...]]]:
    yield from ((key.value, entry.say) for key, entry in persona.facts.items())
    yield from ((key.value, entry.say) for key, entry in persona.objections.items())


each_shipped = pytest.mark.parametrize("persona", SHIPPED.personas.values(), ids=lambda p: p.id)


@each_shipped
def test_no_two_lines_of_a_persona_are_identical(persona: Persona) -> None:
    lines = [variant.text for _, say in spoken(persona) for variant in say] + [*persona.pick_up]
    assert len(lines) == len(set(lines))


@each_shipped
def test_no_two_variants_of_an_entry_begin_with_the_same_two_words(persona: Persona) -> None:
    for key, say in spoken(persona):
        starts = [tuple(re.findall(r"\w+", variant.text)[:2]) for variant in say]
        assert len(starts) == len(set(starts)), key


@each_shipped
def test_numbers_are_spelled_out_as_spoken(persona: Persona) -> None:
    for key, say in spoken(persona):
        assert not [variant.text for variant in say if re.search(r"[\d€%$]", variant.text)], key


@each_shipped
def test_every_entry_has_enough_variants_for_repeated_practice(persona: Persona) -> None:
    assert len(persona.pick_up) >= 4
    assert all(len(entry.say) >= 4 for entry in persona.facts.values())
    raised = [e for e in persona.objections.values() if e.kind is not ObjectionKind.NONE]
    assert all(len(entry.say) >= 6 for entry in raised)


@each_shipped
def test_one_objection_is_a_pretext_and_one_benefit_fits(persona: Persona) -> None:
    kinds = {entry.kind for entry in persona.objections.values()}
    assert ObjectionKind.PRETEXT in kinds
    if persona.decision.winnable:
        assert max(persona.offer_fit.values()) >= max(0.8, persona.decision.fit)


@each_shipped
def test_a_discount_does_not_mend_what_was_never_about_money(persona: Persona) -> None:
    if persona.churn_reason is not ChurnReason.BETTER_OFFER:
        assert persona.offer_fit[Benefit.DISCOUNT] <= 0.15
