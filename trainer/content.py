"""What coaches and administrators do with personas and rubrics: make, change, try, release.

Shipped content can be looked at and duplicated; what comes of it belongs to the installation.
Trainees meet a version once it is released, and only what a customer card shows of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trainer.core.person import Actor, Role
from trainer.core.persona import Gender, Persona
from trainer.core.rubric import Rubric
from trainer.drafts import Draft, check, draft_of, need_size, renamed, slug, tidy
from trainer.errors import ConflictError, InputError, NotAllowedError, NotFoundError
from trainer.library import OWN
from trainer.practice import Practice
from trainer.store.calls import CallRecord
from trainer.store.content import ContentStore, Entry, Kind, Version

_LONGEST_NAME = 80
_MOST_TWINS = 200


@dataclass(frozen=True, slots=True)
class Item:
    """One persona or rubric as its authors see it.

    Attributes:
        content: The newest version; None where this version of the app cannot read it.
        entry: How it stands; None for what is shipped in a file.
    """

    kind: Kind
    id: str
    content: Persona | Rubric | None
    entry: Entry | None = None

    @property
    def archived(self) -> bool:
        """Whether it was put away."""
        return self.entry is not None and self.entry.archived


@dataclass(frozen=True, slots=True)
class Names:
    """What a new persona or rubric is called.

    Attributes:
        first: A persona's first name; `last` and `company` likewise.
        gender: How a persona is addressed; None as the source is.
        title: A rubric's title in German.
    """

    first: str = ""
    last: str = ""
    company: str = ""
    gender: Gender | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The service behind the pages about content. Every method checks who asks.

    Every method raises `NotAllowedError` for a trainee.
    """

    practice: Practice
    store: ContentStore

    def items(self, actor: Actor, kind: Kind) -> Sequence[Item]:
        """Returns everything of a kind: own content first, then what is shipped."""
        _need_author(actor)
        own = [
            Item(kind, entry.id, self._newest(entry), entry)
            for entry in self.store.entries()
            if entry.kind is kind
        ]
        return [*sorted(own, key=lambda item: item.archived), *self._shipped(kind)]

    def open(self, actor: Actor, kind: Kind, identity: str) -> Item:
        """Returns one persona or rubric in its newest version.

        Raises:
            NotFoundError: There is none.
        """
        for item in self.items(actor, kind):
            if item.id == identity:
                return item
        raise NotFoundError(f"There is no {kind} {identity!r}.")

    def versions(self, actor: Actor, kind: Kind, identity: str) -> Sequence[Version]:
        """Returns the versions of own content, newest first."""
        _need_author(actor)
        return self.store.versions(kind, identity)

    def version(self, actor: Actor, kind: Kind, identity: str, number: int) -> Draft:
        """Returns a version of own content as a draft.

        Raises:
            NotFoundError: There is none.
        """
        _need_author(actor)
        return self.store.data(kind, identity, number)

    def duplicate(self, actor: Actor, kind: Kind, source: str, names: Names) -> str:
        """Makes own content from something that is there and returns its id; a draft at first.

        Raises:
            NotFoundError: There is no such content, or it cannot be read.
            InputError: A name is missing or too long (`name`).
        """
        item = self.open(actor, kind, source)
        if item.content is None:
            raise NotFoundError(f"{source!r} cannot be read.")
        draft = draft_of(item.content)
        if kind is Kind.PERSONA:
            first, last, company = map(_name, (names.first, names.last, names.company))
            draft, stem = renamed(draft, first=first, last=last, company=company), f"{first} {last}"
            draft["gender"] = str(names.gender or draft["gender"])
        else:
            stem = _name(names.title)
            draft = {**draft, "title": {"de": stem, "en": stem}}
        return self._add(actor, kind, OWN + slug(stem), draft)

    def save(
        self, actor: Actor, kind: Kind, identity: str, draft: Draft, *, seen: int, release: bool
    ) -> int:
        """Keeps a draft as the next version and returns its number.

        Args:
            actor: Who saves.
            kind: What it is.
            identity: Its id.
            draft: What it is to say.
            seen: The version that was worked on.
            release: Whether trainees meet it from now on.

        Raises:
            NotFoundError: There is no such own content.
            ConflictError: Somebody else has saved since; nothing was kept.
            InputError: The draft breaks the schema (`refused`) or is too large (`large`).
        """
        _need_author(actor)
        need_size(draft)
        problems = check(kind, draft)
        if problems:
            told = "; ".join(f"{problem.place}: {problem.message}" for problem in problems)
            raise InputError("refused", told)
        number = self.store.save(kind, identity, tidy(draft), author=actor.person, seen=seen)
        if release:
            self.store.release(kind, identity, number)
        return number

    def release(self, actor: Actor, kind: Kind, identity: str, version: int) -> None:
        """Lets trainees meet the newest version.

        Raises:
            NotFoundError: There is no such version.
            ConflictError: There is a newer one.
        """
        _need_author(actor)
        self.store.release(kind, identity, version)

    def archive(self, actor: Actor, kind: Kind, identity: str, *, archived: bool) -> None:
        """Takes own content out of every choice, or puts it back.

        Calls that are going on, assignments that are set and old reviews keep it.

        Raises:
            NotFoundError: There is no such own content.
        """
        _need_author(actor)
        self.store.archive(kind, identity, archived=archived)

    def try_out(
        self, actor: Actor, kind: Kind, identity: str, *, owner: str, persona: str = ""
    ) -> CallRecord:
        """Dials a test call with the newest version, drafts included.

        It belongs to whoever tries, is marked, can go to no coach and counts in no figure.

        Args:
            actor: Who tries.
            kind: What is tried.
            identity: Its id.
            owner: Whose call it is: the actor's, or in open mode that of the one trainee there.
            persona: Whom to call to try a rubric.

        Raises:
            NotFoundError: There is no such content, or it cannot be read.
        """
        item = self.open(actor, kind, identity)
        if actor.teams is not None and owner != actor.person:
            raise NotAllowedError("A test call is one's own.")
        match item.content:
            case Persona():
                return self.practice.dial(owner, item.content, trial=True)
            case Rubric():
                called = self.open(actor, Kind.PERSONA, persona).content
                if isinstance(called, Persona):
                    return self.practice.dial(owner, called, rubric=item.content, trial=True)
        raise NotFoundError(f"{identity!r} cannot be read.")

    def _shipped(self, kind: Kind) -> Sequence[Item]:
        files = self.practice.library.files
        known: dict[str, Any] = {Kind.PERSONA: files.personas, Kind.RUBRIC: files.rubrics}
        return [Item(kind, identity, found) for identity, found in known[kind].items()]

    def _newest(self, entry: Entry) -> Persona | Rubric | None:
        library = self.practice.library
        read = library.persona if entry.kind is Kind.PERSONA else library.rubric
        try:
            return read(entry.id, entry.newest)
        except NotFoundError:
            return None

    def _add(self, actor: Actor, kind: Kind, stem: str, draft: Draft) -> str:
        for number in range(1, _MOST_TWINS):
            identity = stem if number == 1 else f"{stem}_{number}"
            try:
                self.store.add(kind, identity, draft, author=actor.person)
            except ConflictError:
                continue
            return identity
        raise ConflictError(f"There are too many called {stem}.")


def _need_author(actor: Actor) -> None:
    if actor.role not in (Role.COACH, Role.ADMINISTRATOR):
        raise NotAllowedError("Only coaches and administrators may do this.")


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST_NAME:
        raise InputError("name", f"A name has 1 to {_LONGEST_NAME} characters.")
    return name
