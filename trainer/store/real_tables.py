"""The tables beside `calls` about real calls, and about second opinions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.tables import Table


def _call() -> ForeignKey:
    return ForeignKey("calls.id", ondelete="CASCADE")


def _person() -> ForeignKey:
    return ForeignKey("people.id", ondelete="CASCADE")


class RealCallRow(Table):
    """Where a call came from that nobody practised: somebody read its transcript in."""

    __tablename__ = "real_calls"

    call_id: Mapped[str] = mapped_column(_call(), primary_key=True)
    author: Mapped[str] = mapped_column(_person())
    """Who read it in."""
    read_at: Mapped[datetime]
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    """Of its lines: the same transcript is read in once."""


class JudgementRow(Table):
    """What a chat model said about a call, beside the assessment."""

    __tablename__ = "judgements"

    call_id: Mapped[str] = mapped_column(_call(), primary_key=True)
    author: Mapped[str] = mapped_column(_person())
    """Who asked for it."""
    at: Mapped[datetime]
    judgement: Mapped[dict[str, Any]]
    differing: Mapped[int]
    """How many checks contradict the assessment; lists filter by it."""
    unscored: Mapped[int]
