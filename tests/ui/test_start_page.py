"""Start page, guided call and progress page."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.driver import html_of, open_page, run, say
from trainer.core.person import Actor, Role
from trainer.practice import Practice
from trainer.store.assignments import NewAssignment
from trainer.ui import services
from trainer.ui.links import Place

pytestmark = pytest.mark.slow


def practised(practice: Practice) -> str:
    """One ended call of the trainee."""
    person = services.person(Role.TRAINEE)
    call = practice.start(person, "nicole_hambach").id
    for line in ("Guten Tag, hier ist Vogt.", "Warum sind Sie gegangen?", "Auf Wiederhören."):
        if practice.open(person, call).ended_at is None:
            list(practice.say(person, call, line))
    practice.hang_up(person, call)
    return call


def test_the_first_visit_leads_into_a_guided_call(app: AppTest, practice: Practice) -> None:
    open_page(app, Place.START)
    assert "Willkommen bei Wiederhören" in html_of(app)
    run(app.button(key="begin").click())
    person = services.person(Role.TRAINEE)
    call = practice.unfinished(person)
    assert call is not None
    assert call.difficulty == "easy"
    open_page(app, Place.PRACTICE, call=call.id, guided="1")
    assert "Schritt 1 von 8" in html_of(app)
    run(app.button(key="take-line").click())
    line = app.chat_input(key="message").proto.value
    assert "Lena Vogt" in line
    say(app, line)
    assert "Schritt 1 von 8" not in html_of(app)
    assert len(practice.open(person, call.id).turns) == 3


def test_a_call_that_is_not_guided_shows_no_steps(app: AppTest, practice: Practice) -> None:
    call = practice.start(services.person(Role.TRAINEE), "nicole_hambach")
    open_page(app, Place.PRACTICE, call=call.id)
    assert "Schritt 1 von 8" not in html_of(app)


def test_later_the_page_says_where_one_stands(app: AppTest, practice: Practice) -> None:
    practised(practice)
    open_page(app, Place.START)
    page = html_of(app)
    for text in ("Wo Sie stehen", "1 Gespräch", "Führung übernehmen", "Passt zu Ihrer Schwäche"):
        assert text in page
    assert page.count('class="wh-spark"') == 4
    assert "Nicole Hambach" in page
    assert "Vom Coach für Sie" not in page


def test_an_open_call_is_offered_first(app: AppTest, practice: Practice) -> None:
    practice.start(services.person(Role.TRAINEE), "nicole_hambach")
    open_page(app, Place.START)
    assert "Ihr Gespräch mit Nicole Hambach ist noch offen" in html_of(app)


def test_what_a_coach_has_set_stands_on_the_page_and_the_call_counts_for_it(
    app: AppTest, practice: Practice
) -> None:
    practised(practice)
    trainee = services.person(Role.TRAINEE)
    coach = Actor(services.person(Role.COACH), Role.COACH, teams=None)
    new = NewAssignment(
        title="Woche 1", personas=("hiltrud_lohmeyer",), people=(trainee,), attempts=1, exam=True
    )
    assignment = services.assignments().set(coach, new)
    page = html_of(open_page(app, Place.START))
    for text in ("Vom Coach für Sie", "Woche 1", "Versuche: 0, noch frei: 1", "Prüfung"):
        assert text in page
    open_page(app, Place.PRACTICE, persona="hiltrud_lohmeyer", assignment=assignment)
    assert "Dieses Gespräch zählt für Ihre Aufgabe" in html_of(app)
    run(app.button(key="call").click())
    call = app.query_params["call"]
    own = Actor(trainee, Role.TRAINEE, teams=None)
    found = services.assignments().of_call(own, call)
    assert found is not None and found.id == assignment
    assert services.attempts().taken(trainee, call).exam
    open_page(app, Place.PRACTICE, persona="hiltrud_lohmeyer", assignment=assignment)
    run(app.button(key="call").click())
    assert "call" not in app.query_params  # the only attempt is used up
    assert not app.exception


def test_progress_is_empty_first_and_full_after_a_call(app: AppTest, practice: Practice) -> None:
    assert "sobald Sie ein Gespräch geführt haben" in html_of(open_page(app, Place.PROGRESS))
    practised(practice)
    page = html_of(open_page(app, Place.PROGRESS))
    assert "Den Weg durchs Gespräch ankündigen" in page
    assert "0 von 1" in page
