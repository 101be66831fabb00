"""Personas and rubrics that coaches make: versions are kept, none is ever overwritten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from trainer.core.now import utc_now
from trainer.errors import ConflictError, NotFoundError
from trainer.store.content_tables import ContentRow, ContentVersionRow
from trainer.store.session import reading, writing
from trainer.store.tables import PersonRow


class Kind(StrEnum):
    """What content is."""

    PERSONA = "persona"
    RUBRIC = "rubric"


@dataclass(frozen=True, slots=True)
class Entry:
    """How one persona or rubric stands, without its content.

    Attributes:
        newest: Its newest version, from 1.
        released: Its newest version that trainees meet; None while all are drafts.
        archived: Whether it was put away.
    """

    kind: Kind
    id: str
    newest: int
    released: int | None
    archived: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One version without its content.

    Attributes:
        number: From 1.
        author_name: Who saved it.
        released_at: Since when trainees meet it; None for a draft.
    """

    number: int
    author_name: str
    at: datetime
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class ContentStore:
    """All own content in one database. Safe to share between threads.

    Every method raises `StoreError` when the database cannot be read or written.
    """

    engine: Engine
    now: Callable[[], datetime] = utc_now

    def entries(self) -> Sequence[Entry]:
        """Returns how everything stands, by kind and id; reads no content."""
        wanted = select(ContentRow).order_by(ContentRow.kind, ContentRow.id)
        with reading(self.engine) as session:
            return [
                Entry(Kind(row.kind), row.id, row.newest, row.released, row.archived_at is not None)
                for row in session.scalars(wanted)
            ]

    def data(self, kind: Kind, identity: str, version: int) -> dict[str, Any]:
        """Returns the content of a version as JSON.

        Raises:
            NotFoundError: No such version.
        """
        with reading(self.engine) as session:
            return _version(session, kind, identity, version).data

    def versions(self, kind: Kind, identity: str) -> Sequence[Version]:
        """Returns the versions, newest first; none for what is not there."""
        wanted = (
            select(ContentVersionRow, PersonRow.name)
            .join(PersonRow, PersonRow.id == ContentVersionRow.author)
            .where(ContentVersionRow.kind == kind, ContentVersionRow.id == identity)
            .order_by(ContentVersionRow.version.desc())
        )
        with reading(self.engine) as session:
            return [
                Version(row.version, name, row.at, row.released_at)
                for row, name in session.execute(wanted)
            ]

    def add(self, kind: Kind, identity: str, data: dict[str, Any], *, author: str) -> None:
        """Keeps something new as its version 1.

        Raises:
            ConflictError: There is something of that kind and id already.
        """
        with writing(self.engine) as session:
            if session.get(ContentRow, (kind, identity)) is not None:
                raise ConflictError(f"There is a {kind} {identity} already.")
            session.add(ContentRow(kind=kind, id=identity, newest=1))
            session.flush()
            self._put(session, kind, identity, 1, data, author)

    def save(
        self, kind: Kind, identity: str, data: dict[str, Any], *, author: str, seen: int
    ) -> int:
        """Keeps the next version and returns its number.

        Args:
            kind: What it is.
            identity: Its id.
            data: The content.
            author: Id of whoever saves.
            seen: The version that was worked on.

        Raises:
            NotFoundError: There is no such content.
            ConflictError: Somebody else has saved since.
        """
        with writing(self.engine) as session:
            row = _locked(session, kind, identity)
            if row.newest != seen:
                raise ConflictError(
                    f"The newest version of {identity} is {row.newest}, not {seen}."
                )
            row.newest = seen + 1
            self._put(session, kind, identity, row.newest, data, author)
            return row.newest

    def release(self, kind: Kind, identity: str, version: int) -> None:
        """Lets trainees meet a version; does nothing where they do already.

        Raises:
            NotFoundError: No such version.
            ConflictError: Somebody else has saved a newer one since.
        """
        with writing(self.engine) as session:
            row = _locked(session, kind, identity)
            shown = _version(session, kind, identity, version)
            if row.newest != version:
                raise ConflictError(f"There is a newer version of {identity} than {version}.")
            row.released = version
            shown.released_at = shown.released_at or self.now()

    def archive(self, kind: Kind, identity: str, *, archived: bool) -> None:
        """Puts something away, or takes it out again.

        Raises:
            NotFoundError: There is no such content.
        """
        with writing(self.engine) as session:
            row = _locked(session, kind, identity)
            if archived != (row.archived_at is not None):
                row.archived_at = self.now() if archived else None

    def _put(
        self,
        session: Session,
        kind: Kind,
        identity: str,
        version: int,
        data: dict[str, Any],
        author: str,
    ) -> None:
        session.add(
            ContentVersionRow(
                kind=kind, id=identity, version=version, data=data, author=author, at=self.now()
            )
        )


def _locked(session: Session, kind: Kind, identity: str) -> ContentRow:
    """Returns a content's row, which nobody else can change until the transaction ends."""
    row = session.get(ContentRow, (kind, identity), with_for_update=True)
    if row is None:
        raise NotFoundError(f"There is no own {kind} {identity}.")
    return row


def _version(session: Session, kind: Kind, identity: str, version: int) -> ContentVersionRow:
    row = session.get(ContentVersionRow, (kind, identity, version))
    if row is None:
        raise NotFoundError(f"There is no version {version} of an own {kind} {identity}.")
    return row
