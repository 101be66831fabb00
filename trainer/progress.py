"""Figures over a trainee's calls: trends, streak, what is won and what is hard. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from statistics import fmean

import pandas as pd

from trainer.core.assessment import CheckResult
from trainer.core.plan import Objection
from trainer.core.rubric import Principle
from trainer.store.results import Result

SHOWN = 10
"""Calls in a trend line."""
_CREDIT = {CheckResult.MET: 1.0, CheckResult.PARTLY: 0.5, CheckResult.NOT_MET: 0.0}


@dataclass(frozen=True, slots=True)
class Trend:
    """How one principle went.

    Attributes:
        points: 0–100 of the latest scored calls, oldest first; at most ten.
        change: Mean of the newer half against the older half; None with fewer than four calls.
    """

    points: tuple[float, ...]
    change: float | None


@dataclass(frozen=True, slots=True)
class Mastery:
    """How one check went over the latest ten calls that gave occasion for it.

    Attributes:
        share: Credit in [0, 1], a half for partly met.
        calls: How many calls that were, from 1.
    """

    check: str
    share: float
    calls: int


@dataclass(frozen=True, slots=True)
class Hardship:
    """How often an objection was raised and got no answer."""

    objection: Objection
    raised: int
    unanswered: int


def trend(results: Sequence[Result], principle: Principle) -> Trend:
    """Returns the trend of a principle; results oldest first."""
    every = [result.points.get(principle) for result in results]
    points = tuple(value for value in every if value is not None)[-SHOWN:]
    if len(points) < 4:
        return Trend(points, None)
    half = len(points) // 2
    return Trend(points, fmean(points[-half:]) - fmean(points[:half]))


def streak(results: Sequence[Result], *, today: date, zone: tzinfo) -> int:
    """Returns on how many days in a row there was a call; yesterday's streak still counts today."""
    days = {result.ended_at.astimezone(zone).date() for result in results}
    day = today if today in days else today - timedelta(days=1)
    length = 0
    while day in days:
        length, day = length + 1, day - timedelta(days=1)
    return length


def mastery(results: Sequence[Result], check_ids: Sequence[str]) -> list[Mastery]:
    """Returns how each check went, in the given order; those never seen are left out."""
    found = []
    for check_id in check_ids:
        seen = [r.checks[check_id] for r in results if check_id in r.checks]
        credits = [_CREDIT[result] for result in seen if result in _CREDIT][-SHOWN:]
        if credits:
            found.append(Mastery(check_id, fmean(credits), len(credits)))
    return found


def hardships(results: Sequence[Result]) -> list[Hardship]:
    """Returns the objections raised so far, the one left unanswered most often first."""
    found = []
    for objection in Objection:
        answered = [r.objections[objection] for r in results if objection in r.objections]
        if answered:
            found.append(Hardship(objection, len(answered), answered.count(False)))
    return sorted(found, key=lambda one: -one.unanswered / one.raised)


def won_personas(results: Sequence[Result]) -> frozenset[str]:
    """Returns the ids of the customers who were won at least once."""
    return frozenset(result.persona_id for result in results if result.won)


def table(so_far: Sequence[Result]) -> pd.DataFrame:
    """Returns one row for each call: times, customer, ending, points."""
    return pd.DataFrame(
        {
            "started_at": result.started_at.isoformat(),
            "ended_at": result.ended_at.isoformat(),
            "customer": result.persona_name,
            "ending": result.ending,
            "total": result.total,
            "passed": result.passed,
            **{principle: result.points.get(principle) for principle in Principle},
        }
        for result in so_far
    )
