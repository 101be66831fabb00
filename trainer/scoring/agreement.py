"""How well two ratings of the same calls agree."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVELS = (1, 2, 3, 4, 5)

Ratings = NDArray[np.int_]
Floats = NDArray[np.float64]
_AT_ONCE = 200
"""So many resamples are weighed together: memory stays flat with thousands of calls."""


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
        calls: How many pairs of ratings there are.
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
    first: Sequence[int],
    second: Sequence[int],
    *,
    calls: Sequence[Hashable] | None = None,
    levels: Sequence[int] = LEVELS,
    resamples: int = 2000,
    seed: int = 0,
) -> Agreement:
    """Compares two ratings on an ordinal scale.

    Args:
        first: Levels by one rater.
        second: Levels by the other, of the same calls in the same order.
        calls: Which call each pair is about, where a call has several: calls are drawn whole.
            None where each pair is a call of its own.
        levels: The scale, evenly spaced and rising.
        resamples: How often calls are drawn anew for the intervals.
        seed: Same seed, same intervals.

    Raises:
        ValueError: The two are not of the same length, or a level is not on the scale.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} ratings cannot be compared with {len(second)}")
    tables = _tables(first, second, calls or range(len(first)), list(levels))
    whole = tables.sum(axis=0)
    drawn = _resampled(tables, resamples, seed)
    size = len(levels)
    steps = abs(np.subtract.outer(np.arange(size), np.arange(size))).ravel()
    return Agreement(
        calls=len(first),
        kappa=_estimate(_kappas(whole[None], size), _kappas(drawn, size)),
        exact=_estimate(_shares(whole[None], steps == 0), _shares(drawn, steps == 0)),
        within_one=_estimate(_shares(whole[None], steps <= 1), _shares(drawn, steps <= 1)),
        confusion=tuple(tuple(int(n) for n in row) for row in whole.reshape(size, size)),
    )


def weighted_kappa(first: Ratings, second: Ratings) -> float | None:
    """Returns the quadratically weighted kappa, None where chance alone explains everything."""
    if not len(first):
        return None
    observed = float(((first - second) ** 2).mean())
    expected = float(((first[:, None] - second[None, :]) ** 2).mean())
    return 1 - observed / expected if expected else None


def _tables(
    first: Sequence[int], second: Sequence[int], calls: Sequence[Hashable], levels: list[int]
) -> Floats:
    """Returns a row for each call with its flattened confusion table."""
    rows = {call: row for row, call in enumerate(dict.fromkeys(calls))}
    tables = np.zeros((len(rows), len(levels) ** 2))
    for one, other, call in zip(first, second, calls, strict=True):
        tables[rows[call], levels.index(one) * len(levels) + levels.index(other)] += 1
    return tables


def _resampled(tables: Floats, resamples: int, seed: int) -> Floats:
    """Returns the confusion table of each resample of whole calls."""
    number = len(tables)
    if not number:
        return np.zeros((0, tables.shape[1]))
    rng, even = np.random.default_rng(seed), np.full(number, 1 / number)
    parts = [
        rng.multinomial(number, even, min(_AT_ONCE, resamples - begun)) @ tables
        for begun in range(0, resamples, _AT_ONCE)
    ]
    return np.vstack(parts)


def _kappas(tables: Floats, size: int) -> Floats:
    """Returns a kappa for each flattened table, not a number where it is not defined."""
    squares = np.subtract.outer(np.arange(size), np.arange(size)) ** 2
    square = tables.reshape(-1, size, size)
    pairs = square.sum(axis=(1, 2))
    chance = np.einsum("ni,ij,nj->n", square.sum(axis=2), squares, square.sum(axis=1))
    observed = (square * squares).sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(chance > 0, 1 - observed * pairs / chance, np.nan)


def _shares(tables: Floats, hits: NDArray[np.bool_]) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.asarray(tables[:, hits].sum(axis=1) / tables.sum(axis=1), np.float64)


def _estimate(whole: Floats, drawn: Floats) -> Estimate:
    value, known = float(whole[0]), drawn[~np.isnan(drawn)]
    if np.isnan(value):
        return Estimate(None, None, None)
    low, high = np.percentile(known, [2.5, 97.5])
    return Estimate(value, float(low), float(high))
