"""The app as Streamlit runs it, on real services and a database of its own."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.ui.driver import open_page, run
from trainer import bootstrap
from trainer.llm.base import LLM
from trainer.practice import Practice
from trainer.settings import Settings
from trainer.ui import exchange, services
from trainer.ui.links import Place

APP = Path(__file__).parents[2] / "app.py"
TIMEOUT_S = 60
load_catalog_once = cache(bootstrap.load_catalog)
load_phrases_once = cache(bootstrap.load_phrases)
load_recognizer_once = cache(bootstrap.load_recognizer)
build_llm = bootstrap.build_llm
scan_component_manifests_once = cache(manifest_scanner.scan_component_manifests)


@cache
def shipped_model() -> LLM | None:
    """The model that speaks by default; each instance has a thread that keeps it in memory."""
    return build_llm(Settings())


def build_llm_once(settings: Settings) -> LLM | None:
    return shipped_model() if settings.llm == "embedded" else build_llm(settings)


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Practice]:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'calls.db'}")
    monkeypatch.setattr(bootstrap, "load_catalog", load_catalog_once)
    monkeypatch.setattr(bootstrap, "load_phrases", load_phrases_once)
    monkeypatch.setattr(bootstrap, "load_recognizer", load_recognizer_once)
    monkeypatch.setattr(bootstrap, "build_llm", build_llm_once)
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", scan_component_manifests_once)
    monkeypatch.setattr(exchange, "SENTENCE_PAUSE_S", 0)
    st.cache_resource.clear()
    yield services.practice()
    services.practice().close()
    st.cache_resource.clear()


@pytest.fixture
def app(practice: Practice) -> AppTest:
    """The app on the choice of customers."""
    return open_page(run(AppTest.from_file(str(APP), default_timeout=TIMEOUT_S)), Place.PRACTICE)
