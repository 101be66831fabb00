"""The tables of accounts: who signs in, in which teams, with which sessions."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from trainer.store.columns import PlainText
from trainer.store.tables import ID_LENGTH, Table

_Id = PlainText(ID_LENGTH)
_Hash = String(64)
"""A SHA-256 in hexadecimal; the secret itself is kept nowhere."""


class AccountRow(Table):
    """How a person signs in. Without a row nobody can sign in as them."""

    __tablename__ = "accounts"

    person: Mapped[str] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    login: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    disabled_at: Mapped[datetime | None]


class TeamRow(Table):
    """People whose calls the same coaches see."""

    __tablename__ = "teams"

    id: Mapped[str] = mapped_column(_Id, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class MemberRow(Table):
    """Who is in which team."""

    __tablename__ = "members"

    person: Mapped[str] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    team: Mapped[str] = mapped_column(
        ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class SessionRow(Table):
    """One browser that is signed in."""

    __tablename__ = "sessions"

    token: Mapped[str] = mapped_column(_Hash, primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class AttemptRow(Table):
    """Failed tries at a login, whether it exists or not."""

    __tablename__ = "sign_in_attempts"

    login: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]


class LinkRow(Table):
    """A link that sets a password once."""

    __tablename__ = "one_time_links"

    token: Mapped[str] = mapped_column(_Hash, primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]
