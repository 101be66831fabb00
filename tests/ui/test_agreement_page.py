"""The page about agreement on real services."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.store.samples import assessment, heard, persona, submit
from tests.ui.driver import html_of, open_page, run
from trainer.core.person import Role
from trainer.core.plan import Ending
from trainer.practice import Practice
from trainer.store.coaching import CoachingStore, NewCorrection
from trainer.ui import services
from trainer.ui.links import Place

pytestmark = pytest.mark.slow


def reviewed(practice: Practice, coach_says: str, *, blind: bool) -> None:
    """A submitted call at level 3, of which a coach says something about `lead`, and finishes."""
    calls, store = practice.calls, CoachingStore(practice.calls.engine)
    trainee, coach = services.person(Role.TRAINEE), services.person(Role.COACH)
    made = calls.create(person=trainee, persona=persona(), seed=1, versions={})
    calls.put_turn(made.id, heard(0, "Guten Tag."))
    calls.finish(made.id, Ending.ABANDONED)
    calls.save_assessment(made.id, assessment())
    submit(calls, made.id)
    said = NewCorrection(subject="lead", automatic="3", coach=coach_says, reason="", blind=blind)
    store.correct(made.id, coach, [said], version=0)
    store.finish(made.id, coach, version=1, finished=True)


def open_agreement(app: AppTest) -> AppTest:
    run(app.segmented_control(key="role").set_value(Role.COACH))
    return open_page(app, Place.AGREEMENT)


def test_without_anything_to_compare_no_figure_is_shown(app: AppTest) -> None:
    open_agreement(app)
    assert "Noch gibt es nichts zu vergleichen" in html_of(app)
    assert not app.dataframe


def test_trainees_see_no_figures(app: AppTest, practice: Practice) -> None:
    reviewed(practice, "3", blind=True)
    open_page(app, Place.AGREEMENT)
    assert not app.dataframe


def test_blind_levels_and_finished_reviews_are_shown_apart(
    app: AppTest, practice: Practice
) -> None:
    for level in "334":
        reviewed(practice, level, blind=True)
    reviewed(practice, "1", blind=False)
    open_agreement(app)
    (table,) = (frame.value for frame in app.dataframe)
    assert list(table["Worum es geht"]) == ["Führung übernehmen"]
    assert list(table["Paare"]) == [3]
    assert table["genau gleich"][0].startswith("67 % (")
    run(app.segmented_control(key="agreement_basis").set_value("finished"))
    principles, checks = (frame.value for frame in app.dataframe)
    assert list(principles["Paare"]) == [4, 4, 4]  # `close` was scored by nobody
    assert len(checks) == 1
    run(app.selectbox(key="agreement_subject").set_value("needs"))
