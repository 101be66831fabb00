"""Who uses the trainer."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do."""

    TRAINEE = "trainee"
    COACH = "coach"
    ADMINISTRATOR = "administrator"
