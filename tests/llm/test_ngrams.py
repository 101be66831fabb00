from hypothesis import given
from hypothesis import strategies as st

from trainer.llm.ngrams import Ngrams

TEXTS = ((5, 6, 7, 0), (5, 6, 8, 9, 0), (4, 6, 7, 7, 0))


def test_the_beginning_is_one_of_the_beginnings() -> None:
    assert Ngrams(TEXTS, 3).after(()) == [4, 5]


def test_a_stretch_goes_on_as_it_did_somewhere() -> None:
    ngrams = Ngrams(TEXTS, 3)
    assert ngrams.after((5, 6)) == [7, 8]
    assert ngrams.after((4, 6)) == [7]
    assert ngrams.after((5, 6, 7)) == [0, 7]


@given(
    st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=8), min_size=1, max_size=5),
    st.integers(2, 5),
    st.randoms(use_true_random=False),
)
def test_what_is_drawn_is_written_stretch_by_stretch(
    texts: list[list[int]], order: int, rng: object
) -> None:
    ended = [(*text, 0) for text in texts]
    ngrams = Ngrams(ended, order)
    drawn: list[int] = []
    while (not drawn or drawn[-1] != 0) and len(drawn) < 40:
        drawn.append(rng.choice(ngrams.after(drawn)))  # type: ignore[attr-defined]
    written = {
        text[at : at + order] for text in ended for at in range(max(1, len(text) - order + 1))
    }
    stretches = {tuple(drawn[at : at + order]) for at in range(max(1, len(drawn) - order + 1))}
    assert stretches <= written or len(drawn) < order
