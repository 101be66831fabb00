import asyncio
import logging
import socket
import threading
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import openai
import pytest

from tests.llm.rude_server import WORDS, RudeServer, rude_server
from trainer.errors import LLMError
from trainer.llm.base import Material, Message, Sampling
from trainer.llm.openai_compatible import OpenAICompatibleLLM

pytestmark = pytest.mark.slow

TALK = (
    Message("system", "Du bist Kundin."),
    Message("assistant", "Ja bitte?"),
    Message("user", "Ein Geheimnis."),
)
KEY = "sk-secret"
WHOLE = "".join(WORDS)


@pytest.fixture(scope="module")
def server() -> Iterator[RudeServer]:
    with rude_server() as running:
        yield running


def said(server: RudeServer, model: str, *, timeout_s: float = 5.0) -> str:
    llm = OpenAICompatibleLLM(server.base_url, model, KEY)
    return "".join(llm.stream(TALK, Sampling(0.7, 0.9, max_tokens=40, seed=3, timeout_s=timeout_s)))


def test_a_reply_comes_in_pieces(server: RudeServer) -> None:
    llm = OpenAICompatibleLLM(server.base_url, "polite", KEY)
    assert list(llm.stream(TALK, Sampling())) == list(WORDS)


def test_a_draft_is_the_whole_reply(server: RudeServer) -> None:
    llm = OpenAICompatibleLLM(server.base_url, "polite", KEY)
    assert llm.draft(TALK, Sampling(), Material((), 4)) == WHOLE


@pytest.mark.parametrize(("model", "compact"), [("wiederhoeren", True), ("mistral-nemo", False)])
def test_the_shipped_model_is_known_by_its_name(model: str, compact: bool) -> None:
    assert OpenAICompatibleLLM("http://127.0.0.1:9/v1", f"models/{model}").compact is compact


def test_the_server_is_asked_for_what_was_wanted(server: RudeServer) -> None:
    said(server, "polite")
    asked = server.last
    assert (asked["temperature"], asked["top_p"], asked["max_tokens"], asked["seed"]) == (
        0.7,
        0.9,
        40,
        3,
    )
    roles = [message["role"] for message in asked["messages"]]
    assert roles == ["system", "user", "assistant", "user"]
    assert server.headers["authorization"] == f"Bearer {KEY}"


def test_a_template_without_a_system_role_gets_its_words_from_the_user(server: RudeServer) -> None:
    assert said(server, "no_system") == WHOLE
    assert server.last["messages"][0]["content"].startswith("Du bist Kundin.")


SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}


def test_a_server_is_held_to_a_schema(server: RudeServer) -> None:
    llm = OpenAICompatibleLLM(server.base_url, "polite", KEY)
    list(llm.stream(TALK, Sampling(json_schema=SCHEMA)))
    assert server.last["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA},
    }
    list(llm.stream(TALK, Sampling()))
    assert "response_format" not in server.last


@pytest.mark.parametrize("model", ["no_schema", "strange_fields"])
def test_a_server_that_knows_no_schemas_is_asked_without(server: RudeServer, model: str) -> None:
    llm = OpenAICompatibleLLM(server.base_url, model, KEY)
    assert "".join(llm.stream(TALK, Sampling(json_schema=SCHEMA))) == WHOLE
    assert server.asked[model] == 2
    assert server.last["messages"][0]["role"] == "system"


@pytest.mark.parametrize("model", ["broken_once", "busy_once", "cut_once"])
def test_a_passing_fault_is_tried_again(server: RudeServer, model: str) -> None:
    began = time.monotonic()
    assert said(server, model) == WHOLE
    assert server.asked[model] == 2
    assert time.monotonic() - began > 0.2


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ("bad_key", "WIEDERHOEREN_API_KEY"),
        ("forbidden", "WIEDERHOEREN_API_KEY"),
        ("unknown", "does not know the model unknown"),
        ("broken", "answered 500"),
        ("busy_long", "answered 429"),
        ("html", "no OpenAI-compatible answer"),
        ("moved", "answered 307"),
        ("repeats", "answered 422"),
        ("empty", "sent no text"),
        ("malformed", "no OpenAI-compatible answer"),
        ("drops", "broke off"),
    ],
)
def test_a_fault_is_one_sentence_with_its_remedy_and_no_secret(
    server: RudeServer, model: str, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    began = time.monotonic()
    with pytest.raises(LLMError, match=reason) as raised:
        said(server, model, timeout_s=1.5)
    assert time.monotonic() - began < 2.5
    assert server.base_url in str(raised.value) and model in str(raised.value)
    logged = "".join(traceback.format_exception(raised.value)) + caplog.text
    assert caplog.records and KEY not in logged and "Geheimnis" not in logged


DRIBBLING = ["endless", "dribbles_headers", "dribbles_comments", "dribbles_bytes"]


@pytest.mark.parametrize("model", ["silent", "hangs", *DRIBBLING])
def test_no_server_outlives_the_deadline(server: RudeServer, model: str) -> None:
    server.hung_up.clear()
    began = time.monotonic()
    with pytest.raises(LLMError, match=r"longer than 0\.6 s"):
        said(server, model, timeout_s=0.6)
    assert time.monotonic() - began < 1.2
    assert model == "silent" or server.hung_up.wait(1)
    assert no_request_is_left()


def test_a_name_server_that_hangs_does_not_outlive_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(1.5) or [])
    began = time.monotonic()
    with pytest.raises(LLMError, match=r"longer than 0\.3 s"):
        list(OpenAICompatibleLLM("http://gpu/v1", "m").stream(TALK, Sampling(timeout_s=0.3)))
    assert time.monotonic() - began < 1


