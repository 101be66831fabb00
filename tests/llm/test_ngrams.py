from random import Random

from hypothesis import given
from hypothesis import strategies as st

from trainer.llm.ngrams import Ngrams

TEXTS = ((5, 6, 7, 0), (5, 6, 8, 9, 0), (4, 6, 7, 7, 0))
ALL = range(1, 10)


def test_the_beginning_is_one_of_the_beginnings() -> None:
    assert Ngrams(TEXTS, 2, ALL).after(()) == [4, 5]


def test_a_stretch_goes_on_as_it_did_somewhere() -> None:
    ngrams = Ngrams(TEXTS, 2, ALL)
    assert ngrams.after((5, 6)) == [7, 8]
    assert ngrams.after((4, 6)) == [7]
    assert ngrams.after((5, 6, 7)) == [0, 7]


def test_a_word_of_many_tokens_counts_as_one() -> None:
    opens, goes_on = (1, 2, 3), 9
    ngrams = Ngrams(((1, 2, goes_on, goes_on, 3, 0), (3, 2, goes_on, goes_on, 1, 0)), 2, opens)
    assert ngrams.after((1, 2, goes_on, goes_on)) == [3]
    assert Ngrams(((1, 2, 9, 9, 3, 0), (3, 2, 9, 9, 1, 0)), 1, opens).after((1, 2, 9, 9)) == [1, 3]


@given(
    st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=8), min_size=1, max_size=5),
    st.integers(1, 4),
    st.randoms(use_true_random=False),
)
def test_what_is_drawn_is_written_stretch_by_stretch(
    texts: list[list[int]], words: int, rng: Random
) -> None:
    ended = [(*text, 0) for text in texts]
    ngrams = Ngrams(ended, words, range(1, 5))
    drawn: list[int] = []
    while 0 not in drawn and len(drawn) < 40:
        drawn.append(rng.choice(ngrams.after(drawn)))
    size = min(words + 1, len(drawn))
    written = {text[at : at + size] for text in ended for at in range(len(text) - size + 1)}
    assert {tuple(drawn[at : at + size]) for at in range(len(drawn) - size + 1)} <= written
