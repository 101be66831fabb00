"""The telephone desk: hints, notes, exam, another window, another attempt."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.driver import call_somebody, html_of, open_page, run, say
from trainer.core.person import Role
from trainer.core.plan import Ending
from trainer.practice import Practice
from trainer.ui import services
from trainer.ui.html import esc
from trainer.ui.links import Place

pytestmark = pytest.mark.slow

OPENING = "Guten Tag, mein Name ist Lena Vogt. Ich rufe an, weil wir Sie vermissen. Passt es kurz?"
WHY = "Was hat damals den Ausschlag gegeben, dass Sie gegangen sind?"


@pytest.fixture
def persona_id(practice: Practice) -> str:
    return next(iter(practice.catalog.personas))


def lines(practice: Practice, call_id: str) -> list[str]:
    record = practice.open(services.person(Role.TRAINEE), call_id)
    return [kept.turn.text for kept in record.turns]


def test_a_hint_is_shown_and_counted_once_for_a_line(app: AppTest, persona_id: str) -> None:
    call_id = call_somebody(app, persona_id)
    run(app.button(key="take_hint").click())
    assert "wh-hint" in html_of(app)
    assert app.button(key="take_hint").disabled
    say(app, OPENING)
    assert "wh-notice wh-hint" not in html_of(app)
    assert len(services.attempts().store.hints(call_id)) == 1


def test_notes_are_kept_with_the_call(app: AppTest, persona_id: str) -> None:
    call_id = call_somebody(app, persona_id)
    run(app.text_area(key=f"notes-{call_id}").set_value("Garantie für $5"))
    assert services.attempts().store.get(call_id).notes == "Garantie für $5"


def test_an_exam_has_neither_guide_nor_hints(app: AppTest, persona_id: str) -> None:
    run(app.button(key=f"open-{persona_id}").click())
    run(app.toggle(key="exam").set_value(True))
    run(app.button(key="call").click())
    page = html_of(app)
    assert "Leitfaden: neun Fragen" not in page and "Prüfung" in page
    assert not [button for button in app.button if button.key == "take_hint"]
    call_id = app.query_params["call"]
    assert services.attempts().hint(services.person(Role.TRAINEE), call_id) is None


def test_a_window_left_behind_loses_nothing_and_overwrites_nothing(
    app: AppTest, practice: Practice, persona_id: str
) -> None:
    call_id = call_somebody(app, persona_id)
    list(practice.say(services.person(Role.TRAINEE), call_id, OPENING))  # in another window
    before = lines(practice, call_id)
    say(app, WHY)
    assert lines(practice, call_id) == before
    assert "in einem anderen Fenster weiter" in html_of(app)
    assert all(esc(line) in html_of(app) for line in before)
    assert app.chat_input(key="message").proto.value == WHY
    say(app, WHY)
    assert lines(practice, call_id)[: len(before) + 1] == [*before, WHY]


def test_a_call_is_tried_again_from_a_line_and_compared(
    app: AppTest, practice: Practice, persona_id: str
) -> None:
    first = call_somebody(app, persona_id)
    say(app, OPENING)
    say(app, WHY)
    run(app.button(key="hang_up").click())
    run(app.button(key="to_review").click())
    run(app.button(key="retry-3").click())
    second = app.query_params["call"]
    assert second != first
    assert "Neuer Anlauf ab Zeile 4" in html_of(app) and esc(WHY) in html_of(app)
    say(app, "Jetzt unterschreiben Sie schon, das Angebot gilt nur heute!")
    if practice.open(services.person(Role.TRAINEE), second).ended_at is None:
        run(app.button(key="hang_up").click())
    run(app.button(key="to_compare").click())
    page = html_of(app)
    assert "zwei Anläufe" in page and "Bis Zeile 3 sind beide Gespräche gleich." in page
    assert esc(WHY) in page and "nur heute!" in page
    open_page(app, Place.REVIEW, call=first)
    assert "Ihre Anläufe" in html_of(app)
    assert practice.open(services.person(Role.TRAINEE), first).ending is Ending.ABANDONED


def test_hanging_up_an_attempt_nobody_spoke_in_leads_back(
    app: AppTest, practice: Practice, persona_id: str
) -> None:
    first = call_somebody(app, persona_id)
    say(app, OPENING)
    run(app.button(key="hang_up").click())
    run(app.button(key="go_on").click())
    second = app.query_params["call"]
    assert lines(practice, second) == lines(practice, first)
    run(app.button(key="hang_up").click())
    assert app.query_params["call"] == first
    assert len(services.attempts().family(services.person(Role.TRAINEE), first)) == 1


@pytest.mark.parametrize("other", ["", "nobody"])
def test_a_comparison_with_nothing_says_so(app: AppTest, persona_id: str, other: str) -> None:
    call_id = call_somebody(app, persona_id)
    run(app.button(key="hang_up").click())
    open_page(app, Place.COMPARE, call=call_id, other=other)
    assert "nicht gibt" in html_of(app)
