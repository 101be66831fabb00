"""How the app's log looks: one line an entry, as JSON or for people to read, without talk content.

An error's message can hold what somebody typed, so of an error only its class and the places in
the code are written, whoever logs it: the record is made that way, before any handler sees it.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal

Form = Literal["text", "json"]

_OWN = "wiederhoeren"
_FRAMES = 8
_ACCESS = "uvicorn.access"
"""Addresses of pages can hold one-time tokens and ids of calls, so they are not logged."""


class SafeRecord(logging.LogRecord):
    """An entry that knows of an error its class and where it came from, not what it says."""

    def __init__(self, *args: Any, **named: Any) -> None:
        """Takes what a record takes; forgets the error's message and what it would fill in."""
        super().__init__(*args, **named)
        self.error: dict[str, object] = {}
        if isinstance(self.args, tuple):
            self.args = tuple(_named(arg) for arg in self.args)
        if self.exc_info and self.exc_info[0] is not None:
            kind, _, trace = self.exc_info
            self.error = {"error": kind.__name__, "where": _where(trace)}
            self.msg, self.args = str(self.msg).split("%")[0].strip(), ()
        elif isinstance(self.msg, BaseException):
            self.msg = _named(self.msg)
        self.exc_info, self.exc_text, self.stack_info = None, None, None


class LineFormatter(logging.Formatter):
    """Writes an entry as one line."""

    def __init__(self, form: Form) -> None:
        """Takes how lines look."""
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        """Returns the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        level = record.levelname.lower()
        fields = getattr(record, "error", {}) | getattr(record, "fields", {})
        if self._form == "json":
            entry = {"at": at, "level": level, "logger": record.name, "event": record.getMessage()}
            return json.dumps(entry | fields, ensure_ascii=False, default=str)
        rest = "".join(f" {name}={value}" for name, value in fields.items())
        return f"{at} {level} {record.name}: {record.getMessage()}{rest}".replace("\n", " ")


def set_up(form: Form) -> None:
    """Makes every entry of this process safe, and sends what reaches the root to standard error."""
    logging.setLogRecordFactory(SafeRecord)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter(form))
    logging.getLogger().handlers[:] = [handler]
    logging.getLogger(_OWN).setLevel(logging.INFO)
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("streamlit", "uvicorn", "websockets"):
            logger = logging.getLogger(name)
            logger.handlers[:] = []
            logger.propagate = name != _ACCESS
    sys.excepthook = _note_uncaught


def _named(value: object) -> object:
    return type(value).__name__ if isinstance(value, BaseException) else value


def _where(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def _note_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    logging.getLogger(_OWN).critical("uncaught", exc_info=(kind, error, trace))
