import pytest

from trainer.nlg.vocabulary import load_vocabulary, vocabulary_of
from trainer.nlg.words import tokens

SMALL = vocabulary_of(
    ["Der Vertrag kam mit der Rechnung.", "Die Hotline war besetzt, die Nummer alt."]
)


@pytest.mark.parametrize(
    "word", ["Vertrag", "vertrag", "Verträge", "Rechnungen", "Vertragsnummer", "Hotline-Nummer"]
)
def test_known_words_their_endings_and_compounds_may_be_said(word: str) -> None:
    assert SMALL.has(word)


@pytest.mark.parametrize(
    "word", ["Gefudder", "Vertragsdings", "rechnungvertrag", "Hotline-Gefudder"]
)
def test_made_up_words_may_not(word: str) -> None:
    assert not SMALL.has(word)


def test_the_corpus_knows_everyday_words() -> None:
    known = load_vocabulary()
    assert all(map(known.has, tokens("Ich habe doch gesagt, dass mir die Kündigung leid tut.")))
    assert not known.has("Zwurbeltüchte")
