"""Start page, guided call and progress page."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.driver import html_of, open_page, run, say
from trainer.assignments import Assignment, NoAssignments
from trainer.core.person import Role
from trainer.practice import Practice
from trainer.ui import services
from trainer.ui.links import Place


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
    for text in ("Wo Sie stehen", "1 Gespräch", "Führung übernehmen", "Passt zu meiner Schwäche"):
        assert text in page
    assert page.count('class="wh-spark"') == 4
    assert "Nicole Hambach" in page
    assert "Vom Coach für Sie" not in page


def test_an_open_call_is_offered_first(app: AppTest, practice: Practice) -> None:
    practice.start(services.person(Role.TRAINEE), "nicole_hambach")
    open_page(app, Place.START)
    assert "Ihr Gespräch mit Nicole Hambach ist noch offen" in html_of(app)


def test_what_a_coach_has_set_stands_on_the_page(
    app: AppTest, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practised(practice)
    due = datetime(2026, 12, 1, 12, tzinfo=UTC)
    task = Assignment("hiltrud_lohmeyer", due, done=1, wanted=3)
    monkeypatch.setattr(NoAssignments, "open_for", lambda *_: [task])
    page = html_of(open_page(app, Place.START))
    assert "Vom Coach für Sie" in page
    assert "1 von 3 Gesprächen. Bis 01.12.2026" in page


def test_progress_is_empty_first_and_full_after_a_call(app: AppTest, practice: Practice) -> None:
    assert "sobald Sie ein Gespräch geführt haben" in html_of(open_page(app, Place.PROGRESS))
    practised(practice)
    page = html_of(open_page(app, Place.PROGRESS))
    assert "Den Weg durchs Gespräch ankündigen" in page
    assert "0 von 1" in page


def test_erasing_needs_a_confirmation_and_then_is_done(app: AppTest, practice: Practice) -> None:
    practised(practice)
    open_page(app, Place.PROGRESS)
    assert app.button(key="erase").disabled
    person = services.person(Role.TRAINEE)
    app.checkbox(key="erase_sure").check()
    services.own_data().erase(person)
    assert practice.own_calls(person) == []
    assert "sobald Sie" in html_of(open_page(app, Place.PROGRESS))
