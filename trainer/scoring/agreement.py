"""How well two ratings of the same calls agree."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVELS = (1, 2, 3, 4, 5)

Ratings = NDArray[np.int_]
Measure = Callable[[Ratings, Ratings], float | None]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % bootstrap interval; all None where it is not defined."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two ratings.

    Attributes:
        calls: How many calls both have rated.
        kappa: Quadratically weighted kappa (Cohen 1968), at most 1.
        exact: Share of equal levels.
        within_one: Share of levels that differ by at most one.
        confusion: Counts; a row for each level of the first rating, a column for the second's.
    """

    calls: int
    kappa: Estimate
    exact: Estimate
    within_one: Estimate
    confusion: tuple[tuple[int, ...], ...]


def agreement(
    first: Sequence[int], second: Sequence[int], *, resamples: int = 2000, seed: int = 0
) -> Agreement:
    """Compares two ratings on the scale 1–5.

    Args:
        first: Levels by one rater.
        second: Levels by the other, of the same calls in the same order.
        resamples: How often calls are drawn anew for the intervals.
        seed: Same seed, same intervals.

    Raises:
        ValueError: The two are not of the same length.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} ratings cannot be compared with {len(second)}")
    one, other = np.array(first, int), np.array(second, int)
    draws = np.random.default_rng(seed).integers(0, max(len(one), 1), (resamples, len(one)))
    return Agreement(
        calls=len(one),
        kappa=_estimate(weighted_kappa, one, other, draws),
        exact=_estimate(lambda a, b: _share(a == b), one, other, draws),
        within_one=_estimate(lambda a, b: _share(abs(a - b) <= 1), one, other, draws),
        confusion=tuple(
            tuple(int(((one == row) & (other == column)).sum()) for column in LEVELS)
            for row in LEVELS
        ),
    )


def weighted_kappa(first: Ratings, second: Ratings) -> float | None:
    """Returns the quadratically weighted kappa, None where chance alone explains everything."""
    if not len(first):
        return None
    observed = float(((first - second) ** 2).mean())
    expected = float(((first[:, None] - second[None, :]) ** 2).mean())
    return 1 - observed / expected if expected else None


def _share(hits: NDArray[np.bool_]) -> float | None:
    return float(hits.mean()) if len(hits) else None


def _estimate(measure: Measure, one: Ratings, other: Ratings, draws: NDArray[np.int_]) -> Estimate:
    value = measure(one, other)
    if value is None:
        return Estimate(None, None, None)
    drawn = [measure(one[draw], other[draw]) for draw in draws]
    low, high = np.percentile([figure for figure in drawn if figure is not None], [2.5, 97.5])
    return Estimate(value, float(low), float(high))
