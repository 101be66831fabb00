"""A model that was too slow is left in peace for a while, so that not every turn waits for it."""

from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from time import monotonic

from trainer.errors import SlowLLMError
from trainer.llm.base import LLM, Material, Message, Sampling

_REST_S = 30.0


class RestingLLM:
    """Asks a model; after a reply that came too late, one caller at a time finds out how it is.

    Without it a server that hangs, or more calls than the machine can bear, would let every
    trainee wait for the deadline in every turn.
    """

    def __init__(
        self, model: LLM, *, rest_s: float = _REST_S, clock: Callable[[], float] = monotonic
    ) -> None:
        """Takes the model.

        Args:
            model: What is asked.
            rest_s: How long it is left alone, in seconds.
            clock: Never goes back.
        """
        self.model, self._rest_s, self._clock = model, rest_s, clock
        self._lock = Lock()
        self._slow: str | None = None
        self._until = 0.0

    @property
    def name(self) -> str:
        """The model's."""
        return self.model.name

    @property
    def compact(self) -> bool:
        """The model's."""
        return self.model.compact

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        """Yields the model's reply.

        Raises:
            LLMError: As the model does; while it rests, at once and with the same words.
        """
        self._refuse_while_resting()
        try:
            for piece in self.model.stream(messages, sampling):
                self._slow = None
                yield piece
        except SlowLLMError as error:
            self._rest(error)
            raise

    def draft(self, messages: Sequence[Message], sampling: Sampling, material: Material) -> str:
        """Returns the model's draft.

        Raises:
            LLMError: As in `stream`.
        """
        self._refuse_while_resting()
        try:
            found = self.model.draft(messages, sampling, material)
        except SlowLLMError as error:
            self._rest(error)
            raise
        self._slow = None
        return found

    def _refuse_while_resting(self) -> None:
        with self._lock:
            if self._slow is None:
                return
            if self._clock() < self._until:
                raise SlowLLMError(self._slow)
            self._until = self._clock() + self._rest_s  # the others wait for this one's finding

    def _rest(self, error: SlowLLMError) -> None:
        with self._lock:
            self._slow, self._until = str(error), self._clock() + self._rest_s
