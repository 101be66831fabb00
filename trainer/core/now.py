"""The clock that everything is stamped by where no other is given."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Returns this moment in UTC."""
    return datetime.now(UTC)
