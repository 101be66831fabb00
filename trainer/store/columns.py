"""Column types that behave the same on SQLite and PostgreSQL."""

import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, String, TypeDecorator
from sqlalchemy.engine import Dialect

_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")
_REPLACEMENT = "\ufffd"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time; UTC in the database and UTC coming back.

    SQLite keeps no time zone, and PostgreSQL answers in the zone of the session.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses naive times: nobody could say later which hour they meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; pass an aware time")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Gives the time its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Text from outside: names, comments, ids that came in an address.

    NUL and lone surrogates become U+FFFD: PostgreSQL keeps neither in a text column.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replaces what cannot be stored, one character for one."""
        return None if value is None else _UNSTORABLE.sub(_REPLACEMENT, value)


def dump_json(value: Any) -> str:
    r"""Returns JSON that both databases take, whatever the texts contain.

    NUL survives, because JSON writes it as the escape `\u0000`. A lone surrogate is no character
    and becomes U+FFFD; the length of the text, and with it every offset, stays.

    Raises:
        ValueError: A number is not finite; PostgreSQL would refuse it.
    """
    return _SURROGATE.sub(_REPLACEMENT, json.dumps(value, ensure_ascii=False, allow_nan=False))
