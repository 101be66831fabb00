from datetime import UTC, datetime, timedelta

from trainer.core.text import Language
from trainer.ui import clock
from trainer.ui.texts import Texts

AT = datetime(2026, 11, 25, 13, 5, tzinfo=UTC)


def test_a_running_clock_starts_in_the_past() -> None:
    html = clock.ticking(AT, now=AT + timedelta(seconds=75))
    assert "animation-delay:-75s" in html


def test_a_clock_that_is_ahead_starts_at_zero() -> None:
    assert "animation-delay:-0s" in clock.ticking(AT, now=AT - timedelta(seconds=3))


def test_times_are_written_as_the_language_does() -> None:
    assert clock.when(AT, Texts(Language.GERMAN)) == "25.11.2026, 13:05 Uhr"
    assert clock.when(AT, Texts(Language.ENGLISH)) == "25/11/2026, 13:05"


def test_a_duration_has_two_digits_for_seconds() -> None:
    assert clock.span(timedelta(seconds=425), Texts(Language.GERMAN)) == "7:05 Min."
