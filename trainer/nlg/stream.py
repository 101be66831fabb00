"""Cuts a model's stream into sentences as soon as each is complete."""

from collections.abc import Iterable, Iterator

from trainer.nlg.words import sentences


def complete_sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Yields each sentence once the next one has begun; what is left comes at the end."""
    buffer = ""
    for piece in pieces:
        buffer += piece
        found = sentences(buffer)
        yield from found[:-1]
        if len(found) > 1:
            buffer = found[-1]
    yield from sentences(buffer)
