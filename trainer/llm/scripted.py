"""A language model whose replies a test writes down beforehand."""

from collections.abc import Iterable, Iterator, Sequence

from trainer.errors import LLMError
from trainer.llm.base import Material, Message, Sampling


class ScriptedLLM:
    """Answers with the given replies in order; an exception in the list is raised.

    Attributes:
        asked: Every message list it was called with, for assertions.
    """

    name = "scripted"

    def __init__(self, replies: Iterable[str | LLMError], *, compact: bool = False) -> None:
        """Takes the replies in the order they will be asked for, and in which form that will be."""
        self.compact = compact
        self._replies = iter(replies)
        self.asked: list[Sequence[Message]] = []

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        """Yields the next reply word by word.

        Raises:
            LLMError: The next entry is one, or no reply is left.
        """
        self.asked.append(messages)
        reply = next(self._replies, LLMError("no scripted reply is left; add one to the test"))
        if isinstance(reply, LLMError):
            raise reply
        for index, word in enumerate(reply.split(" ")):
            yield word if index == 0 else f" {word}"

    def draft(self, messages: Sequence[Message], sampling: Sampling, material: Material) -> str:
        """Returns the next reply.

        Raises:
            LLMError: As in `stream`.
        """
        return "".join(self.stream(messages, sampling))
