"""Who uses the trainer."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do."""

    TRAINEE = "trainee"
    COACH = "coach"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks for something: signed in, and known by what they may see.

    Attributes:
        person: Id of the person.
        role: What they may do.
        teams: Ids of their teams. People without a team are one team together. None where there
            is nobody to tell apart: in open mode, on one machine.
    """

    person: str
    role: Role
    teams: frozenset[str] | None = frozenset()
