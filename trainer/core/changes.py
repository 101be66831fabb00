"""What differs between two versions of a persona or rubric, as people read it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs.

    Attributes:
        path: Dotted path of the field; of a check its id stands for its place in the list.
        before: The lines that are gone.
        after: The lines that are new.
    """

    path: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Sequence[Change]:
    """Returns what differs between two contents as JSON, in the order of the newer one."""
    return list(_walk("", old, new))


def _walk(path: str, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    before, after = _parts(old), _parts(new)
    if before is not None and after is not None:
        for name in [*after, *(name for name in before if name not in after)]:
            yield from _walk(f"{path}.{name}".strip("."), before.get(name), after.get(name))
        return
    gone, come = Counter(_lines(old)), Counter(_lines(new))
    if gone == come:  # only the order differs
        yield Change(path, tuple(gone.elements()), tuple(_lines(new)))
    else:
        yield Change(path, tuple((gone - come).elements()), tuple((come - gone).elements()))


def _parts(value: Any) -> Mapping[str, Any] | None:
    """Returns what can be compared name by name; None for a line or a list of lines."""
    if isinstance(value, Mapping):
        return None if _is_line(value) else value
    if (
        isinstance(value, list)
        and value
        and all(isinstance(i, Mapping) and "id" in i for i in value)
    ):
        return {str(item["id"]): item for item in value}
    return None


def _is_line(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) in ({"de", "en"}, {"mood", "text"})


def _lines(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    return [_line(item) for item in value] if isinstance(value, list | tuple) else [_line(value)]


def _line(value: Any) -> str:
    if isinstance(value, Mapping) and set(value) == {"de", "en"}:
        return f"{value['de']} / {value['en']}" if value["de"] != value["en"] else str(value["de"])
    if isinstance(value, Mapping) and set(value) == {"mood", "text"}:
        return f"{value['mood']}: {value['text']}" if value["mood"] else str(value["text"])
    if isinstance(value, Mapping | bool) or value is None:
        return json.dumps(value, ensure_ascii=False)
    return f"{value:g}" if isinstance(value, float) else str(value)
