from time import perf_counter

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from trainer.scoring.agreement import agreement, weighted_kappa


def test_kappa_is_the_textbook_figure() -> None:
    rng = np.random.default_rng(1)
    first = rng.integers(1, 6, 200)
    second = np.clip(first + rng.integers(-1, 2, 200), 1, 5)
    ours = weighted_kappa(first, second)
    assert ours == pytest.approx(cohen_kappa_score(first, second, weights="quadratic"))


def test_equal_ratings_agree_fully() -> None:
    found = agreement([1, 3, 5], [1, 3, 5])
    assert (found.kappa.value, found.exact.value, found.within_one.value) == (1, 1, 1)


def test_within_one_and_confusion_count_the_pairs() -> None:
    found = agreement([1, 2, 3, 4], [1, 3, 5, 4])
    assert (found.exact.value, found.within_one.value) == (0.5, 0.75)
    assert found.confusion[2][4] == 1 and sum(map(sum, found.confusion)) == 4


def test_the_interval_holds_the_value_and_is_the_same_each_time() -> None:
    first, second = [1, 2, 3, 4, 5] * 6, [1, 2, 2, 4, 5] * 6
    one, other = agreement(first, second), agreement(first, second)
    assert one == other
    assert one.kappa.low <= one.kappa.value <= one.kappa.high


def test_kappa_is_undefined_where_both_give_everybody_the_same() -> None:
    assert agreement([3, 3], [3, 3]).kappa.value is None
    assert agreement([], []).exact.value is None


def test_ratings_of_different_calls_are_refused() -> None:
    with pytest.raises(ValueError, match="3 ratings cannot be compared with 2"):
        agreement([1, 2, 3], [1, 2])


def test_fast_and_textbook_kappa_are_the_same() -> None:
    rng = np.random.default_rng(2)
    first, second = rng.integers(1, 6, 300), rng.integers(1, 6, 300)
    found = agreement(first.tolist(), second.tolist(), resamples=10)
    assert found.kappa.value == pytest.approx(weighted_kappa(first, second))


def test_the_interval_is_that_of_a_bootstrap_over_pairs() -> None:
    rng = np.random.default_rng(3)
    first = rng.integers(1, 6, 60)
    second = np.clip(first + rng.integers(-1, 2, 60), 1, 5)
    draws = rng.integers(0, 60, (4000, 60))
    low, high = np.percentile([weighted_kappa(first[d], second[d]) for d in draws], [2.5, 97.5])
    found = agreement(first.tolist(), second.tolist(), resamples=4000).kappa
    assert (found.low, found.high) == (pytest.approx(low, abs=0.02), pytest.approx(high, abs=0.02))


def test_calls_are_drawn_whole() -> None:
    first, second = [1, 1, 1, 1, 5, 5, 5, 5], [1, 1, 1, 1, 1, 1, 1, 1]
    alone = agreement(first, second).exact
    together = agreement(first, second, calls=["a"] * 4 + ["b"] * 4).exact
    assert together.value == alone.value == 0.5
    assert (together.low, together.high) == (0, 1)
    assert 0 < alone.low < alone.high < 1


def test_thousands_of_calls_take_no_time() -> None:
    began = perf_counter()
    agreement([1, 2, 3, 4, 5] * 2000, [1, 2, 2, 4, 4] * 2000)
    assert perf_counter() - began < 20
