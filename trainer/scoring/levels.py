"""From checks to points, from points to a level."""

from bisect import bisect_right
from collections.abc import Sequence

from trainer.core.rubric import PrincipleRubric
from trainer.scoring.checks import Outcome

DIGITS = 1
"""Points are rounded before they are compared with anything: what is shown is what decides."""


def points_of(outcomes: Sequence[Outcome]) -> float | None:
    """Returns points in [0, 100] to one digit, or None where no check could be observed."""
    possible = sum(outcome.possible for outcome in outcomes)
    if not possible:
        return None
    earned = sum(outcome.gain for outcome in outcomes if not outcome.check.harmful)
    lost = sum(outcome.gain for outcome in outcomes if outcome.check.harmful)
    return min(100.0, max(0.0, round(100 * earned / possible + lost, DIGITS)))


def level_of(points: float, part: PrincipleRubric) -> int:
    """Returns the level 1–5 that points reach."""
    return 1 + bisect_right(part.thresholds, points)


def middle_of(level: int, part: PrincipleRubric) -> float:
    """Returns the points in the middle of a level."""
    bounds = (0.0, *part.thresholds, 100.0)
    return (bounds[level - 1] + bounds[level]) / 2