def no_request_is_left() -> bool:
    """Waits a moment for threads to end that belong to a request."""
    for _ in range(50):
        if not any(thread.name == "language-model-request" for thread in threading.enumerate()):
            return True
        time.sleep(0.02)
    return False


def test_a_reply_is_whole_where_the_server_says_so(server: RudeServer) -> None:
    began = time.monotonic()
    assert said(server, "lingers") == WHOLE
    assert time.monotonic() - began < 2


def test_a_call_goes_to_this_server_and_nowhere_else(server: RudeServer) -> None:
    before = server.asked.total()
    with pytest.raises(LLMError, match="WIEDERHOEREN_BASE_URL"):
        said(server, "moved")
    assert server.asked.total() == before + 1


def test_neither_the_machine_nor_its_environment_is_described(
    server: RudeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Other: 1")
    said(server, "polite")
    assert not [name for name in server.headers if name.startswith(("x-", "openai-"))]


def test_many_calls_and_a_running_loop_do_not_disturb_a_reply(server: RudeServer) -> None:
    async def inside_a_loop() -> str:
        return said(server, "polite")

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(lambda _: said(server, "polite"), range(32))) == {WHOLE}
    assert asyncio.run(inside_a_loop()) == WHOLE


def test_what_came_before_a_fault_is_passed_on(server: RudeServer) -> None:
    stream = OpenAICompatibleLLM(server.base_url, "malformed").stream(TALK, Sampling())
    assert [next(stream), next(stream)] == list(WORDS[:2])
    with pytest.raises(LLMError):
        next(stream)


@pytest.mark.parametrize("model", ["endless", "hangs"])
def test_a_closed_stream_ends_the_request(server: RudeServer, model: str) -> None:
    stream = OpenAICompatibleLLM(server.base_url, model).stream(TALK, Sampling())
    assert [next(stream), next(stream)] == list(WORDS[:2])
    server.hung_up.clear()
    stream.close()  # type: ignore[attr-defined]
    assert server.hung_up.wait(1)
    assert no_request_is_left()


def test_an_unreachable_server_says_so() -> None:
    llm = OpenAICompatibleLLM("http://127.0.0.1:9/v1", "m")
    began = time.monotonic()
    with pytest.raises(LLMError, match="does not answer"):
        list(llm.stream(TALK, Sampling()))
    assert time.monotonic() - began < 4, "a turn must not wait for a server that is down"
    with pytest.raises(LLMError, match="does not answer"):
        llm.check()


@pytest.mark.parametrize("model", ["b", "g", "g:latest"])
def test_checking_finds_the_model(server: RudeServer, model: str) -> None:
    OpenAICompatibleLLM(server.base_url, model).check()


def test_checking_names_up_to_five_models(server: RudeServer) -> None:
    with pytest.raises(LLMError, match="no model z; .* it has: a, b, c, d, e$"):
        OpenAICompatibleLLM(server.base_url, "z").check()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<html>It works!</html>", "no OpenAI-compatible answer"),
        ("[1]", "no OpenAI-compatible answer"),
        ('{"data": [{"na', "no OpenAI-compatible answer"),
        ('{"data": null}', "it has: none"),
    ],
)
def test_checking_something_else_says_so(
    server: RudeServer, monkeypatch: pytest.MonkeyPatch, body: str, reason: str
) -> None:
    monkeypatch.setattr(server, "list_models", body)
    with pytest.raises(LLMError, match=reason):
        OpenAICompatibleLLM(server.base_url, "b").check()


@pytest.mark.parametrize(
    ("base_url", "model", "key", "setting"),
    [
        ("", "m", "", "BASE_URL"),
        ("gpu:8000", "m", "", "BASE_URL"),
        ("http://gpu:port/v1", "m", "", "BASE_URL"),
        ("http://me:hunter2@gpu/v1", "m", "", "BASE_URL"),
        ("http://gpu/v1", "", "", "MODEL"),
        ("http://gpu/v1", "m", "schlüssel", "API_KEY"),
    ],
)
def test_settings_that_cannot_be_used_are_named(
    base_url: str, model: str, key: str, setting: str
) -> None:
    with pytest.raises(LLMError, match=setting) as raised:
        OpenAICompatibleLLM(base_url, model, key)
    assert "hunter2" not in str(raised.value) and "schlüssel" not in str(raised.value)


def test_every_error_of_the_library_is_known() -> None:
    """A new one may need words of its own in `_explained`."""
    assert {name for name in openai.__all__ if name.endswith("Error")} == {
        "APIConnectionError",
        "APIError",
        "APIResponseValidationError",
        "APIStatusError",
        "APITimeoutError",
        "AuthenticationError",
        "BadRequestError",
        "ConflictError",
        "ContentFilterFinishReasonError",
        "InternalServerError",
        "InvalidWebhookSignatureError",
        "LengthFinishReasonError",
        "NotFoundError",
        "OAuthError",
        "OpenAIError",
        "PermissionDeniedError",
        "RateLimitError",
        "UnprocessableEntityError",
        "WebSocketConnectionClosedError",
        "WebSocketQueueFullError",
    }
