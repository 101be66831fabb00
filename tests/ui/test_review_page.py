"""The review and the coach's page on real services."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.driver import call_somebody, html_of, open_page, run, say
from trainer.core.person import Role
from trainer.core.persona import ObjectionKind
from trainer.errors import StoreError
from trainer.practice import Practice
from trainer.store.calls import CallStore
from trainer.ui import services
from trainer.ui.html import esc
from trainer.ui.links import Place

pytestmark = pytest.mark.slow

LINES = [
    "Guten Tag, hier ist Lena Vogt. Ich rufe an, weil wir Sie vermissen. Haben Sie zwei Minuten?",
    "Danke. Was hat damals den Ausschlag gegeben, dass Sie gegangen sind?",
    "Das kann ich verstehen, das tut mir leid. Was fehlt, damit Sie <b>$5</b> zahlen?",
    "Unter welchen Bedingungen könnten Sie sich einen Neuanfang vorstellen?",
]


@pytest.fixture
def call_id(app: AppTest, practice: Practice) -> str:
    identity = call_somebody(app, next(iter(practice.catalog.personas)))
    for line in LINES:
        if app.chat_input:
            say(app, line)
    if app.chat_input:
        run(app.button(key="hang_up").click())
    return identity


def submit(app: AppTest, call_id: str) -> None:
    open_page(app, Place.REVIEW, call=call_id)
    run(app.button(key="submit_call").click())


def as_coach(app: AppTest, call_id: str) -> None:
    app.session_state["role"] = Role.COACH
    open_page(app, Place.COACH, call=call_id)


def test_a_review_shows_every_level_check_and_line(
    app: AppTest, practice: Practice, call_id: str
) -> None:
    open_page(app, Place.REVIEW, call=call_id)
    page = html_of(app)
    record = practice.open(services.person(Role.TRAINEE), call_id)
    rubric = practice.catalog.rubric("winback")
    assert record.assessment is not None
    assert f"<strong>{record.assessment.total:.0f}</strong>" in page
    for finding in record.assessment.findings:
        assert esc(rubric.check(finding.id).title.de) in page
    for score in record.assessment.principles.values():
        assert f"Stufe {score.level} von 5" in page
    words = re.sub(r"<[^>]+>", "", page)  # a quote may begin anywhere in a line
    assert all(esc(kept.turn.text[:20]) in words for kept in record.turns)


def test_the_levels_come_before_the_advice_and_that_before_the_checks(
    app: AppTest, call_id: str
) -> None:
    open_page(app, Place.REVIEW, call=call_id)
    page = html_of(app)
    places = [
        page.index(title)
        for title in ("Die vier Grundsätze", "Daran lohnt es sich", "Einzelne Prüfpunkte")
    ]
    assert places == sorted(places)


def test_every_link_into_the_transcript_has_a_target(app: AppTest, call_id: str) -> None:
    open_page(app, Place.REVIEW, call=call_id)
    page = html_of(app)
    targets = set(re.findall(r'href="#([^"]+)"', page))
    ids = re.findall(r' id="([^"]+)"', page)
    assert any(target.startswith("q-") for target in targets)
    assert targets <= set(ids)
    assert len(ids) == len(set(ids))


def test_what_was_hidden_is_revealed(app: AppTest, practice: Practice, call_id: str) -> None:
    open_page(app, Place.REVIEW, call=call_id)
    page, review = html_of(app), practice.review(services.person(Role.TRAINEE), call_id)
    missed = [q.question for q in review.call.assessment.questions if q.quote is None]
    assert missed
    assert page.count("hätte gesagt:") == len(missed)
    raised = {story.objection for story in review.call.assessment.objections}
    for objection, entry in review.persona.objections.items():
        if entry.kind is ObjectionKind.PRETEXT and objection in raised:
            assert "Vorwand" in page
    assert "Der wahre Grund" in page


def test_what_was_typed_stays_escaped_in_the_review(app: AppTest, call_id: str) -> None:
    open_page(app, Place.REVIEW, call=call_id)
    assert "<b>$5" not in html_of(app)
    assert "&lt;b&gt;$5" in re.sub(r"<span[^>]*>|</span>", "", html_of(app))


def test_a_call_without_a_word_is_unscored_with_a_reason(app: AppTest, practice: Practice) -> None:
    identity = call_somebody(app, next(iter(practice.catalog.personas)))
    run(app.button(key="hang_up").click())
    open_page(app, Place.REVIEW, call=identity)
    page = html_of(app)
    score = practice.open(services.person(Role.TRAINEE), identity).assessment.principles["lead"]
    assert score.level is None
    assert "Nicht bewertet" in page
    assert esc(score.reason.de) in page
    assert "<strong>0</strong>" not in page
    assert "Daran lohnt es sich" not in page


def test_a_running_call_has_no_review_yet(app: AppTest, practice: Practice) -> None:
    identity = call_somebody(app, next(iter(practice.catalog.personas)))
    open_page(app, Place.REVIEW, call=identity)
    assert "läuft noch" in html_of(app)


def test_the_list_names_own_calls_and_opens_them(app: AppTest, call_id: str) -> None:
    open_page(app, Place.REVIEW)
    assert "privat" in html_of(app)
    run(app.button(key=f"show-{call_id}").click())
    assert app.query_params["call"] == call_id


def test_no_calls_yet_says_so(app: AppTest) -> None:
    open_page(app, Place.REVIEW)
    assert "sobald Sie eines geführt haben" in html_of(app)


def test_a_private_call_is_invisible_to_the_coach(app: AppTest, call_id: str) -> None:
    as_coach(app, call_id)
    assert 'role="alert"' in html_of(app)
    assert LINES[0] not in html_of(app)
    open_page(app, Place.COACH)
    assert "Noch hat niemand" in html_of(app)


def test_the_coach_page_is_closed_to_a_trainee_until_the_role_is_changed(
    app: AppTest, call_id: str
) -> None:
    submit(app, call_id)
    open_page(app, Place.COACH, call=call_id)
    assert LINES[0] not in html_of(app)
    run(app.button(key="switch_role").click())
    assert "Anmerkungen" in html_of(app)


def test_a_submitted_call_is_listed_filtered_and_opened(
    app: AppTest, practice: Practice, call_id: str
) -> None:
    submit(app, call_id)
    assert "an den Coach gesendet" in html_of(app)
    app.session_state["role"] = Role.COACH
    open_page(app, Place.COACH)
    assert app.button(key=f"show-{call_id}")
    ending = practice.calls.get(call_id).ending
    other = next(e for e in ("accepted", "declined", "abandoned") if e != ending)
    run(app.selectbox(key="filter_ending").set_value(other))
    assert "passt zu diesen Filtern" in html_of(app)
    run(app.selectbox(key="filter_ending").set_value(str(ending)))
    run(app.button(key=f"show-{call_id}").click())
    assert app.query_params["call"] == call_id


def test_a_comment_reaches_the_trainee_at_its_turn(app: AppTest, call_id: str) -> None:
    submit(app, call_id)
    as_coach(app, call_id)
    app.selectbox(key="comment_turn").set_value(1)
    app.text_area(key="comment_text").set_value("Guter Einstieg, *weiter so* für $5")
    run(app.button(key="save_comment").click())
    assert app.text_area(key="comment_text").value == ""
    app.session_state["role"] = Role.TRAINEE
    open_page(app, Place.REVIEW, call=call_id)
    page = html_of(app)
    comment = page.index("Guter Einstieg, *weiter so* für $5")
    assert page.index('id="turn-1"') < comment < page.index('id="turn-2"')


def test_a_comment_that_cannot_be_stored_stays_in_the_field(
    app: AppTest, call_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(app, call_id)
    as_coach(app, call_id)

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise StoreError("The database is read-only.")

    monkeypatch.setattr(CallStore, "comment", refuse)
    app.text_area(key="comment_text").set_value("Bleibt stehen")
    run(app.button(key="save_comment").click())
    assert "konnte nicht gespeichert werden" in html_of(app)
    assert app.text_area(key="comment_text").value == "Bleibt stehen"


def test_an_empty_comment_is_refused(app: AppTest, practice: Practice, call_id: str) -> None:
    submit(app, call_id)
    as_coach(app, call_id)
    run(app.button(key="save_comment").click())
    assert "erst etwas" in html_of(app)
    assert practice.calls.get(call_id).comments == ()
