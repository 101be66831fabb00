from typing import Any

import pytest

from tests.personas import make_persona
from trainer.catalog import load_catalog
from trainer.core.persona import Persona
from trainer.drafts import (
    MOST_CHARACTERS,
    Draft,
    check,
    content,
    draft_of,
    from_yaml,
    need_size,
    renamed,
    slug,
    tidy,
    to_yaml,
)
from trainer.errors import InputError
from trainer.settings import PROJECT
from trainer.store.content import Kind

SHIPPED = load_catalog(PROJECT / "personas", PROJECT / "rubrics")
EVERYTHING = [
    *((Kind.PERSONA, persona) for persona in SHIPPED.personas.values()),
    *((Kind.RUBRIC, rubric) for rubric in SHIPPED.rubrics.values()),
]


def draft(**changes: Any) -> Draft:
    return draft_of(make_persona(**changes))


@pytest.mark.parametrize(("kind", "shipped"), EVERYTHING, ids=lambda one: getattr(one, "id", one))
def test_what_is_shipped_comes_through_form_and_yaml_unchanged(kind: Kind, shipped: Any) -> None:
    made = draft_of(shipped)
    assert tidy(made) == made and check(kind, made) == ()
    assert from_yaml(kind, to_yaml(made)).draft == made


def test_a_problem_names_its_field_and_what_would_be_right() -> None:
    broken = {**draft(), "age": 4, "pick_up": ["Ja?"]}
    assert [(p.field, p.kind, p.message) for p in check(Kind.PERSONA, broken)] == [
        ("age", "greater_than_equal", "Input should be greater than or equal to 18"),
        (
            "pick_up",
            "too_short",
            "Tuple should have at least 3 items after validation, not 1",
        ),
    ]


def test_a_rule_over_several_fields_names_the_one_to_mend() -> None:
    broken = draft()
    broken["objections"]["cost"] = {"kind": "none", "hides": None, "note": "", "say": []}
    broken["decision"]["settled"] = ["cost"]
    (problem,) = check(Kind.PERSONA, broken)
    assert (problem.place, problem.field) == ("", "decision.settled")
    assert problem.values["names"] == "cost"


def test_a_rubric_whose_weights_do_not_sum_up_names_the_checks_of_its_principle() -> None:
    broken = draft_of(SHIPPED.rubric("winback"))
    broken["principles"]["lead"]["checks"][0]["weight"] = 20
    (problem,) = check(Kind.RUBRIC, broken)
    assert (problem.field, problem.kind) == ("principles.lead.checks", "weights")
    assert problem.values["sum"] == 107


def test_english_may_be_left_to_the_german_words() -> None:
    made = {**draft(), "industry": {"de": " Gasversorgung ", "en": " "}, "competitor": " "}
    found = content(Kind.PERSONA, made)
    assert isinstance(found, Persona)
    assert (found.industry.de, found.industry.en) == ("Gasversorgung", "Gasversorgung")
    assert found.competitor is None


def test_an_objection_switched_off_keeps_its_words_in_the_draft_only() -> None:
    made = draft()
    made["objections"]["cost"]["kind"] = "none"
    assert tidy(made)["objections"]["cost"]["say"] == []
    assert made["objections"]["cost"]["say"]
    assert check(Kind.PERSONA, made) == ()


def test_a_pretext_that_becomes_real_hides_nothing() -> None:
    made = draft()
    made["objections"]["time"]["kind"] = "real"
    assert made["objections"]["time"]["hides"] is not None
    assert check(Kind.PERSONA, made) == ()


def test_names_are_replaced_as_words_and_nowhere_else() -> None:
    made = draft(
        pick_up=["Petersen.", "Bei Petersens, ja?", "Petersenstraße hier, Erika Petersen."],
        company="Studio Wellenschlag",
    )
    new = renamed(made, first="Gesa", last="Thor", company="Nordgas")
    assert new["pick_up"] == ["Thor.", "Bei Thors, ja?", "Petersenstraße hier, Gesa Thor."]
    assert (new["name"], new["company"]) == ({"first": "Gesa", "last": "Thor"}, "Nordgas")
    assert made["pick_up"][0] == "Petersen."


def test_a_name_that_swaps_places_does_not_replace_itself_again() -> None:
    new = renamed(
        draft(pick_up=["Erika Petersen.", "Ja?", "Hallo?"]),
        first="Petersen",
        last="Erika",
        company="X AG",
    )
    assert new["pick_up"][0] == "Petersen Erika."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Gesa Thormählen", "gesa_thormaehlen"),
        ("Ağca Ñandú-Łoś", "agca_nandu_os"),
        ("Jürgen Groß", "juergen_gross"),
        ("李 雷", "neu"),
        ("../../etc", "etc"),
        ("x" * 90, "x" * 24),
    ],
)
def test_an_id_is_made_of_the_name(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "name: [",
        "just words",
        "- a\n- b",
        "",
        "\tx: 1",
        "when: !!python/object:os.system {}",
        "age: 44\nage: 45",
        "a: &a [1, 2]\nb: *a",
        "a: 2026-13-45",
    ],
)
def test_what_is_no_yaml_of_names_and_values_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        from_yaml(Kind.PERSONA, text)
    assert caught.value.problem == "yaml"


def test_yaml_that_breaks_the_schema_tells_where() -> None:
    read = from_yaml(Kind.PERSONA, to_yaml(draft()).replace("age: 44", "age: alt\nhobby: Angeln"))
    assert read.draft is None
    assert {problem.field for problem in read.problems} == {"age", "hobby"}


def test_id_and_version_in_yaml_are_left_aside() -> None:
    text = "id: ../../etc/passwd\nversion: 99\n" + to_yaml(draft())
    assert from_yaml(Kind.PERSONA, text).draft == draft()


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(InputError, match="At most"):
        from_yaml(Kind.PERSONA, "a" * (MOST_CHARACTERS + 1))
    with pytest.raises(InputError, match="At most"):
        need_size({**draft(), "company": "x" * MOST_CHARACTERS})
