import time
from collections.abc import Iterator

import pytest

from tests.llm.rude_server import WORDS, RudeServer, rude_server
from trainer.errors import LLMError
from trainer.llm.base import Message, Sampling
from trainer.llm.openai_compatible import OpenAICompatibleLLM

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
    assert server.key == f"Bearer {KEY}"


def test_a_template_without_a_system_role_gets_its_words_from_the_user(server: RudeServer) -> None:
    assert said(server, "no_system") == WHOLE
    assert server.last["messages"][0]["content"].startswith("Du bist Kundin.")


@pytest.mark.parametrize("model", ["broken_once", "busy_once"])
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
        ("html", "broke off"),
        ("empty", "sent no text"),
        ("malformed", "broke off"),
        ("drops", "broke off"),
    ],
)
def test_a_fault_is_one_sentence_with_its_remedy_and_no_secret(
    server: RudeServer, model: str, reason: str
) -> None:
    began = time.monotonic()
    with pytest.raises(LLMError, match=reason) as raised:
        said(server, model, timeout_s=1.5)
    assert time.monotonic() - began < 2.5
    assert KEY not in str(raised.value) and "Geheimnis" not in str(raised.value)
    assert server.base_url in str(raised.value)


@pytest.mark.parametrize("model", ["silent", "hangs", "endless"])
def test_no_server_outlives_the_deadline(server: RudeServer, model: str) -> None:
    began = time.monotonic()
    with pytest.raises(LLMError, match=r"longer than 0\.6 s"):
        said(server, model, timeout_s=0.6)
    assert time.monotonic() - began < 1.2


def test_what_came_before_a_fault_is_passed_on(server: RudeServer) -> None:
    stream = OpenAICompatibleLLM(server.base_url, "malformed").stream(TALK, Sampling())
    assert [next(stream), next(stream)] == list(WORDS[:2])
    with pytest.raises(LLMError):
        next(stream)


def test_a_closed_stream_ends_the_request(server: RudeServer) -> None:
    stream = OpenAICompatibleLLM(server.base_url, "endless").stream(TALK, Sampling())
    next(stream)
    server.hung_up.clear()
    stream.close()  # type: ignore[attr-defined]
    assert server.hung_up.wait(5)


def test_an_unreachable_server_says_so() -> None:
    llm = OpenAICompatibleLLM("http://127.0.0.1:9/v1", "m")
    with pytest.raises(LLMError, match="does not answer"):
        list(llm.stream(TALK, Sampling(timeout_s=1)))
    with pytest.raises(LLMError, match="does not answer"):
        llm.check()


def test_checking_finds_the_model_or_names_those_there_are(server: RudeServer) -> None:
    OpenAICompatibleLLM(server.base_url, "b").check()
    with pytest.raises(LLMError, match="no model z; it has: a, b, c"):
        OpenAICompatibleLLM(server.base_url, "z").check()


@pytest.mark.parametrize(
    ("base_url", "model", "setting"),
    [("", "m", "BASE_URL"), ("gpu:8000", "m", "BASE_URL"), ("http://gpu/v1", "", "MODEL")],
)
def test_missing_settings_are_named(base_url: str, model: str, setting: str) -> None:
    with pytest.raises(LLMError, match=setting):
        OpenAICompatibleLLM(base_url, model)
