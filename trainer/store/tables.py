"""The tables. A change here needs a new file in `migrations/versions/`; a test compares the two."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from trainer.store.columns import PlainText, UtcDateTime

ID_LENGTH = 32
"""A random UUID in hexadecimal."""
NO_PERSONA = ""
"""In the place of a persona's id where somebody real was called."""

_Label = String(32)
_Id = PlainText(ID_LENGTH)


class Table(DeclarativeBase):
    """Base of all tables; constraints get names, so that a later revision can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcDateTime,
        str: PlainText,
        dict[str, Any]: JSON(none_as_null=True),
    }


def _of_call() -> ForeignKey:
    """What belongs to a call goes with it."""
    return ForeignKey("calls.id", ondelete="CASCADE")


class PersonRow(Table):
    """Somebody who practises or coaches."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("name", "role"),)

    id: Mapped[str] = mapped_column(_Id, primary_key=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(_Label)
    created_at: Mapped[datetime]


class CallRow(Table):
    """One call. What lists filter by and show stands in columns of its own beside the JSON."""

    __tablename__ = "calls"

    id: Mapped[str] = mapped_column(_Id, primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.id"))
    persona: Mapped[dict[str, Any]]
    persona_id: Mapped[str] = mapped_column(PlainText(64))
    persona_name: Mapped[str]
    industry: Mapped[dict[str, Any]]
    difficulty: Mapped[str] = mapped_column(_Label)
    seed: Mapped[int] = mapped_column(BigInteger)
    versions: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(_Label)
    submitted_at: Mapped[datetime | None]
    assessment: Mapped[dict[str, Any] | None]
    total: Mapped[float | None]
    passed: Mapped[bool | None]
    levels: Mapped[dict[str, Any] | None]
    digest: Mapped[dict[str, Any] | None]
    trial: Mapped[bool] = mapped_column(server_default=false())
    """Only tries content out: nobody's practice, in no figure."""

    turns: Mapped[list["TurnRow"]] = relationship(order_by="TurnRow.index", lazy="raise")
    comments: Mapped[list["CommentRow"]] = relationship(
        order_by="(CommentRow.at, CommentRow.id)", lazy="raise"
    )

    __table_args__ = (
        Index(None, "started_at", "id"),
        Index(None, "person", "started_at", "id"),
        # Asked at every look at the start page; nearly all calls have ended.
        Index(
            "ix_calls_unfinished",
            "person",
            "started_at",
            "id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        # The coach's list: only a small part of all calls is ever submitted.
        Index(
            "ix_calls_submitted",
            "started_at",
            "id",
            sqlite_where=text("submitted_at IS NOT NULL"),
            postgresql_where=text("submitted_at IS NOT NULL"),
        ),
    )


class TurnRow(Table):
    """One turn; the customer's also with plan and hidden state."""

    __tablename__ = "turns"

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    turn: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    plan: Mapped[dict[str, Any] | None]
    state: Mapped[dict[str, Any] | None]
    sentences: Mapped[dict[str, Any] | None]
    latency_ms: Mapped[int | None]


class CommentRow(Table):
    """What a coach wrote about a call, or about one turn of it."""

    __tablename__ = "comments"
    __table_args__ = (ForeignKeyConstraint(["call_id", "turn"], ["turns.call_id", "turns.index"]),)

    id: Mapped[str] = mapped_column(_Id, primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    author: Mapped[str] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str]
    turn: Mapped[int | None]
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(_Label, server_default="comment")

    person: Mapped[PersonRow] = relationship(lazy="raise")


class AttemptRow(Table):
    """How a call was taken where that is not the usual way: again from a turn, as an exam."""

    __tablename__ = "attempts"

    call_id: Mapped[str] = mapped_column(_of_call(), primary_key=True)
    parent: Mapped[str | None] = mapped_column(_of_call(), index=True)
    turn: Mapped[int | None]
    exam: Mapped[bool]
    notes: Mapped[str]


class HintRow(Table):
    """A hint that the trainee asked for in mid-call."""

    __tablename__ = "hints"

    call_id: Mapped[str] = mapped_column(_of_call(), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    turn: Mapped[int]
    check: Mapped[str] = mapped_column(PlainText(64))
    text: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class SubmissionRow(Table):
    """What goes to the coach with a submitted call, and what the trainee has read since."""

    __tablename__ = "submissions"

    call_id: Mapped[str] = mapped_column(_of_call(), primary_key=True)
    question: Mapped[str]
    seen_at: Mapped[datetime | None]
    reported_at: Mapped[datetime | None]


class PreparationRow(Table):
    """What a trainee thought out before a call; a draft while `call_id` is empty."""

    __tablename__ = "preparations"

    id: Mapped[str] = mapped_column(_Id, primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.id"))
    persona_id: Mapped[str] = mapped_column(PlainText(64))
    call_id: Mapped[str | None] = mapped_column(ForeignKey("calls.id"), unique=True)
    content: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]

    __table_args__ = (
        Index(
            "ix_preparations_draft",
            "person",
            "persona_id",
            unique=True,
            sqlite_where=text("call_id IS NULL"),
            postgresql_where=text("call_id IS NULL"),
        ),
    )
