"""Choosing a customer: filters, suggestion, surprise, what there was before."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.driver import call_somebody, html_of, run
from trainer.core.person import Role
from trainer.core.plan import Ending, Objection
from trainer.practice import Practice
from trainer.repetition import raises
from trainer.ui import services

pytestmark = pytest.mark.slow


def shown(app: AppTest) -> set[str]:
    return {b.key.removeprefix("open-") for b in app.button if (b.key or "").startswith("open-")}


def test_each_filter_leaves_those_it_names(app: AppTest, practice: Practice) -> None:
    everybody = practice.catalog.personas
    assert shown(app) == set(everybody)
    run(app.selectbox(key="find_industry").select("business"))
    assert shown(app) == {p.id for p in everybody.values() if p.business}
    run(app.selectbox(key="find_difficulty").select("medium"))
    run(app.selectbox(key="find_type").select("inactive"))
    assert shown(app) == {
        p.id
        for p in everybody.values()
        if (p.business, p.difficulty, p.customer_type) == (True, "medium", "inactive")
    }


def test_an_objection_finds_those_who_raise_it_and_says_no_more(
    app: AppTest, practice: Practice
) -> None:
    run(app.selectbox(key="find_objection").select("cost"))
    raising = {p.id for p in practice.catalog.personas.values() if Objection.COST in raises(p)}
    assert shown(app) == raising < set(practice.catalog.personas)
    assert not any(word in html_of(app) for word in ("Vorwand", "pretext", "echter Einwand"))


def test_the_filter_holds_while_a_card_is_open(app: AppTest) -> None:
    run(app.selectbox(key="find_difficulty").select("hard"))
    hard = shown(app)
    run(app.button(key=f"open-{min(hard)}").click())
    run(app.button(key="back").click())
    assert shown(app) == hard


def test_nobody_fitting_is_told(app: AppTest, practice: Practice) -> None:
    industries = {p.industry.de for p in practice.catalog.personas.values() if p.business}
    run(app.selectbox(key="find_industry").select(min(industries)))
    (only,) = shown(app)
    others = {"easy", "medium", "hard"} - {practice.catalog.personas[only].difficulty}
    run(app.selectbox(key="find_difficulty").select(min(others)))
    assert shown(app) == set()
    assert "Auf diese Auswahl passt niemand" in html_of(app)


def test_a_surprise_opens_the_card_of_somebody_who_fits(app: AppTest, practice: Practice) -> None:
    run(app.selectbox(key="find_difficulty").select("hard"))
    hard = shown(app)
    run(app.button(key="surprise").click())
    assert app.query_params["persona"] in hard


def test_after_a_call_its_weakness_is_named_and_the_card_says_how_it_went(
    app: AppTest, practice: Practice
) -> None:
    assert "Passt zum Einstieg" in html_of(app)
    persona_id = next(iter(practice.catalog.personas))
    call_id = call_somebody(app, persona_id)
    person = services.person(Role.TRAINEE)
    for line in ("Guten Tag, hier ist Vogt.", "Warum sind Sie gegangen?", "Auf Wiederhören."):
        if practice.open(person, call_id).ended_at is None:
            list(practice.say(person, call_id, line))
    practice.hang_up(person, call_id)
    run(app)
    run(app.button(key="again").click())
    page = html_of(app)
    assert "Passt zu Ihrer Schwäche" in page
    assert "ist zuletzt noch nicht ganz gelungen" in page
    ending = practice.open(person, call_id).ending
    assert ("gewonnen" if ending is Ending.ACCEPTED else "noch offen") in page
