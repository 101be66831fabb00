"""Fits the rubric's weights and thresholds to the rated calls and prints them.

Few parameters, all monotone: one weight a check, four rising thresholds a principle. Weights set by
hand are the prior, and none may more than double or halve: 42 calls cannot turn a check round.

Run: PYTHONPATH=. .venv/bin/python benchmarks/fit_levels.py
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import yaml
from calls import Calls, gold_calls, median_levels, recognised_calls
from numpy.typing import NDArray
from scipy.optimize import lsq_linear

from trainer.core.rubric import Principle, PrincipleRubric, Rubric
from trainer.scoring.checks import run
from trainer.scoring.evidence import Talk

RUBRIC = Path(__file__).parent.parent / "rubrics" / "winback.yaml"

PRIOR = {
    "lead.dialogue": 25,
    "lead.introduce": 10,
    "lead.reason": 10,
    "lead.permission": 20,
    "lead.agenda": 20,
    "lead.steer": 15,
    "lead.appreciation": 10,
    "lead.finish": 10,
    "lead.friendly": 20,
    "needs.reason": 15,
    "needs.questions": 20,
    "needs.breadth": 15,
    "needs.dig": 15,
    "needs.take_up": 15,
    "needs.summary": 15,
    "needs.return_if": 10,
    "needs.first": 15,
    "objections.understand": 25,
    "objections.look_behind": 30,
    "objections.answer": 20,
    "objections.check": 25,
    "objections.no_denial": 30,
    "objections.no_reflex": 15,
    "close.benefit": 15,
    "close.fit": 15,
    "close.decision": 25,
    "close.next_step": 15,
    "close.terms": 15,
    "close.parting": 15,
    "close.not_vague": 20,
    "close.no_pressing": 30,
}
"""Weights set by hand before anything was fitted."""

PRIOR_STRENGTH = 4.0
MOST_CHANGE = 2.0
EVEN = np.array([20, 40, 60, 80])
STEPS = range(10, 96, 4)
PULL_TO_EVEN = 0.002

Floats = NDArray[np.float64]
Levels = NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Points from credits, levels from points."""

    weights: Floats
    thresholds: tuple[float, ...]

    def points(self, credits: Floats) -> Floats:
        """Returns points 0–100 for rows of credits; harm has negative credit."""
        return np.clip(credits @ self.weights, 0, 100)

    def levels(self, credits: Floats) -> Levels:
        """Returns levels 1–5."""
        return 1 + np.searchsorted(self.thresholds, self.points(credits), side="right")


def load_rubric() -> Rubric:
    """Returns the shipped rubric."""
    return Rubric.model_validate(yaml.safe_load(RUBRIC.read_text(encoding="utf-8")))


def credits_of(calls: Calls, rubric: Rubric, principle: Principle) -> Floats:
    """Returns a row of credits for each call: 0, 0.5 or 1, and 0, -0.5 or -1 for harm."""
    rows = []
    for turns in calls.values():
        talk = Talk(turns, rubric.confidence, rubric.segments_per_turn)
        outcomes = [run(check, talk) for check in rubric.principles[principle].active]
        rows.append([outcome.gain / outcome.check.weight for outcome in outcomes])
    return np.array(rows)


def fit_mapping(credits: Floats, levels: Levels, part: PrincipleRubric) -> Mapping:
    """Returns the mapping that comes closest to the rated levels."""
    prior = np.array([PRIOR.get(check.id, check.weight) for check in part.active])
    gives = np.array([not check.harmful for check in part.active])
    wanted = 20.0 * levels - 10
    rows = np.vstack([credits, PRIOR_STRENGTH * np.eye(len(prior))])
    targets = np.concatenate([wanted, PRIOR_STRENGTH * prior])
    weights = lsq_linear(rows, targets, bounds=(prior / MOST_CHANGE, prior * MOST_CHANGE)).x
    weights *= 100 / weights[gives].sum()
    mapping = Mapping(np.round(weights), tuple(EVEN))
    return Mapping(mapping.weights, _thresholds(mapping.points(credits), levels))


def _thresholds(points: Floats, levels: Levels) -> tuple[float, ...]:
    """Returns the rising thresholds with the least squared error, near-even ones at a draw."""
    candidates = np.array(list(combinations(STEPS, 4)))
    guesses = 1 + (points[None, :, None] >= candidates[:, None, :]).sum(axis=2)
    error = ((guesses - levels) ** 2).mean(axis=1)
    uneven = ((candidates - EVEN) ** 2).mean(axis=1)
    return tuple(float(t) for t in candidates[np.argmin(error + PULL_TO_EVEN * uneven)])


def leave_one_call_out(
    training: Sequence[Floats], seen: Floats, levels: Levels, part: PrincipleRubric
) -> Levels:
    """Returns each call's level by a mapping fitted on the other calls.

    Args:
        training: Credits to fit on, such as of gold and of recognised acts; the same calls in each.
        seen: Credits of the calls to judge.
        levels: The rated levels.
        part: The principle of the rubric.
    """
    found = np.zeros_like(levels)
    for call in range(len(levels)):
        rest = np.arange(len(levels)) != call
        rows = np.vstack([credits[rest] for credits in training])
        mapping = fit_mapping(rows, np.tile(levels[rest], len(training)), part)
        found[call] = mapping.levels(seen[call : call + 1])[0]
    return found


def main() -> None:
    """Prints weights and thresholds to be written into the rubric by hand."""
    rubric, rated = load_rubric(), median_levels()
    versions = [gold_calls(), recognised_calls()]
    for principle, part in rubric.principles.items():
        levels = np.array([rated[call][principle] for call in versions[0]])
        rows = np.vstack([credits_of(calls, rubric, principle) for calls in versions])
        mapping = fit_mapping(rows, np.tile(levels, len(versions)), part)
        print(f"{principle}: thresholds {list(mapping.thresholds)}")
        for check, weight in zip(part.active, mapping.weights, strict=True):
            print(f"  {check.id:28} {check.weight:5.0f} -> {weight:5.0f}")


if __name__ == "__main__":
    main()
