"""The seam to any language model: one method."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from trainer.errors import LLMError

SHIPPED = "wiederhoeren"
"""Name of the shipped model, of its folder too; a server that serves it must keep that name."""


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message. A customer's words are `assistant`, a trainee's are `user`."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How to draw the words.

    Attributes:
        temperature: 0 takes the most probable token each time.
        top_p: Nucleus in (0, 1].
        min_p: Least probability of a token as a share of the best one's, in [0, 1). Servers that
            do not know it are not asked for it.
        max_tokens: Upper bound of one reply.
        seed: Same seed, same words where the back-end can promise that.
        timeout_s: Deadline of the whole reply in seconds.
        json_schema: What the reply must be, where the back-end can promise that: servers are asked
            to hold to it, the others ignore it. Whoever asks checks the reply in any case.
    """

    temperature: float = 0.8
    top_p: float = 0.95
    min_p: float = 0.0
    max_tokens: int = 160
    seed: int | None = None
    timeout_s: float = 20.0
    json_schema: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """Lines written by people from which a reply is to be pieced together.

    Attributes:
        lines: Whole lines; a reply begins and ends as one of them.
        words: So many words in a row of the reply, and what follows them, stand in one line.
    """

    lines: tuple[str, ...]
    words: int


class LLM(Protocol):
    """A language model that plays the customer."""

    @property
    def name(self) -> str:
        """Back-end and weights; pinned on every call."""

    @property
    def compact(self) -> bool:
        """True for the shipped model, which is asked move by move in its own short form."""

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        """Yields the reply in pieces as they come.

        Raises:
            LLMError: The back-end is away, too slow, or sent no text.
        """

    def draft(self, messages: Sequence[Message], sampling: Sampling, material: Material) -> str:
        """Returns a whole reply.

        Args:
            messages: What was said.
            sampling: How to draw.
            material: What it is pieced together from; servers cannot be held to it.

        Raises:
            LLMError: As in `stream`.
        """


class MissingLLM:
    """Stands in for a model that could not be loaded: the phrase bank speaks, the page says why."""

    compact = False

    def __init__(self, name: str, error: LLMError) -> None:
        """Takes what was asked for and why it is not there."""
        self.name, self._error = name, error

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        """Raises the error that loading raised.

        Raises:
            LLMError: Always.
        """
        raise self._error

    def draft(self, messages: Sequence[Message], sampling: Sampling, material: Material) -> str:
        """Raises the error that loading raised.

        Raises:
            LLMError: Always.
        """
        raise self._error
