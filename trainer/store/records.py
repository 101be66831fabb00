"""What goes into the store and comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trainer.core.assessment import Assessment
from trainer.core.person import Role
from trainer.core.plan import Ending, Source, TurnPlan
from trainer.core.rubric import Principle
from trainer.core.text import Localized
from trainer.core.turn import Turn


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who practises or coaches."""

    id: str
    name: str
    role: Role
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One turn as it was kept.

    Attributes:
        index: Place in the transcript, from 0.
        at: When it was said.
        plan: The customer's plan; None for the trainee's turns, likewise the rest.
        state: The hidden state after the turn, as JSON that only its owner can read.
        sentences: How many of its sentences came from where.
        latency_ms: How long finding them took.
    """

    index: int
    turn: Turn
    at: datetime
    plan: TurnPlan | None = None
    state: dict[str, Any] | None = None
    sentences: Mapping[Source, int] | None = None
    latency_ms: int | None = None


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """What a coach wrote.

    Attributes:
        author: Id of the coach.
        turn: Index of the turn it is about; None for the whole call.
        kind: `comment`, or `better` for a sentence that would have been better there.
    """

    id: str
    author: str
    author_name: str
    text: str
    turn: int | None
    at: datetime
    kind: str = "comment"


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call with everything kept about it.

    Attributes:
        person: Id of the trainee.
        persona: The customer as it was when the call began, as JSON.
        versions: What the call was played with, by name.
        ended_at: None while the call goes on; `ending` likewise.
        submitted_at: None while only the trainee may see it.
        turns: In order.
        assessment: None before the call was scored.
        comments: Oldest first.
        trial: Whether it only tries content out; it is never submitted and in no figure.
        title: Full name of the customer; of a real call what it was called when it was read in.
    """

    id: str
    person: str
    persona: dict[str, Any]
    seed: int
    versions: dict[str, str]
    started_at: datetime
    ended_at: datetime | None = None
    ending: Ending | None = None
    submitted_at: datetime | None = None
    turns: tuple[TurnRecord, ...] = ()
    assessment: Assessment | None = None
    comments: tuple[CommentRecord, ...] = ()
    trial: bool = False
    title: str = ""

    @property
    def real(self) -> bool:
        """Whether somebody real was called, so that there is no persona."""
        return not self.persona


@dataclass(frozen=True, slots=True)
class CallSummary:
    """One line of a list of calls.

    Attributes:
        total: 0–100; None where the call is not scored or could not be.
        passed: None before the call was scored.
        levels: Level 1–5 by principle, None where unscored; empty before the call was scored.
        finished_at: When a coach finished the review; None before.
        trial: Whether it only tries content out.
        differing: In how many checks a second opinion contradicts; None where there is none.
    """

    id: str
    person: str
    person_name: str
    persona_id: str
    persona_name: str
    industry: Localized
    difficulty: str
    started_at: datetime
    ended_at: datetime | None
    ending: Ending | None
    submitted_at: datetime | None
    total: float | None
    passed: bool | None
    levels: Mapping[Principle, int | None]
    turn_count: int
    comment_count: int
    finished_at: datetime | None = None
    trial: bool = False
    differing: int | None = None

    @property
    def real(self) -> bool:
        """Whether somebody real was called."""
        return not self.persona_id


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFilter:
    """Which calls a list shows; None asks for nothing.

    Attributes:
        person: Id of the trainee.
        passed: Only calls that passed, or only scored calls that did not.
        submitted: Only calls a coach may see, or only private ones.
        ended: Only calls that are over, or only those still going on.
        since: Begun at this time or later.
        until: Begun before this time.
        min_total: Scored with at least so many points.
        teams: Only calls of people in one of these teams; of those without a team where empty.
        finished: Only calls whose review is finished, or only those that wait for one.
        weak_in: Only calls that reached level 1 or 2 in this principle.
        words: Only calls in which somebody says this.
        trial: Only calls that try content out, or only the others.
        real: Only real calls, or only practised ones.
        differing: Only calls whose second opinion contradicts somewhere, or nowhere.
        limit: At most so many calls, from 1.
        offset: Leaves out so many of the latest.
    """

    person: str | None = None
    persona_id: str | None = None
    ending: Ending | None = None
    passed: bool | None = None
    submitted: bool | None = None
    ended: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    min_total: float | None = None
    teams: frozenset[str] | None = None
    finished: bool | None = None
    weak_in: Principle | None = None
    words: str | None = None
    trial: bool | None = None
    real: bool | None = None
    differing: bool | None = None
    limit: int = 200
    offset: int = 0

    def __post_init__(self) -> None:
        """Refuses a page that is none.

        Raises:
            ValueError: `limit` is below 1 or `offset` below 0.
        """
        if self.limit < 1 or self.offset < 0:
            raise ValueError(
                f"limit {self.limit} must be 1 or more, offset {self.offset} 0 or more"
            )
