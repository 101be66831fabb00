"""A chat model behind an OpenAI-compatible server such as vLLM, Ollama or llama.cpp."""

import asyncio
import contextlib
import queue
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, cast

import httpx2
import openai
from openai.types.chat import ChatCompletionMessageParam
from openai.types.chat.completion_create_params import ResponseFormat
from pydantic import BaseModel, ConfigDict

from trainer.errors import LLMError, SlowLLMError
from trainer.llm.base import SHIPPED, Material, Message, Sampling
from trainer.llm.chat import alternating, without_system

_CONNECT_S = 5.0
_CHECK_S = 10.0
_PAUSES_S = (0.25, 0.5, 1.0)
"""Before the second, third and fourth try: whoever is on the telephone should not wait longer."""
_PASSING = frozenset((408, 409, 425, 429, 500, 502, 503, 504))
"""Answers after which the same request may succeed."""
_NO_KEY = "none"  # the client insists on a key; servers without keys ignore it
_NAMED = 5
_UNBOUND_TEMPERATURE = 1.0
"""Servers cannot be held to written lines; drafts bolder than this would be noise."""
_HEADERS = frozenset(
    ("host", "accept", "accept-encoding", "authorization", "connection", "user-agent")
) | {"content-type", "content-length"}

_Ask = Callable[[openai.AsyncOpenAI], AsyncIterator[str]]


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class _Delta(_Answer):
    content: str | None = None


class _Choice(_Answer):
    delta: _Delta | None = None
    finish_reason: str | None = None


class _Chunk(_Answer):
    choices: list[_Choice]


class _Model(_Answer):
    id: str


class _Models(_Answer):
    data: list[_Model] | None  # Ollama's word for an empty list


