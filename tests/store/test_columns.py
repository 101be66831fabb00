from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, literal, select
from sqlalchemy.exc import StatementError

from trainer.store.columns import UtcDateTime, dump_json
from trainer.store.session import reading


@pytest.mark.parametrize(
    "time",
    [
        datetime(2026, 3, 29, 0, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2))),
        datetime(1950, 1, 1, tzinfo=UTC),
    ],
)
def test_a_time_comes_back_in_utc_to_the_microsecond(engine: Engine, time: datetime) -> None:
    with reading(engine) as session:
        kept = session.scalar(select(literal(time, UtcDateTime)))
    assert kept == time
    assert kept is not None and kept.tzinfo is UTC


def test_a_time_without_zone_is_a_mistake_of_the_program(engine: Engine) -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - the mistake itself
    with reading(engine) as session, pytest.raises(StatementError, match="no time zone"):
        session.scalar(select(literal(naive, UtcDateTime)))


def test_json_escapes_nul_and_keeps_letters_readable() -> None:
    assert dump_json({"text": "Grüße\x00🙂"}) == '{"text": "Grüße\\u0000🙂"}'


def test_json_refuses_what_only_one_database_would_take() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        dump_json({"trust": float("nan")})
