"""Two attempts side by side: where they part, and what changed in their assessments."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import takewhile

from trainer.core.assessment import Assessment, CheckResult, Finding
from trainer.core.rubric import Principle
from trainer.practice import Review
from trainer.store.calls import CallRecord

_RANKS = {
    CheckResult.NOT_MET: 0,
    CheckResult.PARTLY: 1,
    CheckResult.NOT_OBSERVABLE: 2,
    CheckResult.MET: 3,
}
"""NOT_OBSERVABLE is compared only where a check looks for harm: none was done."""


@dataclass(frozen=True, slots=True)
class LevelPair:
    """Levels 1–5 and points 0–100 of one principle in both attempts; None where unscored."""

    principle: Principle
    levels: tuple[int | None, int | None]
    points: tuple[float | None, float | None]

    @property
    def change(self) -> float | None:
        """Points gained from the first to the second; None where one of them is unscored."""
        first, second = self.points
        return None if first is None or second is None else second - first


@dataclass(frozen=True, slots=True)
class CheckChange:
    """A check with another result in the second attempt.

    Attributes:
        better: Whether the second attempt did better at it.
    """

    first: Finding
    second: Finding

    @property
    def better(self) -> bool:
        """Whether the second result is the better one."""
        return _RANKS[self.second.result] > _RANKS[self.first.result]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two attempts at the same call.

    Attributes:
        fork: Index of the first turn in which they differ.
        levels: One pair for each principle; empty where one attempt has no assessment.
        changes: Checks whose result differs, improvements first, in the rubric's order. What had no
            occasion in one of the attempts cannot be compared and is left out.
    """

    first: Review
    second: Review
    fork: int
    levels: tuple[LevelPair, ...]
    changes: tuple[CheckChange, ...]


def compare(first: Review, second: Review, *, harmful: Collection[str]) -> Comparison:
    """Returns what two attempts share and where they differ.

    Args:
        first: The earlier attempt.
        second: The later one.
        harmful: Ids of checks that look for harm: of these, no occasion is the best result.
    """
    before, after = first.call.assessment, second.call.assessment
    return Comparison(
        first=first,
        second=second,
        fork=fork_of(first.call, second.call),
        levels=_levels(before, after) if before and after else (),
        changes=_changes(before, after, harmful) if before and after else (),
    )


def fork_of(first: CallRecord, second: CallRecord) -> int:
    """Returns how many turns two calls have in common from the start."""
    pairs = zip(first.turns, second.turns, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _levels(before: Assessment, after: Assessment) -> tuple[LevelPair, ...]:
    return tuple(
        LevelPair(
            principle,
            (before.principles[principle].level, after.principles[principle].level),
            (before.principles[principle].points, after.principles[principle].points),
        )
        for principle in Principle
        if principle in before.principles and principle in after.principles
    )


def _changes(
    before: Assessment, after: Assessment, harmful: Collection[str]
) -> tuple[CheckChange, ...]:
    earlier: Mapping[str, Finding] = {found.id: found for found in before.findings}
    changes = [
        CheckChange(earlier[found.id], found)
        for found in after.findings
        if found.id in earlier and found.result is not earlier[found.id].result
    ]
    changes = [
        change
        for change in changes
        if change.second.id in harmful
        or CheckResult.NOT_OBSERVABLE not in (change.first.result, change.second.result)
    ]
    return tuple(sorted(changes, key=lambda change: not change.better))
