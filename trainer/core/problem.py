"""What is wrong with a persona or rubric: one wording for files and one place for forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

_FIELD = "field"
_REMEDIES = {
    "extra_forbidden": "is no known field; check the spelling or remove it",
    "missing": "is missing; add it",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake.

    Attributes:
        place: Dotted path of what was being read, as a file's author looks for it; "" for the
            whole.
        field: Dotted path of the one field it is about, as a form shows it; often the same.
        kind: Which mistake; pages have words for it in both languages.
        message: What is wrong and what would be right, in English.
        values: What the words of a kind mention, by name.
    """

    place: str
    field: str
    kind: str
    message: str
    values: Mapping[str, object]


def refusal(kind: str, message: str, **values: Any) -> PydanticCustomError:
    """Returns what a validator raises.

    Args:
        kind: Which mistake.
        message: What is wrong; `{names}` in braces are filled from the values.
        **values: What the message mentions. `field` is the path of the field within the part
            that is being validated; lists are joined.
    """
    flat = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in values.items()
    }
    return PydanticCustomError(kind, _literal(message.format(**flat)), flat)


def problems_of(error: ValidationError) -> Sequence[Problem]:
    """Returns the mistakes in the order of the schema."""
    return [_problem(found) for found in error.errors(include_url=False, include_input=False)]


def _problem(found: ErrorDetails) -> Problem:
    place = ".".join(str(part) for part in found["loc"] if part != "[key]")
    values = dict(found.get("ctx", {}))
    within = str(values.get(_FIELD, ""))
    message = found["msg"].removeprefix("Value error, ")
    return Problem(
        place=place,
        field=".".join(part for part in (place, within) if part),
        kind=found["type"],
        message=_REMEDIES.get(found["type"], message),
        values=values,
    )


def _literal(message: str) -> str:
    """Keeps braces in a finished message from being read as places to fill."""
    return message.replace("{", "(").replace("}", ")")
