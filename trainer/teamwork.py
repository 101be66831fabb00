"""Where a team stands: levels, trend, what is missed most, objections, time spent practising.

Only what trainees submitted is looked into; calls for assignments add their time. People stand in
the order of their names: this is no ranking.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import mean, pstdev

from trainer.core.digest import STEPS
from trainer.core.person import Actor, Role
from trainer.core.rubric import Principle
from trainer.errors import NotAllowedError
from trainer.store.teamwork import Line, TeamworkStore

FEWEST = 8
"""Fewer calls say nothing about what is unusual."""
_FAR = 2.0
_MOST_OUTLIERS = 10


@dataclass(frozen=True, slots=True)
class Member:
    """One person in a report.

    Attributes:
        calls: Submitted calls.
        minutes: Time in submitted and assigned calls.
        levels: Mean level by principle; None without a scored call.
        total: Mean total; None without a scored call.
    """

    person: str
    name: str
    calls: int
    minutes: float
    levels: Mapping[Principle, float | None]
    total: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """How often something that was due happened.

    Attributes:
        name: Id of a check or question.
        missed: In how many calls it did not happen.
        due: In how many calls it was due.
    """

    name: str
    missed: int
    due: int

    @property
    def share(self) -> float:
        """Missed, in [0, 1]."""
        return self.missed / self.due


@dataclass(frozen=True, slots=True)
class Handling:
    """What was done with one kind of objection: how often it came and each step was taken."""

    objection: str
    raised: int
    steps: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Week:
    """Mean total of the submitted calls of one week; `begins` is a Monday."""

    begins: date
    total: float
    calls: int


@dataclass(frozen=True, slots=True)
class TeamReport:
    """The whole report.

    Attributes:
        members: By name.
        weeks: Only weeks with scored calls, oldest first.
        checks: Most missed first; likewise `questions`.
        outliers: Calls whose total lies far from the team's mean, latest first.
    """

    members: tuple[Member, ...]
    weeks: tuple[Week, ...]
    checks: tuple[Share, ...]
    questions: tuple[Share, ...]
    objections: tuple[Handling, ...]
    outliers: tuple[Line, ...]
    calls: int
    minutes: float


def summarise(lines: Sequence[Line]) -> TeamReport:
    """Returns the report over some calls, oldest first."""
    shown = [line for line in lines if line.submitted]
    return TeamReport(
        members=tuple(_members(lines)),
        weeks=tuple(_weeks(shown)),
        checks=_shares(_checks(shown)),
        questions=_shares(_questions(shown)),
        objections=tuple(_objections(shown)),
        outliers=tuple(_outliers(shown)),
        calls=len(shown),
        minutes=_minutes(lines),
    )


@dataclass(frozen=True, slots=True)
class Teamwork:
    """The service behind the page about teams. Every method checks who asks."""

    store: TeamworkStore

    def report(
        self, actor: Actor, *, since: datetime | None = None, team: str | None = None
    ) -> TeamReport:
        """Returns the report about the actor's teams, or one of them.

        Raises:
            NotAllowedError: The actor is no coach, or not in this team.
        """
        return summarise(self.lines(actor, since=since, team=team))

    def lines(
        self, actor: Actor, *, since: datetime | None = None, team: str | None = None
    ) -> Sequence[Line]:
        """Returns the calls behind the report, one line each; for exports.

        Raises:
            NotAllowedError: The actor is no coach, or not in this team.
        """
        if actor.role is not Role.COACH:
            raise NotAllowedError("Only a coach may do this.")
        if team is None:
            return self.store.lines(actor.teams, since=since)
        if actor.teams is not None and team not in actor.teams:
            raise NotAllowedError("This team is not yours.")
        return self.store.lines(frozenset({team}), since=since)


def _members(lines: Sequence[Line]) -> Iterable[Member]:
    of_people: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        of_people[line.person].append(line)
    for person, mine in sorted(of_people.items(), key=lambda item: (item[1][0].name, item[0])):
        shown = [line for line in mine if line.submitted]
        yield Member(
            person=person,
            name=mine[0].name,
            calls=len(shown),
            minutes=_minutes(mine),
            levels={one: _mean(line.levels.get(one) for line in shown) for one in Principle},
            total=_mean(line.total for line in shown),
        )


def _weeks(lines: Sequence[Line]) -> Iterable[Week]:
    totals: dict[date, list[float]] = defaultdict(list)
    for line in lines:
        if line.total is not None:
            day = line.started_at.date()
            totals[day - timedelta(days=day.weekday())].append(line.total)
    for begins, of_week in sorted(totals.items()):
        yield Week(begins, mean(of_week), len(of_week))


def _checks(lines: Iterable[Line]) -> Iterable[tuple[str, bool]]:
    for line in lines:
        for check, result in line.digest.get("checks", {}).items():
            if result != "not_observable":
                yield check, result == "not"


def _questions(lines: Iterable[Line]) -> Iterable[tuple[str, bool]]:
    for line in lines:
        for question, asked in line.digest.get("asked", {}).items():
            yield question, not asked


def _shares(found: Iterable[tuple[str, bool]]) -> tuple[Share, ...]:
    due: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for name, was_missed in found:
        due[name] += 1
        missed[name] += was_missed
    shares = [Share(name, missed[name], count) for name, count in due.items()]
    return tuple(sorted(shares, key=lambda share: (-share.share, share.name)))


def _objections(lines: Iterable[Line]) -> Iterable[Handling]:
    raised: Counter[str] = Counter()
    steps: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        for story in line.digest.get("objections", ()):
            raised[story["objection"]] += 1
            steps[story["objection"]].update(story["steps"])
    for objection, count in sorted(raised.items()):
        yield Handling(objection, count, {step: steps[objection][step] for step in STEPS})


def _outliers(lines: Sequence[Line]) -> list[Line]:
    totals = [line.total for line in lines if line.total is not None]
    if len(totals) < FEWEST:
        return []
    middle, spread = mean(totals), pstdev(totals)
    far = [
        line
        for line in lines
        if line.total is not None and abs(line.total - middle) > _FAR * spread
    ]
    return far[::-1][:_MOST_OUTLIERS]


def _minutes(lines: Iterable[Line]) -> float:
    return sum((line.ended_at - line.started_at).total_seconds() for line in lines) / 60


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return mean(known) if known else None
