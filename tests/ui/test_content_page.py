"""Coaches make customers and rubrics of their own in forms."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.driver import html_of, open_page, run
from trainer.core.person import Role
from trainer.core.persona import Persona
from trainer.core.rubric import Rubric
from trainer.drafts import to_yaml
from trainer.practice import Practice
from trainer.store.content import Kind
from trainer.ui import services
from trainer.ui.links import Place

pytestmark = pytest.mark.slow

MADE = "own_gesa_thormaehlen"


@pytest.fixture
def coach(app: AppTest) -> AppTest:
    app.session_state["role"] = Role.COACH
    return open_page(app, Place.CONTENT)


def create(at: AppTest, **values: str) -> AppTest:
    for key, value in {
        "first": "Gesa",
        "last": "Thormählen",
        "company": "Nordgas",
        **values,
    }.items():
        at.text_input(key=f"new_{key}").set_value(value)
    return run(at.button(key="FormSubmitter:new-persona-Anlegen").click())


def key(path: str, *, seen: int = 1, round_: int = 0, identity: str = MADE) -> str:
    return f"content.{identity}.{seen}.{round_}.{path}"


def newest(practice: Practice, version: int) -> Persona:
    return practice.library.persona(MADE, version)


def group(at: AppTest, name: str, identity: str = MADE) -> AppTest:
    return run(at.segmented_control(key=f"content_group_{identity}").set_value(name))


def test_the_list_tells_own_from_shipped(coach: AppTest, practice: Practice) -> None:
    page = html_of(coach)
    assert "Noch nichts Eigenes" in page
    assert all(persona.full_name in page for persona in practice.catalog.personas.values())
    run(coach.segmented_control(key="content_kind").set_value(Kind.RUBRIC))
    assert practice.catalog.rubric().title.de in html_of(coach)


def test_a_trainee_is_shown_nothing_of_it(app: AppTest, practice: Practice) -> None:
    open_page(app, Place.CONTENT, kind="persona", item="abiola_adeyemi")
    page = html_of(app)
    assert "Inhalte bearbeiten Coaches" in page
    assert "Abiola" not in page


def test_a_new_customer_needs_names(coach: AppTest) -> None:
    create(coach, last=" ")
    assert "Bitte füllen Sie alle Felder aus" in html_of(coach)


def test_a_duplicate_opens_as_a_draft_in_its_form(coach: AppTest, practice: Practice) -> None:
    create(coach)
    assert coach.query_params["item"] == MADE
    page = html_of(coach)
    assert "Gesa Thormählen" in page and "Entwurf" in page and "Angelegt." in page
    assert coach.text_input(key=key("name.last")).value == "Thormählen"
    assert MADE not in practice.catalog.personas


def test_what_is_changed_is_saved_and_released(coach: AppTest, practice: Practice) -> None:
    create(coach)
    run(coach.number_input(key=key("age")).set_value(61))
    run(coach.text_input(key=key("industry.de")).set_value("Gasversorgung"))
    run(coach.text_input(key=key("industry.en")).set_value(""))
    assert "Nicht gespeicherte Änderungen" in html_of(coach)
    run(coach.button(key="save_content").click())
    assert "Gespeichert als Fassung 2" in html_of(coach)
    assert (newest(practice, 2).age, newest(practice, 2).industry.en) == (61, "Gasversorgung")
    assert MADE not in practice.catalog.personas
    run(coach.button(key="release_content").click())
    assert practice.catalog.persona(MADE).age == 61
    assert "freigegeben" in html_of(coach)


def test_the_fields_of_all_parts_reach_the_persona(coach: AppTest, practice: Practice) -> None:
    create(coach)
    group(coach, "card")
    run(coach.text_area(key=key("pick_up")).set_value("Thormählen.\n\nJa, bitte?\nHallo?"))
    run(coach.text_area(key=key("card.history.de")).set_value("Gastarif seit 2019\nGekündigt"))
    run(coach.text_area(key=key("card.history.en")).set_value("Gas tariff since 2019"))
    group(coach, "facts")
    run(coach.text_area(key=key("facts.reason.say.offen")).set_value("Der Abschlag war zu hoch."))
    assert "Noch die Sätze der Vorlage: Schulnote" in html_of(coach)
    group(coach, "raised")
    run(coach.selectbox(key=key("objections.time.kind")).set_value("pretext"))
    run(coach.selectbox(key=key("objections.time.hides")).set_value("uncertainty"))
    group(coach, "decision")
    run(coach.slider(key=key("offer_fit.discount")).set_value(85))
    run(coach.toggle(key=key("decision.winnable")).set_value(False))
    run(coach.button(key="save_content").click())
    made = newest(practice, 2)
    assert made.pick_up == ("Thormählen.", "Ja, bitte?", "Hallo?")
    assert [(line.de, line.en) for line in made.card.history] == [
        ("Gastarif seit 2019", "Gas tariff since 2019"),
        ("Gekündigt", "Gekündigt"),
    ]
    assert "Der Abschlag war zu hoch." in [v.text for v in made.facts["reason"].say]
    assert made.objections["time"].hides == "uncertainty"
    assert made.offer_fit["discount"] == 0.85
    assert made.decision.winnable is False


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(
    coach: AppTest, practice: Practice
) -> None:
    create(coach)
    run(coach.text_input(key=key("name.last")).set_value(" "))
    run(coach.button(key="save_content").click())
    page = html_of(coach)
    assert page.count("Bitte ausfüllen (mindestens 1 Zeichen).") == 2  # summary and field
    group(coach, "decision")
    page = html_of(coach)
    assert page.count("Bitte ausfüllen (mindestens 1 Zeichen).") == 1
    assert "Nachname: Bitte ausfüllen" in page
    assert len(services.contents().store.versions(Kind.PERSONA, MADE)) == 1


def test_rules_over_several_fields_are_told_in_german(coach: AppTest) -> None:
    create(coach)
    group(coach, "raised")
    run(coach.segmented_control(key=f"content_objection_{MADE}").set_value("uncertainty"))
    run(coach.selectbox(key=key("objections.uncertainty.kind")).set_value("none"))
    assert "Verdeckt: Verdeckt einen Einwand, der nicht vorkommt: Unsicherheit." in html_of(coach)


def test_two_windows_do_not_overwrite_each_other(coach: AppTest, practice: Practice) -> None:
    create(coach)
    run(coach.number_input(key=key("age")).set_value(61))
    store = services.contents().store
    other = {**store.data(Kind.PERSONA, MADE, 1), "age": 33}
    store.save(Kind.PERSONA, MADE, other, author=services.person(Role.COACH), seen=1)
    run(coach.button(key="save_content").click())
    assert "Inzwischen hat jemand anderes" in html_of(coach)
    assert coach.number_input(key=key("age")).value == 61
    assert newest(practice, 2).age == 33
    run(coach.button(key="reload_content").click())
    assert coach.number_input(key=key("age", seen=2)).value == 33


def test_yaml_goes_into_the_fields(coach: AppTest, practice: Practice) -> None:
    create(coach)
    group(coach, "yaml")
    area = coach.text_area(key=key("yaml"))
    assert "last: Thormählen" in area.value
    area.set_value(area.value.replace("age: 29", "age: 62"))
    run(coach.button(key=f"take_yaml_{MADE}").click())
    group(coach, "person")
    assert coach.number_input(key=key("age", round_=1)).value == 62
    group(coach, "yaml")
    coach.text_area(key=key("yaml", round_=1)).set_value("age: [")
    run(coach.button(key=f"take_yaml_{MADE}").click())
    assert "Das ist kein lesbares YAML." in html_of(coach)
    coach.text_area(key=key("yaml", round_=1)).set_value("hobby: Angeln")
    run(coach.button(key=f"take_yaml_{MADE}").click())
    assert "hobby: Dieses Feld gibt es nicht" in html_of(coach)


def test_versions_are_compared_and_taken_back(coach: AppTest, practice: Practice) -> None:
    create(coach)
    run(coach.number_input(key=key("age")).set_value(61))
    run(coach.button(key="save_content").click())
    group(coach, "versions")
    page = html_of(coach)
    assert "<del>29</del>" in page and "<ins>61</ins>" in page and "Alter" in page
    run(coach.selectbox(key=f"versions_which_{MADE}_2_2").set_value(1))
    run(coach.button(key="restore_version").click())
    run(coach.button(key="save_content").click())
    assert newest(practice, 3).age == 29


def test_what_is_archived_vanishes_from_the_choice_and_comes_back(
    coach: AppTest, practice: Practice
) -> None:
    create(coach)
    run(coach.button(key="release_content").click())
    run(coach.button(key="archive_content").click())
    assert MADE not in practice.catalog.personas
    assert "archiviert" in html_of(coach)
    open_page(coach, Place.PRACTICE)
    assert "Thormählen" not in html_of(coach)
    open_page(coach, Place.PRACTICE, persona=MADE)
    assert 'role="alert"' in html_of(coach)
    open_page(coach, Place.PRACTICE, persona=MADE, assignment="set before")
    assert "Thormählen" in html_of(coach)  # what was set can still be called
    open_page(coach, Place.CONTENT, kind="persona", item=MADE)
    run(coach.button(key="archive_content").click())
    open_page(coach, Place.PRACTICE)
    assert "Thormählen" in html_of(coach)


def test_a_test_call_saves_dials_and_cannot_be_sent(coach: AppTest, practice: Practice) -> None:
    create(coach)
    run(coach.number_input(key=key("age")).set_value(61))
    run(coach.button(key="try_content").click())
    call = practice.calls.get(coach.query_params["call"])
    assert call.trial and call.persona["age"] == 61
    person = services.person(Role.TRAINEE)
    practice.hang_up(person, call.id)
    open_page(coach, Place.REVIEW, call=call.id)
    assert "Das war ein Probeanruf" in html_of(coach)
    assert "submit_call" not in {button.key for button in coach.button}
    run(coach.button(key="back_to_content").click())
    assert coach.query_params["item"] == MADE
    open_page(coach, Place.REVIEW)
    assert "Probeanruf" in html_of(coach)


def test_a_rubric_is_made_weighed_tried_and_set(coach: AppTest, practice: Practice) -> None:
    run(coach.segmented_control(key="content_kind").set_value(Kind.RUBRIC))
    coach.text_input(key="new_title").set_value("Gas")
    run(coach.button(key="FormSubmitter:new-rubric-Anlegen").click())
    made = coach.query_params["item"]
    assert made == "own_gas"
    run(coach.number_input(key=key("pass_mark", identity=made)).set_value(55))
    group(coach, "lead", made)
    first, second = (key(f"principles.lead.checks.{n}.weight", identity=made) for n in (0, 1))
    run(coach.number_input(key=first).set_value(20.0))
    assert "ergeben 107; es müssen 100 sein" in html_of(coach)
    run(coach.number_input(key=second).set_value(5.0))
    run(coach.toggle(key=key("principles.lead.checks.1.enabled", identity=made)).set_value(False))
    run(coach.button(key="release_content").click())
    rubric = practice.catalog.rubric(made)
    assert isinstance(rubric, Rubric)
    assert (rubric.pass_mark, rubric.principles["lead"].checks[0].weight) == (55, 20)
    assert not rubric.principles["lead"].checks[1].enabled
    group(coach, "versions", made)
    assert "Den Anlass des Anrufs nennen: eingeschaltet" in html_of(coach)
    run(coach.button(key="try_content").click())
    call = practice.calls.get(coach.query_params["call"])
    assert call.trial and call.versions["rubric"] == f"{made}/2"
    open_page(coach, Place.ASSIGNMENTS)
    assert "Gas" in coach.selectbox(key="set_rubric").options


def test_html_in_a_name_is_shown_as_it_was_typed(coach: AppTest) -> None:
    create(coach, last="<b onclick=x>Ö</b>")
    page = html_of(coach)
    assert "&lt;b onclick=x&gt;Ö&lt;/b&gt;" in page and "<b onclick" not in page
    group(coach, "card", coach.query_params["item"])
    assert "<b onclick" not in html_of(coach)


@pytest.mark.parametrize(
    "address", [{"kind": "persona", "item": "../x"}, {"kind": "x", "item": "y"}]
)
def test_a_wrong_address_is_no_fault(coach: AppTest, address: dict[str, str]) -> None:
    open_page(coach, Place.CONTENT, **address)
    assert ("gibt es nicht" in html_of(coach)) == (address["kind"] == "persona")
    assert not coach.exception


def test_shipped_content_is_read_duplicated_and_tried(coach: AppTest, practice: Practice) -> None:
    open_page(coach, Place.CONTENT, kind="persona", item="nicole_hambach")
    assert coach.code[0].value == to_yaml_of(practice, "nicole_hambach").strip()
    assert "save_content" not in {button.key for button in coach.button}
    run(coach.button(key="use_template").click())
    assert coach.selectbox(key="new_source_persona").value == "nicole_hambach"


def to_yaml_of(practice: Practice, persona: str) -> str:
    data = practice.catalog.persona(persona).model_dump(mode="json", exclude={"id", "version"})
    return to_yaml(data)


def test_the_state_of_a_draft_outlives_a_look_at_another_page(coach: AppTest) -> None:
    create(coach)
    run(coach.number_input(key=key("age")).set_value(61))
    open_page(coach, Place.TEAM)
    open_page(coach, Place.CONTENT, kind="persona", item=MADE)
    assert coach.number_input(key=key("age")).value == 61
    run(coach.button(key="discard_content").click())
    assert coach.number_input(key=key("age", round_=1)).value == 29
