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
