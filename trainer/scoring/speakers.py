"""Who of the two is the trainee and who the customer."""

import re
from collections.abc import Collection, Mapping, Sequence

from trainer.core.acts import Speaker
from trainer.errors import TranscriptError

_WORDS = {
    Speaker.TRAINEE: (
        "agent|agentin|trainee|anrufer|anruferin|berater|beraterin|mitarbeiter|mitarbeiterin|"
        "verkäufer|verkäuferin|vertrieb|service|caller|seller|representative|rep"
    ),
    Speaker.CUSTOMER: (
        "kunde|kundin|kd|customer|client|angerufene|angerufener|interessent|interessentin"
    ),
}
_PATTERNS = {
    speaker: re.compile(rf"(?:{words})(?:[ _-]?\d+)?", re.IGNORECASE)
    for speaker, words in _WORDS.items()
}
_CALLS = re.compile(
    r"""\b(mein\ name\ ist | ich\ rufe?\ .{0,20}\ban\b | spreche\ ich\ mit
    | hier\ (ist|spricht)\ .{3,40}\bvo[nm]\b)""",
    re.VERBOSE | re.IGNORECASE,
)
FIRST_LINES = 4

_REMEDY = "name them “Agent” and “Kunde” (or “Kundin”), or say --agent NAME"


def roles_of(lines: Sequence[tuple[str, str]]) -> Mapping[str, Speaker]:
    """Returns the role of each name that occurs.

    Names like Agent, Beraterin or Kunde say it themselves. Of two other names, the one that
    introduces itself as the caller in the first lines is the trainee, if only one does.

    Raises:
        TranscriptError: It cannot be told; nobody is guessed.
    """
    names = list(dict.fromkeys(name for name, _ in lines))
    known = {name: role for name in names if (role := _role(name))}
    strangers = [name for name in names if name not in known]
    roles = set(known.values())
    if not strangers:
        return known
    if len(strangers) == 1 and len(roles) == 1:
        return {**known, strangers[0]: _other(roles.pop())}
    if len(names) == 2:
        return _by_opening(lines, names)
    shown = ", ".join(f"“{name}”" for name in strangers[:5])
    raise TranscriptError(
        f"it is unclear who {shown} is; a call has two people: {_REMEDY}", "speakers"
    )


def chosen_roles(
    lines: Sequence[tuple[str, str]], agents: Collection[str]
) -> Mapping[str, Speaker]:
    """Returns the roles where somebody has said which names are the agent's.

    Returns:
        The role of each name; empty for a talk in which none of them occurs.
    """
    wanted = {name.strip().casefold() for name in agents}
    names = dict.fromkeys(name for name, _ in lines)
    if not any(name.casefold() in wanted for name in names):
        return {}
    return {
        name: Speaker.TRAINEE if name.casefold() in wanted else Speaker.CUSTOMER for name in names
    }


def _role(name: str) -> Speaker | None:
    bare = re.split(r"[(\[/,]", name)[0].strip()
    return next((role for role, words in _PATTERNS.items() if words.fullmatch(bare)), None)


def _other(speaker: Speaker) -> Speaker:
    return Speaker.CUSTOMER if speaker is Speaker.TRAINEE else Speaker.TRAINEE


def _by_opening(lines: Sequence[tuple[str, str]], names: Sequence[str]) -> dict[str, Speaker]:
    callers = {name for name, words in lines[:FIRST_LINES] if _CALLS.search(words)}
    if len(callers) != 1:
        raise TranscriptError(
            f"it is unclear which of “{names[0]}” and “{names[1]}” is the caller; {_REMEDY}",
            "speakers",
        )
    caller = callers.pop()
    return {name: Speaker.TRAINEE if name == caller else Speaker.CUSTOMER for name in names}
