"""One catalogue of both: what is shipped in files, and what coaches made in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from trainer.catalog import Catalog
from trainer.core.persona import Persona
from trainer.core.problem import problems_of
from trainer.core.rubric import Rubric
from trainer.errors import ContentError, NotFoundError
from trainer.store.content import ContentStore, Entry, Kind

OWN = "own_"
"""Begins the id of everything made in the database; no file's should."""
_MOST_REMEMBERED = 500

Content = TypeVar("Content", Persona, Rubric)


@dataclass(slots=True)
class _Memory:
    """What was joined last, and versions read so far: they never change."""

    latest: tuple[Sequence[Entry], Catalog] | None = None
    versions: dict[tuple[Kind, str, int], Persona | Rubric | ValidationError] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Library:
    """The catalogue as it stands right now, whichever process changed it last.

    Attributes:
        files: What was loaded from files.
        store: Where own content is; None where there is no database.
    """

    files: Catalog
    store: ContentStore | None = None
    _memory: _Memory = field(default_factory=_Memory, repr=False, compare=False)

    def catalog(self) -> Catalog:
        """Returns all that trainees meet: files first, own content after them.

        Raises:
            StoreError: The database cannot be read.
        """
        if self.store is None:
            return self.files
        entries = self.store.entries()
        latest = self._memory.latest
        if latest is None or latest[0] != entries:
            latest = self._memory.latest = (entries, self._joined(entries))
        return latest[1]

    def persona(self, identity: str, version: int) -> Persona:
        """Returns a version of an own persona, released or not.

        Raises:
            NotFoundError: No such version, or this version of the app cannot read it.
        """
        return self._read(Kind.PERSONA, Persona, identity, version)

    def rubric(self, identity: str, version: int) -> Rubric:
        """Returns a version of an own rubric, released or not.

        Raises:
            NotFoundError: No such version, or this version of the app cannot read it.
        """
        return self._read(Kind.RUBRIC, Rubric, identity, version)

    def _joined(self, entries: Sequence[Entry]) -> Catalog:
        problems: list[ContentError] = []
        shown = [entry for entry in entries if not entry.archived]
        away = [entry for entry in entries if entry.archived]
        return Catalog(
            personas=self._with(self.files.personas, Kind.PERSONA, Persona, shown, problems),
            rubrics=self._with(self.files.rubrics, Kind.RUBRIC, Rubric, shown, problems),
            retired=self._with({}, Kind.PERSONA, Persona, away, []),
            problems=(*self.files.problems, *problems),
            rubric_in_use=self.files.rubric_in_use,
            earlier=self._earlier,
        )

    def _with(
        self,
        files: Mapping[str, Content],
        kind: Kind,
        model: type[Content],
        entries: Sequence[Entry],
        problems: list[ContentError],
    ) -> Mapping[str, Content]:
        found = dict(files)
        for entry in entries:
            if entry.kind is not kind or entry.released is None or entry.id in files:
                continue
            content = self._version(kind, model, entry.id, entry.released)
            if isinstance(content, ValidationError):
                problems.extend(
                    ContentError(Path(entry.id), problem.place, problem.message)
                    for problem in problems_of(content)
                )
            else:
                found[entry.id] = content
        return found

    def _earlier(self, identity: str, version: int) -> Rubric | None:
        """Finds what an assessment was made by; archived and unreleased ones count, too."""
        if not identity.startswith(OWN):
            return None
        try:
            return self.rubric(identity, version)
        except NotFoundError:
            return None

    def _read(self, kind: Kind, model: type[Content], identity: str, version: int) -> Content:
        content = self._version(kind, model, identity, version)
        if isinstance(content, ValidationError):
            told = "; ".join(f"{p.place}: {p.message}" for p in problems_of(content))
            raise NotFoundError(f"Version {version} of {identity} cannot be read: {told}")
        return content

    def _version(
        self, kind: Kind, model: type[Content], identity: str, version: int
    ) -> Content | ValidationError:
        key, remembered = (kind, identity, version), self._memory.versions
        found = remembered.get(key)
        if not isinstance(found, model | ValidationError):
            if self.store is None:
                raise NotFoundError(f"There is no own {kind} {identity}.")
            data = self.store.data(kind, identity, version)
            try:
                found = model.model_validate({**data, "id": identity, "version": version})
            except ValidationError as error:
                found = error
            if len(remembered) >= _MOST_REMEMBERED:
                remembered.clear()
            remembered[key] = found
        return found
