from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.driver import call_somebody, html_of, run, say
from trainer.core.plan import Source
from trainer.practice import Practice


@pytest.fixture
def missing_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "no-model"
    monkeypatch.setenv("WIEDERHOEREN_LLM", "local")
    monkeypatch.setenv("WIEDERHOEREN_MODEL", str(folder))
    return folder


def test_a_call_goes_on_without_its_model_and_the_page_says_so(
    missing_model: Path, app: AppTest, practice: Practice
) -> None:
    call_id = call_somebody(app, next(iter(practice.catalog.personas)))
    say(app, "Guten Tag, hier ist Lena Vogt. Woran lag es denn, dass Sie gegangen sind?")
    turns = practice.calls.get(call_id).turns
    assert len(turns) == 3
    assert [set(turn.sentences or ()) for turn in turns] == [
        {Source.PHRASE},
        set(),
        {Source.PHRASE},
    ]
    page = html_of(run(app))
    assert "Das Sprachmodell antwortet gerade nicht." in page
    assert f"there is no model folder {missing_model}" in page