class OpenAICompatibleLLM:
    """Streams replies of a server; what is said in a call goes there and nowhere else."""

    def __init__(self, base_url: str, model: str, api_key: str = "") -> None:
        """Takes the server; nothing is sent yet.

        Args:
            base_url: Up to and with `/v1`.
            model: The name the server knows it by.
            api_key: Empty for a server that wants none.

        Raises:
            LLMError: The address or the model is missing, or one of the three cannot be used.
        """
        if "@" in base_url:  # it is shown in pages and kept with each call
            raise LLMError(
                "the server's address holds a name or password; take it out of "
                "WIEDERHOEREN_BASE_URL and put the key into WIEDERHOEREN_API_KEY"
            )
        if not _is_address(base_url):
            raise LLMError(
                f"the server's address {base_url!r} is none; set WIEDERHOEREN_BASE_URL, for "
                "example to http://127.0.0.1:8000/v1"
            )
        if not model:
            raise LLMError(f"which model of {base_url}? set WIEDERHOEREN_MODEL")
        self._key = api_key.strip()
        if not (self._key.isascii() and self._key.isprintable()):
            raise LLMError(
                f"the key for {base_url} has letters that no key has; check WIEDERHOEREN_API_KEY"
            )
        self._base_url, self._model = base_url, model
        self.compact = PurePath(model).name.startswith(SHIPPED)
        self.name = f"{model} at {base_url}"

    def check(self) -> None:
        """Asks the server for its models.

        Raises:
            LLMError: It does not answer, refuses the key, or does not have the model.
        """
        found = list(_in_background(self._within(_CHECK_S, _models)))
        if self._model in found or f"{self._model}:latest" in found:  # Ollama adds the tag
            return
        some = ", ".join(found[:_NAMED]) or "none"
        raise LLMError(
            f"{self._base_url} has no model {self._model}; set WIEDERHOEREN_MODEL; it has: {some}"
        )

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        """Yields the reply in pieces as they come; closing the iterator ends the request.

        Raises:
            LLMError: The server is away, too slow, refuses, breaks off or sends no text.
        """

        def ask(client: openai.AsyncOpenAI) -> AsyncIterator[str]:
            return self._reply(client, alternating(messages), sampling)

        yield from _in_background(self._within(sampling.timeout_s, ask))

    def draft(self, messages: Sequence[Message], sampling: Sampling, material: Material) -> str:
        """Returns a whole reply.

        Raises:
            LLMError: As in `stream`.
        """
        calm = replace(sampling, temperature=min(sampling.temperature, _UNBOUND_TEMPERATURE))
        return "".join(self.stream(messages, calm))

    async def _within(self, timeout_s: float, ask: _Ask) -> AsyncIterator[str]:
        """Yields what is asked for, and says in our words what goes wrong.

        Causes are dropped: an answer may repeat what was said, and tracebacks end in logs.
        """
        try:
            async with asyncio.timeout(timeout_s), self._client() as client:
                async for piece in ask(client):
                    yield piece
        except TimeoutError:
            raise SlowLLMError(
                f"{self.name} took longer than {timeout_s:g} s; a smaller model or a faster server "
                "would help"
            ) from None
        except (openai.OpenAIError, httpx2.HTTPError, OSError, ValueError) as error:
            raise self._explained(error) from None

    def _client(self) -> openai.AsyncOpenAI:
        """Returns a client for one request: its connections belong to one event loop."""
        return openai.AsyncOpenAI(
            base_url=self._base_url,
            api_key=self._key or _NO_KEY,
            max_retries=0,
            http_client=httpx2.AsyncClient(
                timeout=httpx2.Timeout(None, connect=_CONNECT_S),
                follow_redirects=False,  # they could carry the call to any other host
                event_hooks={"request": [_leave_out_the_rest]},
            ),
        )

    async def _reply(
        self, client: openai.AsyncOpenAI, messages: Sequence[Message], sampling: Sampling
    ) -> AsyncIterator[str]:
        """Yields a reply; asks again after a pause where that may help and nothing came yet."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + sampling.timeout_s
        pauses_s = iter(_PAUSES_S)
        said = ""
        while True:
            try:
                async for piece in self._attempt(client, messages, sampling):
                    said += piece
                    yield piece
                break
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if sampling.json_schema is not None:  # not every server can be held to one
                    sampling = replace(sampling, json_schema=None)
                elif messages[0].role == "system" and error.status_code == 400:
                    messages = without_system(messages)
                else:
                    raise
            except (openai.APIConnectionError, openai.APIStatusError) as error:
                if said:
                    raise self._broken_off() from None
                pause_s = _pause_s(error, next(pauses_s, None))
                if pause_s is None or clock() + pause_s >= deadline:
                    raise
                await asyncio.sleep(pause_s)
        if not said.strip():
            raise self._fault("sent no text; try another model")

    async def _attempt(
        self, client: openai.AsyncOpenAI, messages: Sequence[Message], sampling: Sampling
    ) -> AsyncIterator[str]:
        talk = [{"role": message.role, "content": message.content} for message in messages]
        chunks = await client.chat.completions.create(
            model=self._model,
            messages=cast(list[ChatCompletionMessageParam], talk),
            stream=True,
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            max_tokens=sampling.max_tokens,
            seed=openai.omit if sampling.seed is None else sampling.seed,
            response_format=_format(sampling.json_schema),
        )
        async with chunks:
            async for chunk in chunks:
                for choice in _Chunk.model_validate(chunk).choices[:1]:
                    if choice.delta and choice.delta.content:
                        yield choice.delta.content
                    if choice.finish_reason:
                        return  # some servers keep the line open after that
        kind = chunks.response.headers.get("content-type", "")
        raise self._broken_off() if "event-stream" in kind else self._other_answer()

    def _explained(self, error: Exception) -> LLMError:
        """Returns what happened and what to do, without key and without what was said."""
        match error:
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                reason = "refuses the key; check WIEDERHOEREN_API_KEY"
            case openai.NotFoundError():
                reason = f"does not know the model {self._model} or has no such address; check both"
            case openai.BadRequestError():
                reason = "answered 400; check the model's name and how long a call it can read"
            case openai.RateLimitError():
                reason = "answered 429: it is busy or the key is used up; try again later"
            case openai.APIStatusError() if error.response.is_redirect:
                reason = f"answered {error.status_code}: it has moved; set WIEDERHOEREN_BASE_URL"
            case openai.APIStatusError():
                reason = f"answered {error.status_code}; look into its log"
            case openai.APIConnectionError() if "CERTIFICATE_VERIFY" in str(error.__cause__):
                reason = "has a certificate nobody here knows; name its issuer's in SSL_CERT_FILE"
            case openai.APIConnectionError() | httpx2.HTTPError() | OSError():
                reason = "does not answer; check the address and whether it runs"
            case ValueError():
                return self._other_answer()
            case _:
                return self._broken_off()
        return self._fault(reason)

    def _broken_off(self) -> LLMError:
        return self._fault("broke off in the middle; look into its log")

    def _other_answer(self) -> LLMError:
        return self._fault(
            "sent what is no OpenAI-compatible answer; check the address, which mostly ends in /v1"
        )

    def _fault(self, what: str) -> LLMError:
        return LLMError(f"{self.name} {what}")


def _format(schema: Mapping[str, Any] | None) -> ResponseFormat | openai.Omit:
    if schema is None:
        return openai.omit
    return {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": dict(schema)},
    }


async def _models(client: openai.AsyncOpenAI) -> AsyncIterator[str]:
    # Not models.list(), which stumbles over answers of another shape.
    answer = await client.get("/models", cast_to=httpx2.Response)
    for model in _Models.model_validate_json(answer.content).data or ():
        yield model.id


async def _leave_out_the_rest(request: httpx2.Request) -> None:
    """Keeps the machine's description, and what OPENAI_… variables add, out of the request."""
    for name in set(request.headers) - _HEADERS:
        del request.headers[name]


def _pause_s(error: openai.APIError, pause_s: float | None) -> float | None:
    """Returns how long to wait before another try; None where none would help."""
    if pause_s is None or not isinstance(error, openai.APIStatusError):
        return pause_s
    if error.status_code not in _PASSING:
        return None
    try:
        return max(pause_s, float(error.response.headers.get("retry-after", 0)))
    except ValueError:  # a date; servers of models send seconds
        return pause_s


def _is_address(base_url: str) -> bool:
    try:
        url = httpx2.URL(base_url)
    except httpx2.InvalidURL:
        return False
    return url.scheme in ("http", "https") and bool(url.host)


def _in_background(pieces: AsyncIterator[str]) -> Iterator[str]:
    """Yields what an asynchronous iterator yields in a thread of its own; closing cancels it.

    Only an asynchronous read can be given up at any time. A socket's time limit starts anew with
    each byte, so a server that dribbles would keep a waiting thread and its connection for ever.
    """
    found: queue.SimpleQueue[str | asyncio.Task[None]] = queue.SimpleQueue()
    loop = asyncio.new_event_loop()

    async def pump() -> None:
        async for piece in pieces:
            found.put(piece)

    task = loop.create_task(pump())
    task.add_done_callback(found.put)

    async def work() -> None:
        await asyncio.wait([task])
        await loop.shutdown_asyncgens()

    def run() -> None:
        with contextlib.closing(loop):
            loop.run_until_complete(work())

    threading.Thread(target=run, name="language-model-request", daemon=True).start()
    try:
        while isinstance(piece := found.get(), str):
            yield piece
        piece.result()
    finally:
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself
            loop.call_soon_threadsafe(task.cancel)
