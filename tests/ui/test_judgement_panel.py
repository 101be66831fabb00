"""The second opinion on the coach's page, asked of a real server."""

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.access import LINES
from tests.coaching.judge_server import INTRODUCED, script
from tests.llm.rude_server import RudeServer, rude_server
from tests.ui.driver import html_of, open_page, run
from trainer.core.acts import Speaker
from trainer.core.person import Role
from trainer.core.plan import Ending
from trainer.core.turn import Turn
from trainer.practice import Practice
from trainer.store.calls import TurnRecord
from trainer.ui import services
from trainer.ui.links import Place

pytestmark = pytest.mark.slow


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[RudeServer]:
    with rude_server() as made:
        made.script = script(lead_introduce=INTRODUCED)
        monkeypatch.setenv("WIEDERHOEREN_JUDGE", "openai")
        monkeypatch.setenv("WIEDERHOEREN_JUDGE_MODEL", "scripted")
        monkeypatch.setenv("WIEDERHOEREN_JUDGE_BASE_URL", made.base_url)
        yield made


def submitted(practice: Practice) -> str:
    person = services.person(Role.TRAINEE)
    persona = next(iter(practice.catalog.personas.values()))
    calls, label = practice.calls, practice.recognizer.label
    made = calls.create(person=person, persona=persona.model_dump(mode="json"), seed=1, versions={})
    for index, text in enumerate(LINES):
        who = Speaker.TRAINEE if index % 2 else Speaker.CUSTOMER
        segments = label(text, speaker=who, context=LINES[index - 1] if index else None)
        calls.put_turn(made.id, TurnRecord(index, Turn(who, text, segments), made.started_at))
    calls.finish(made.id, Ending.ABANDONED)
    practice.review(person, made.id)
    services.submissions().submit(person, made.id)
    return made.id


def test_a_coach_asks_reads_the_contradictions_and_finds_the_call_by_them(
    server: RudeServer, app: AppTest, practice: Practice
) -> None:
    call = submitted(practice)
    run(app.segmented_control(key="role").set_value(Role.COACH))
    open_page(app, Place.COACH, call=call)
    assert "Zweite Meinung" in html_of(app) and server.base_url in html_of(app)
    run(app.button(key="ask_judge").click())
    services.judging().wait()
    open_page(app, Place.COACH, call=call)
    drawn = html_of(app)
    assert re.search(r"Widerspruch bei \d+ von \d+ Prüfpunkten", drawn)
    start = LINES[1].index(INTRODUCED["words"])
    place = f"q-1-{start}-{start + len(INTRODUCED['words'])}"
    assert f'href="#{place}"' in drawn and f'id="{place}"' in drawn
    assert "TRANSKRIPT" in drawn and "Kam nicht vor." in drawn
    assert not any(button.key == "ask_judge" for button in app.button)
    open_page(app, Place.COACH)
    assert "Widerspruch: " in html_of(app)
    assert not any(button.key == "judge_all" for button in app.button)
    run(app.selectbox(key="filter_differing").set_value("no"))
    assert "Kein Gespräch passt" in html_of(app)


def test_all_calls_of_the_list_can_be_asked_about_and_a_failure_is_told(
    server: RudeServer, app: AppTest, practice: Practice
) -> None:
    server.script = lambda sent: "kein JSON"
    call = submitted(practice)
    run(app.segmented_control(key="role").set_value(Role.COACH))
    open_page(app, Place.COACH)
    run(app.button(key="judge_all").click())
    services.judging().wait()
    open_page(app, Place.COACH, call=call)
    assert "Das Modell hat nichts beurteilt." in html_of(app)
    assert "nicht die verlangte Form" in html_of(app)
    assert app.button(key="ask_judge").label == "Noch einmal fragen"


def test_without_a_judge_nothing_is_offered(app: AppTest, practice: Practice) -> None:
    call = submitted(practice)
    run(app.segmented_control(key="role").set_value(Role.COACH))
    open_page(app, Place.COACH, call=call)
    assert "Zweite Meinung" not in html_of(app).replace("Zweite Meinung widerspricht", "")
    assert not any(button.key == "ask_judge" for button in app.button)
