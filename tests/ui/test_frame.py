"""The frame: broken content and broken services are told, language and role are kept."""

import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import APP, TIMEOUT_S
from tests.ui.driver import html_of, open_page, run
from trainer.settings import load_settings
from trainer.ui import services
from trainer.ui.links import Place


@pytest.fixture
def own_personas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "personas"
    shutil.copytree(load_settings().personas, folder)
    monkeypatch.setenv("WIEDERHOEREN_PERSONAS", str(folder))
    return folder


@pytest.mark.slow
def test_a_broken_persona_is_named_with_its_field_and_the_others_load(
    own_personas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sorted(own_personas.glob("*.yaml"))[:2]
    text = first.read_text(encoding="utf-8")
    first.write_text(text.replace("difficulty:", "difficulty: gemein #"), encoding="utf-8")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'calls.db'}")
    st.cache_resource.clear()
    app = run(AppTest.from_file(str(APP), default_timeout=TIMEOUT_S))
    open_page(app, Place.PRACTICE)
    assert first.name in html_of(app)
    assert "Feld difficulty" in html_of(app)
    assert app.button(key=f"open-{second.stem}")
    services.practice().close()
    st.cache_resource.clear()


@pytest.mark.slow
def test_a_database_that_cannot_be_opened_is_told_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{blocked / 'calls.db'}")
    st.cache_resource.clear()
    app = run(AppTest.from_file(str(APP), default_timeout=TIMEOUT_S))
    assert "Die Datenbank antwortet gerade nicht" in html_of(app)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'calls.db'}")
    run(app.button(key="retry").click())
    assert "Willkommen" in html_of(app)
    services.practice().close()
    st.cache_resource.clear()


@pytest.mark.parametrize("place", list(Place))
def test_the_language_holds_on_every_page(app: AppTest, place: Place) -> None:
    run(app.segmented_control(key="lang").set_value("English"))
    open_page(app, place)
    assert app.segmented_control(key="role").label == "I am here as"
