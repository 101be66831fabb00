import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.llm.models import write_model
from tests.llm.test_hub import MODEL, endpoint  # noqa: F401 - a fixture
from tests.ui.driver import html_of, open_page, run
from trainer.core.person import Role
from trainer.ui import models
from trainer.ui.links import Place

pytestmark = pytest.mark.slow


def open_models(app: AppTest) -> AppTest:
    run(app.segmented_control(key="role").set_value(Role.COACH))
    return open_page(app, Place.MODELS)


@pytest.fixture
def small_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIEDERHOEREN_LLM", "local")
    monkeypatch.setenv("WIEDERHOEREN_MODEL", str(write_model(tmp_path / "model")))


def test_trainees_are_not_shown_the_page(app: AppTest) -> None:
    open_page(app, Place.MODELS)
    assert "Diese Seite ist für Coaches" in html_of(app)
    assert not app.dataframe


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIEDERHOEREN_LLM", "phrases")


def test_without_a_model_the_page_says_so(no_model: None, app: AppTest) -> None:
    assert "kein Modell" in html_of(open_models(app))


def test_by_default_the_shipped_model_speaks(app: AppTest) -> None:
    assert "Es spricht: wiederhoeren-" in html_of(open_models(app))


def test_a_model_can_be_tried(small_model: None, app: AppTest) -> None:
    open_models(app)
    assert "Es spricht: model-" in html_of(app)
    run(app.button(key="try_model").click())
    assert "die ersten Worte kamen nach" in html_of(app)


def test_the_choices_stand_in_a_table_in_both_languages(app: AppTest) -> None:
    open_models(app)
    assert "Qwen/Qwen3-0.6B" in set(app.dataframe[0].value["Modell"])
    run(app.segmented_control(key="lang").set_value("English"))
    open_page(app, Place.MODELS)
    assert "Memory (GB)" in app.dataframe[0].value


def test_a_model_that_cannot_be_fetched_is_told_with_the_reason(
    endpoint: str,  # noqa: F811
    tmp_path: Path,
    app: AppTest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(models, "Download", _to(endpoint, tmp_path))
    open_models(app)
    run(app.selectbox(key="model_to_fetch").set_value("Qwen/Qwen3-0.6B"))
    run(app.button(key="fetch_model").click())
    _wait()
    assert "konnte nicht geholt werden" in html_of(run(app))
    assert "the hub has no model Qwen/Qwen3-0.6B" in html_of(app)


def _to(endpoint: str, folder: Path) -> object:  # noqa: F811
    original = models.Download
    return lambda model: original(model, endpoint=endpoint, folder=folder)


def _wait() -> None:
    for _ in range(100):
        if all(download.done for download in models._downloads().values()):
            return
        time.sleep(0.1)
    pytest.fail("the download did not end")
