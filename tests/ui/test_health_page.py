"""Whoever runs the app sees at a glance how it is doing."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.driver import call_somebody, html_of, open_page, run, say
from trainer.practice import Practice
from trainer.ui.links import Place

pytestmark = pytest.mark.slow


def test_the_page_counts_what_was_answered_and_is_not_for_trainees(
    app: AppTest, practice: Practice
) -> None:
    call_somebody(app, next(iter(practice.catalog.personas)))
    say(app, "Guten Tag, hier ist Lena Vogt. Passt es gerade?")
    open_page(app, Place.HEALTH)
    assert "für Coaches und die Administration" in html_of(app)
    run(app.segmented_control(key="role").set_value("coach"))
    open_page(app, Place.HEALTH)
    page = html_of(app)
    assert "antwortet" in page and "In der Schlange" in page
    table = app.dataframe[0].value
    assert table["Antworten"].sum() >= 2
    assert (table["95 % schneller als (s)"] >= table["Hälfte schneller als (s)"]).all()
    assert "Lena Vogt" not in page
    run(app.segmented_control(key="lang").set_value("English"))
    open_page(app, Place.HEALTH)
    assert "In the queue" in html_of(app)
