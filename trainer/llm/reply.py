"""A reply that a model is drawing: what it has so far, and how it reaches whoever waits."""

import queue
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import torch

from trainer.errors import LLMError, SlowLLMError
from trainer.llm.base import Sampling
from trainer.llm.ngrams import Ngrams

END = None
"""Follows the last token of a reply."""


@dataclass(eq=False)
class Reply:
    """A reply that is being drawn; iterate over it for its tokens.

    Attributes:
        ids: The prompt and what was drawn so far; the last ones may not be read yet.
        start: Where the reply begins in them.
        read: How many of them the model has read.
        allowed: What the reply is pieced together from; None for any words.
        deadline: On the monotonic clock, in seconds.
    """

    ids: list[int]
    sampling: Sampling
    generator: torch.Generator
    deadline: float
    start: int
    allowed: Ngrams | None = None
    read: int = 0
    cancelled: bool = False
    _out: "queue.SimpleQueue[int | LLMError | None]" = field(default_factory=queue.SimpleQueue)

    @property
    def drawn(self) -> int:
        """Number of tokens drawn."""
        return len(self.ids) - self.start

    @property
    def pending(self) -> int:
        """Number of tokens the model has not read yet."""
        return len(self.ids) - self.read

    @property
    def own(self) -> list[int]:
        """The tokens drawn so far."""
        return self.ids[self.start :]

    def may_follow(self) -> Sequence[int] | None:
        """Returns the tokens allowed next; None for all."""
        return None if self.allowed is None else self.allowed.after(self.own)

    def must_follow(self) -> int | None:
        """Returns the only token allowed next; None where there is a choice."""
        allowed = self.may_follow()
        return allowed[0] if allowed is not None and len(allowed) == 1 else None

    def put(self, found: int | LLMError | None) -> None:
        """Passes on a token, the reason why none comes, or the end."""
        self._out.put(found)

    def __iter__(self) -> Iterator[int]:
        """Yields the tokens as they come; none of a draft, whose end alone is told.

        Raises:
            LLMError: The deadline has passed, or the model broke.
        """
        while (found := self._next()) is not END:
            yield found

    def _next(self) -> int | None:
        try:
            found = self._out.get(timeout=max(0.0, self.deadline - time.monotonic()))
        except queue.Empty:
            raise SlowLLMError(
                f"the language model took longer than {self.sampling.timeout_s:g} s; fewer calls "
                "at once, a smaller model or a faster machine would help"
            ) from None
        if isinstance(found, LLMError):
            raise found
        return found
