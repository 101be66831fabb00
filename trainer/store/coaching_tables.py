"""The tables of coaching: reviews, corrections, examples, assignments, looks at calls."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.columns import PlainText
from trainer.store.tables import ID_LENGTH, Table

_Id = PlainText(ID_LENGTH)
_Label = String(32)
_Subject = PlainText(64)


def _call() -> ForeignKey:
    return ForeignKey("calls.id", ondelete="CASCADE")


def _person() -> ForeignKey:
    return ForeignKey("people.id", ondelete="CASCADE")


class ReviewRow(Table):
    """How far coaches are with a submitted call."""

    __tablename__ = "reviews"

    call_id: Mapped[str] = mapped_column(_call(), primary_key=True)
    version: Mapped[int]
    """Raised with every change; whoever writes names the version that was looked at."""
    coach: Mapped[str] = mapped_column(_person())
    changed_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class CorrectionRow(Table):
    """What a coach says about one check or principle, beside what the program said.

    Rows are never changed: the latest of a subject counts, the others are its history.
    """

    __tablename__ = "corrections"

    id: Mapped[str] = mapped_column(_Id, primary_key=True)
    call_id: Mapped[str] = mapped_column(_call(), index=True)
    subject: Mapped[str] = mapped_column(_Subject)
    """Id of a check (`lead.introduces`) or of a principle (`lead`)."""
    automatic: Mapped[str | None] = mapped_column(_Label)
    """Result of the check or level `1`–`5` by the program; None where unscored."""
    coach: Mapped[str] = mapped_column(_Label)
    """Result or level by the coach, in the same words."""
    reason: Mapped[str]
    author: Mapped[str] = mapped_column(_person())
    at: Mapped[datetime]
    blind: Mapped[bool]
    """Whether the coach had not seen the program's result when saying so."""


class ExampleRow(Table):
    """A call that a coach would like to show to the team, if its trainee agrees."""

    __tablename__ = "examples"

    call_id: Mapped[str] = mapped_column(_call(), primary_key=True)
    asked_by: Mapped[str] = mapped_column(_person())
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    agreed: Mapped[bool | None]


class LookRow(Table):
    """Somebody looked at somebody else's call."""

    __tablename__ = "looks"
    __table_args__ = (Index(None, "owner", "at"),)

    id: Mapped[str] = mapped_column(_Id, primary_key=True)
    at: Mapped[datetime]
    viewer: Mapped[str] = mapped_column(_person())
    owner: Mapped[str] = mapped_column(_person())
    call_id: Mapped[str] = mapped_column(_call(), index=True)
    what: Mapped[str] = mapped_column(_Label)


class AssignmentRow(Table):
    """Practice that a coach set."""

    __tablename__ = "assignments"

    id: Mapped[str] = mapped_column(_Id, primary_key=True)
    title: Mapped[str]
    author: Mapped[str] = mapped_column(_person())
    created_at: Mapped[datetime]
    personas: Mapped[list[str]] = mapped_column(JSON)
    rubric: Mapped[str] = mapped_column(PlainText(64))
    attempts: Mapped[int]
    pass_mark: Mapped[float | None]
    due_at: Mapped[datetime | None]
    exam: Mapped[bool]
    withdrawn_at: Mapped[datetime | None]


class AssignedRow(Table):
    """To whom practice was set: a team or a person."""

    __tablename__ = "assigned_to"
    __table_args__ = (
        CheckConstraint("(team IS NULL) <> (person IS NULL)", name="one_of_team_and_person"),
    )

    id: Mapped[str] = mapped_column(_Id, primary_key=True)
    assignment: Mapped[str] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), index=True
    )
    team: Mapped[str | None] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), index=True)
    person: Mapped[str | None] = mapped_column(_person(), index=True)


class AttemptAtRow(Table):
    """A call that was made for an assignment."""

    __tablename__ = "assignment_calls"

    call_id: Mapped[str] = mapped_column(_call(), primary_key=True)
    assignment: Mapped[str] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), index=True
    )
