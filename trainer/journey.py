"""A trainee's way over many calls: what became of them, whom to call next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import SystemRandom

from trainer.core.persona import Persona
from trainer.library import Library
from trainer.practice import Practice
from trainer.repetition import Suggestion, suggest, surprise
from trainer.store.results import Result, ResultStore


@dataclass(frozen=True, slots=True)
class Journey:
    """The service behind start page, choice and progress. Each method asks for whose way it is."""

    library: Library
    results: ResultStore

    def so_far(self, person: str) -> Sequence[Result]:
        """Returns a person's ended calls in figures, oldest first.

        Raises:
            StoreError: The database cannot be read.
        """
        return self.results.of(person)

    def next(self, so_far: Sequence[Result], now: datetime | None = None) -> Suggestion | None:
        """Returns what to practise next; None where no customer or no rubric could be loaded.

        Args:
            so_far: What `so_far` returned.
            now: The time; this moment where it is left out.
        """
        catalog = self.library.catalog()
        rubric = catalog.rubric_of(None)
        if rubric is None:
            return None
        personas = list(catalog.personas.values())
        return suggest(personas, so_far, rubric, now=now or datetime.now(UTC))

    def anybody(self, among: Sequence[Persona], so_far: Sequence[Result]) -> Persona:
        """Returns one of these customers by chance, rather nobody of the latest calls."""
        return surprise(among, so_far, SystemRandom())


def build_journey(practice: Practice) -> Journey:
    """Builds the service on the same content and database as the calls."""
    return Journey(practice.library, ResultStore(practice.calls.engine))
