"""Times as people read them: in the browser's time zone, in the page's language."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from trainer.ui.texts import Texts


def local(at: datetime) -> datetime:
    """Returns a time in the browser's zone; UTC where the browser does not tell one."""
    return at.astimezone(zone())


def midnight(day: date) -> datetime:
    """Returns the beginning of a day in the browser's zone."""
    return datetime.combine(day, time(), tzinfo=zone())


def when(at: datetime, t: Texts) -> str:
    """Returns date and time of day."""
    return local(at).strftime(t("common.date"))


def span(took: timedelta, t: Texts) -> str:
    """Returns a duration in minutes and seconds."""
    minutes, seconds = divmod(max(0, int(took.total_seconds())), 60)
    return t("common.duration", minutes=minutes, seconds=seconds)


def ticking(began: datetime, *, now: datetime) -> str:
    """Returns a running clock that the style sheet moves; nothing is sent while it runs.

    The animation is started in the past by a negative delay, so that it is right after a reload.
    """
    elapsed_s = max(0, int((now - began).total_seconds()))
    return f'<span class="wh-ticking" style="animation-delay:-{elapsed_s}s"></span>'


def zone() -> tzinfo:
    """Returns the time zone of the browser, UTC where it does not tell one."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
