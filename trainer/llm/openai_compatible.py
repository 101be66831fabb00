"""A chat model behind an OpenAI-compatible server such as vLLM, Ollama or llama.cpp."""

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

from httpx2 import HTTPError, Timeout
from openai import (
    APIConnectionError,
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    NotFoundError,
    OpenAI,
    OpenAIError,
    PermissionDeniedError,
    Stream,
)

from trainer.errors import LLMError
from trainer.llm.base import Message, Sampling
from trainer.llm.chat import alternating, without_system

_CONNECT_S = 5.0
_CHECK_S = 10.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 4.0
_PASSING = frozenset((408, 409, 425, 429, 500, 502, 503, 504))
"""Answers after which the same request may succeed."""
_NO_KEY = "none"  # the client insists on a key; servers without keys ignore it
_NAMED = 5


class OpenAICompatibleLLM:
    """Streams replies of a server; what is said in a call goes there and nowhere else."""

    compact = False

    def __init__(self, base_url: str, model: str, api_key: str = "") -> None:
        """Takes the server; nothing is sent yet.

        Args:
            base_url: Up to and with `/v1`.
            model: The name the server knows it by.
            api_key: Empty for a server that wants none.

        Raises:
            LLMError: The address or the model is missing.
        """
        if not base_url.startswith(("http://", "https://")):
            raise LLMError(
                f"the server's address {base_url!r} is none; set WIEDERHOEREN_BASE_URL, for "
                "example to http://127.0.0.1:8000/v1"
            )
        if not model:
            raise LLMError(f"which model of {base_url}? set WIEDERHOEREN_MODEL")
        self._base_url, self._model = base_url, model
        self.name = f"{model} at {base_url}"
        self._client = OpenAI(base_url=base_url, api_key=api_key or _NO_KEY, max_retries=0)

    def check(self) -> None:
        """Asks the server for its models.

        Raises:
            LLMError: It does not answer, refuses the key, or does not have the model.
        """
        try:
            found = [entry.id for entry in self._client.models.list(timeout=_CHECK_S)]
        except (OpenAIError, HTTPError, ValueError, TypeError) as error:
            raise self.explained(error) from error
        if self._model not in found:
            some = ", ".join(found[:_NAMED]) or "none"
            raise LLMError(f"{self._base_url} has no model {self._model}; it has: {some}")

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        """Yields the reply in pieces as they come; closing the iterator ends the request.

        Raises:
            LLMError: The server is away, too slow, refuses, breaks off or sends no text.
        """
        deadline = time.monotonic() + sampling.timeout_s
        request = _Request(self, alternating(messages), sampling, deadline)
        request.start()
        empty = True
        try:
            while (piece := request.next_piece()) is not None:
                empty = empty and not piece.strip()
                yield piece
        finally:
            request.cancelled.set()
        if empty:
            raise LLMError(f"{self.name} sent no text; try another model")

    def open(
        self, messages: Sequence[Message], sampling: Sampling, timeout_s: float
    ) -> Stream[Any]:
        """Sends a request and returns its answer when it begins to come."""
        answer: Stream[Any] = self._client.chat.completions.create(  # type: ignore[assignment]
            model=self._model,
            messages=[{"role": m.role, "content": m.content} for m in messages],  # type: ignore[misc]
            stream=True,
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            max_tokens=sampling.max_tokens,
            seed=sampling.seed,
            timeout=Timeout(timeout_s, connect=min(_CONNECT_S, timeout_s)),
        )
        return answer

    def explained(self, error: Exception) -> LLMError:
        """Returns what happened and what to do, without key and without what was said."""
        match error:
            case LLMError():
                return error
            case AuthenticationError() | PermissionDeniedError():
                reason = "refuses the key; check WIEDERHOEREN_API_KEY"
            case NotFoundError():
                reason = f"does not know the model {self._model} or has no such address; check both"
            case APIStatusError():
                reason = f"answered {error.status_code}; look into its log"
            case APIConnectionError():
                reason = "does not answer; check the address and whether it runs"
            case _:
                reason = f"broke off ({type(error).__name__}); look into its log"
        return LLMError(f"the server {self._base_url} {reason}")


class _Request(threading.Thread):
    """Reads one answer in a thread of its own, so that no hanging server outlives the deadline."""

    def __init__(
        self,
        llm: OpenAICompatibleLLM,
        messages: Sequence[Message],
        sampling: Sampling,
        deadline: float,
    ) -> None:
        super().__init__(name="language-model-request", daemon=True)
        self.cancelled = threading.Event()
        self._llm, self._messages, self._sampling = llm, messages, sampling
        self._deadline = deadline
        self._out: queue.SimpleQueue[str | LLMError | None] = queue.SimpleQueue()

    @property
    def _left_s(self) -> float:
        return max(0.0, self._deadline - time.monotonic())

    def next_piece(self) -> str | None:
        """Returns the next piece, or None at the end."""
        try:
            found = self._out.get(timeout=self._left_s)
        except queue.Empty:
            raise LLMError(
                f"{self._llm.name} took longer than {self._sampling.timeout_s:g} s; a smaller "
                "model or a faster server would help"
            ) from None
        if isinstance(found, LLMError):
            raise found
        return found

    def run(self) -> None:
        try:
            whole = False
            with self._opened() as chunks:
                for chunk in chunks:
                    if self.cancelled.is_set() or self._left_s == 0:
                        return
                    for choice in chunk.choices[:1]:
                        whole = whole or choice.finish_reason is not None
                        if choice.delta.content:
                            self._out.put(choice.delta.content)
            if not whole:
                raise LLMError(f"{self._llm.name} broke off in the middle; look into its log")
            self._out.put(None)
        except (OpenAIError, HTTPError, LLMError, ValueError, TypeError, AttributeError) as error:
            self._out.put(self._llm.explained(error))

    def _opened(self) -> Stream[Any]:
        """Sends the request, again after a pause where that may help."""
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                return self._llm.open(self._messages, self._sampling, self._left_s)
            except BadRequestError:
                if self._messages[0].role != "system":
                    raise
                self._messages = without_system(self._messages)
            except APIConnectionError as error:
                self._wait(pause_s, error)
            except APIStatusError as error:
                if error.status_code not in _PASSING:
                    raise
                self._wait(max(pause_s, _asked_pause_s(error)), error)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def _wait(self, pause_s: float, error: OpenAIError) -> None:
        """Waits before another try; raises the error where no time is left for one."""
        if pause_s >= self._left_s or self.cancelled.wait(pause_s):
            raise error


def _asked_pause_s(error: APIStatusError) -> float:
    try:
        return float(error.response.headers.get("retry-after", 0))
    except ValueError:  # a date; servers of models send seconds
        return 0.0
