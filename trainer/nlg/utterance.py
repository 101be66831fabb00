"""What may be shown."""

from dataclasses import dataclass

from trainer.core.plan import Source


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence that may be shown, where its words came from, and what it does."""

    text: str
    source: Source
    acts: frozenset[str]
