"""The tables of own content: personas and rubrics that coaches make, each with its versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.columns import PlainText
from trainer.store.tables import Table

_Kind = String(32)
_ContentId = PlainText(64)


class ContentRow(Table):
    """One persona or rubric, and how it stands: asked at every look at a page."""

    __tablename__ = "contents"

    kind: Mapped[str] = mapped_column(_Kind, primary_key=True)
    id: Mapped[str] = mapped_column(_ContentId, primary_key=True)
    newest: Mapped[int]
    """Its newest version, from 1."""
    released: Mapped[int | None]
    """The newest version that trainees meet; None while all are drafts."""
    archived_at: Mapped[datetime | None]


class ContentVersionRow(Table):
    """One version as it was saved. Rows are never changed, but for the day of their release."""

    __tablename__ = "content_versions"
    __table_args__ = (
        ForeignKeyConstraint(["kind", "id"], ["contents.kind", "contents.id"], ondelete="CASCADE"),
    )

    kind: Mapped[str] = mapped_column(_Kind, primary_key=True)
    id: Mapped[str] = mapped_column(_ContentId, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[dict[str, Any]]
    author: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    """From then on trainees meet it; None for a draft."""
