"""The model's server hangs or breaks off: no turn is lost, and only the first one waits."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.llm.rude_server import RudeServer, rude_server
from trainer.bootstrap import Desk
from trainer.core.plan import Source
from trainer.errors import SlowLLMError
from trainer.llm.base import Message, Sampling
from trainer.llm.openai_compatible import OpenAICompatibleLLM
from trainer.llm.resting import RestingLLM
from trainer.nlg.generator import Generator
from trainer.nlg.phrases import load_phrases
from trainer.practice import Practice

pytestmark = pytest.mark.slow

DEADLINE_S = 1.5
LINES = ("Guten Tag, Lena Vogt hier.", "Was war damals der Grund?", "Das tut mir leid.")


class Hurried(OpenAICompatibleLLM):
    """Waits less long than people do, so that the test does not."""

    def stream(self, messages: list[Message], sampling: Sampling) -> Iterator[str]:
        return super().stream(messages, replace(sampling, timeout_s=DEADLINE_S))


@pytest.fixture
def url(sqlite_url: str) -> str:
    """The model does not care which database it is."""
    return sqlite_url


@pytest.fixture
def server() -> Iterator[RudeServer]:
    with rude_server() as running:
        yield running


def playing(practice: Practice, desk: Desk, server: RudeServer, model: str) -> Practice:
    llm = RestingLLM(Hurried(server.base_url, model))
    return replace(practice, generator=Generator(load_phrases(), desk.recognizer, llm))


@pytest.mark.parametrize("model", ["silent", "hangs"])
def test_a_server_that_hangs_delays_one_turn_and_loses_none(
    practice: Practice, desk: Desk, mia: str, server: RudeServer, model: str
) -> None:
    there = playing(practice, desk, server, model)
    waits: list[float] = []
    call = there.start(mia, next(iter(there.catalog.personas)), seed=7)
    assert isinstance(there.generator.fault, SlowLLMError)
    for line in LINES:
        began = time.monotonic()
        assert list(there.say(mia, call.id, line))
        waits.append(time.monotonic() - began)
    assert max(waits) < DEADLINE_S
    assert server.asked[model] == 1
    assert "took longer than" in str(there.generator.fault)
    turns = there.open(mia, call.id).turns
    assert [kept.turn.text for kept in turns][1::2] == list(LINES)
    assert all(set(kept.sentences or {}) == {Source.PHRASE} for kept in turns[::2])


def test_a_server_that_breaks_off_in_mid_sentence_loses_no_turn(
    practice: Practice, desk: Desk, mia: str, server: RudeServer
) -> None:
    there = playing(practice, desk, server, "drops")
    call = there.start(mia, next(iter(there.catalog.personas)), seed=7)
    for line in LINES:
        assert list(there.say(mia, call.id, line))
    assert "broke off" in str(there.generator.fault)
    shown = " ".join(kept.turn.text for kept in there.open(mia, call.id).turns)
    assert "Ja, wer ist" not in shown, "half a sentence was shown"
