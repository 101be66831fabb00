from random import Random

import pytest

from trainer.learn.typed import typed, typed_utterance, unmarked
from trainer.nlu.features import Utterance


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("Guten Tag, Frau Öz!", "guten tag frau öz"),
        ("Wie geht's – alles klar?", "wie geht's alles klar"),
        ("…", ""),
    ],
)
def test_an_unmarked_text_keeps_its_words_only(written: str, bare: str) -> None:
    assert unmarked(written) == bare


def test_a_typed_text_has_at_most_one_slip() -> None:
    text = "Woran hat es damals gelegen, dass Sie gegangen sind?"
    for seed in range(50):
        words = typed(text, Random(seed)).split()
        slips = [a for a, b in zip(words, unmarked(text).split(), strict=True) if a != b]
        assert len(slips) <= 1


def test_the_same_segment_is_always_typed_the_same() -> None:
    said = Utterance("Das dauert höchstens drei Minuten.", "Ich habe keine Zeit.", index=1, count=2)
    assert typed_utterance(said) == typed_utterance(said)
    assert typed_utterance(said).index == 1
