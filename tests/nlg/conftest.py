"""The phrase bank, read once, and a recogniser that knows what a test tells it."""

import pytest

from tests.nlg.builders import KeywordRecognizer
from trainer.nlg.phrases import PhraseBank, load_phrases


@pytest.fixture(scope="session")
def bank() -> PhraseBank:
    return load_phrases()


@pytest.fixture
def recognizer() -> KeywordRecognizer:
    return KeywordRecognizer()
