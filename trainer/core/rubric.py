"""How a call is judged: one YAML file in `rubrics/`, checked strictly."""

from enum import StrEnum


class Principle(StrEnum):
    """The guide's four principles of a win-back call."""

    LEAD = "lead"
    NEEDS = "needs"
    OBJECTIONS = "objections"
    CLOSE = "close"
