"""What own content costs: the catalogue that every page and call asks for, and the authors' list.

Run: `PYTHONPATH=. python benchmarks/content.py`.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from sqlalchemy import Engine

from benchmarks.store import RESULTS, databases, measure
from trainer.catalog import load_catalog
from trainer.content import Contents
from trainer.core.person import Actor, Role
from trainer.drafts import draft_of
from trainer.library import Library
from trainer.practice import Practice
from trainer.settings import Settings
from trainer.store.content import ContentStore, Kind
from trainer.store.people import PeopleStore

SIZES = (0, 20, 60)
VERSIONS = 20
SETTINGS = Settings()
FILES = load_catalog(SETTINGS.personas, SETTINGS.rubrics)


def main() -> None:
    """Fills, measures and writes the result file."""
    lines = [
        "| database | own personas | operation | median ms | 95th percentile ms |",
        "| --- | ---: | --- | ---: | ---: |",
    ]
    for name, engine in databases():
        author = PeopleStore(engine).ensure("Ina", Role.COACH).id
        made = 0
        for size in SIZES:
            for number in range(made, size):
                add(ContentStore(engine), author, number)
            made = size
            for operation, act in operations(engine, author):
                median, late = measure(act)
                lines.append(f"| {name} | {size} | {operation} | {median:.2f} | {late:.2f} |")
                print(lines[-1])
    head = [
        "# Own content",
        "",
        f"Command: `PYTHONPATH=. python benchmarks/content.py`. Machine: {os.cpu_count()} cores,",
        f"other work running. Each own persona has {VERSIONS} versions, the newest released.",
        "",
    ]
    file = RESULTS / f"{datetime.now(UTC).date()}-content.md"
    file.write_text("\n".join([*head, *lines, ""]), encoding="utf-8")


def add(store: ContentStore, author: str, number: int) -> None:
    """Makes a persona with its versions."""
    identity = f"own_{number}"
    draft = draft_of(list(FILES.personas.values())[number % len(FILES.personas)])
    store.add(Kind.PERSONA, identity, draft, author=author)
    for seen in range(1, VERSIONS):
        store.save(Kind.PERSONA, identity, {**draft, "age": 20 + seen}, author=author, seen=seen)
    store.release(Kind.PERSONA, identity, VERSIONS)


def operations(engine: Engine, author: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yields what pages and calls do, by name."""
    store = ContentStore(engine)
    library = Library(FILES, store)
    practice: Practice = Practice(library, None, None, None, None)  # type: ignore[arg-type]
    contents = Contents(practice, store)
    actor = Actor(author, Role.COACH, None)
    yield "catalogue, nothing changed since", library.catalog
    yield "catalogue, first of a process", lambda: Library(FILES, store).catalog()
    yield "authors' list", lambda: contents.items(actor, Kind.PERSONA)


if __name__ == "__main__":
    main()
