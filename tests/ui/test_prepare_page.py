"""Preparing on the customer's card, and the preparation in the review."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.driver import html_of, open_page, run
from trainer.core.person import Role
from trainer.core.persona import ChurnReason
from trainer.core.plan import Benefit
from trainer.core.preparation import Verdict
from trainer.practice import Practice
from trainer.ui import services
from trainer.ui.html import esc
from trainer.ui.links import Place

pytestmark = pytest.mark.slow

HOLLOW = "tobias_renner"  # costs more than he brings


def key(name: str) -> str:
    return f"prepare_{HOLLOW}_{name}"


def everything(app: AppTest) -> str:
    """What the server sent to the browser, widgets included."""
    return "\n".join([html_of(app), str(app)])


def prepare(app: AppTest) -> None:
    run(app.button(key=f"open-{HOLLOW}").click())
    run(app.selectbox(key=key("reason")).select(ChurnReason.BETTER_OFFER))
    run(app.text_area(key=key("incentive")).input("Ein <b>Festpreis</b> für $5"))
    run(app.segmented_control(key=key("verdict")).set_value(Verdict.NO))
    run(app.multiselect(key=key("benefits")).select(Benefit.DISCOUNT))
    run(app.text_area(key=key("answer_cost")).input("Was wäre ein fairer Preis?"))
    run(app.radio(key=key("opening")).set_value("classic"))


def test_the_lifetime_value_follows_the_figures(app: AppTest) -> None:
    run(app.button(key=f"open-{HOLLOW}").click())
    assert "−780 €" in html_of(app)
    run(app.number_input(key=key("care_cost_per_year")).set_value(20.0))
    assert "420 €" in html_of(app)
    assert "mehr, als zurückkommt" not in html_of(app)
    run(app.number_input(key=key("budget")).set_value(500.0))
    assert "mehr, als zurückkommt" in html_of(app)


def test_what_was_thought_out_is_there_again_after_leaving_the_card(app: AppTest) -> None:
    prepare(app)
    assert "Vorbereitet: 5 von 5 Schritten" in html_of(app)
    run(app.button(key="back").click())
    run(app.button(key=f"open-{HOLLOW}").click())
    assert app.selectbox(key=key("reason")).value == ChurnReason.BETTER_OFFER
    assert app.text_area(key=key("incentive")).value == "Ein <b>Festpreis</b> für $5"
    assert app.multiselect(key=key("benefits")).value == [Benefit.DISCOUNT]


def test_the_card_tells_nothing_that_is_hidden(app: AppTest, practice: Practice) -> None:
    prepare(app)
    persona, page = practice.catalog.persona(HOLLOW), everything(app)
    hidden = [fact.note for fact in persona.facts.values()]
    hidden += [entry.note for entry in persona.objections.values() if entry.note]
    assert not any(note in page or esc(note) in page for note in hidden)


def test_the_review_compares_the_preparation_with_truth_and_call(
    app: AppTest, practice: Practice
) -> None:
    prepare(app)
    run(app.button(key="call").click())
    call_id = app.query_params["call"]
    person = services.person(Role.TRAINEE)
    persona = practice.catalog.persona(HOLLOW)
    assert esc(persona.facts["conditions"].note) not in html_of(app)
    practice.hang_up(person, call_id)
    page = html_of(open_page(app, Place.REVIEW, call=call_id))
    assert "richtig vermutet" in page
    assert "Ein &lt;b&gt;Festpreis&lt;/b&gt; für $5" in page
    assert esc(persona.facts["conditions"].note) in page
    assert "passt zum Kundenwert" in page
    assert "Einstieg: Klassisch" in page


def test_a_call_without_preparation_says_so_in_the_review(app: AppTest, practice: Practice) -> None:
    run(app.button(key=f"open-{HOLLOW}").click())
    run(app.button(key="call").click())
    call_id = app.query_params["call"]
    practice.hang_up(services.person(Role.TRAINEE), call_id)
    page = html_of(open_page(app, Place.REVIEW, call=call_id))
    assert "ohne Vorbereitung geführt" in page


def test_a_second_call_begins_with_an_empty_preparation(app: AppTest, practice: Practice) -> None:
    prepare(app)
    run(app.button(key="call").click())
    draft = services.preparing().draft(services.person(Role.TRAINEE), HOLLOW)
    assert draft.steps_done == 0
