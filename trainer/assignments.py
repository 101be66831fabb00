"""Practice that a coach has set: what the start page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Assignment:
    """One customer to call.

    Attributes:
        persona_id: Whom to call.
        due_at: Until when; None where there is no date.
        done: How many calls of it are done, of `wanted`.
    """

    persona_id: str
    due_at: datetime | None
    done: int
    wanted: int


class Assignments(Protocol):
    """Who knows what was set."""

    def open_for(self, person: str) -> Sequence[Assignment]:
        """Returns what a person still has to do, the most urgent first."""


@dataclass(frozen=True, slots=True)
class NoAssignments:
    """Where no coach can set anything, there is nothing to do."""

    def open_for(self, person: str) -> Sequence[Assignment]:
        """Returns nothing, for anybody."""
        return ()
