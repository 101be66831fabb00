"""A server nobody here wrote: `transformers serve` with the shipped model."""

import importlib.util
from collections.abc import Iterator
from itertools import islice

import pytest

from tests.llm.served import served_model
from tests.requirements import require
from trainer.bootstrap import build_desk
from trainer.call import Call, transcribe
from trainer.core.acts import Speaker
from trainer.core.turn import Turn
from trainer.errors import LLMError
from trainer.llm.base import Material, Message, Sampling
from trainer.llm.local import EMBEDDED
from trainer.llm.openai_compatible import OpenAICompatibleLLM
from trainer.settings import Settings

pytestmark = pytest.mark.slow

TALK = (Message("system", "Du bist Kundin."), Message("user", "Guten Tag."))


@pytest.fixture(scope="module")
def llm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenAICompatibleLLM]:
    require(importlib.util.find_spec("fastapi"), "fastapi for `transformers serve` is missing")
    with served_model(tmp_path_factory.mktemp("served")) as base_url:
        yield OpenAICompatibleLLM(base_url, str(EMBEDDED))


def test_a_real_server_lists_its_model(llm: OpenAICompatibleLLM) -> None:
    llm.check()


def test_a_real_server_refuses_another_model(llm: OpenAICompatibleLLM) -> None:
    other = OpenAICompatibleLLM(llm.name.partition(" at ")[2], "other")
    with pytest.raises(LLMError, match="has no model other"):
        other.check()
    with pytest.raises(LLMError, match="the model's name"):
        list(other.stream(TALK, Sampling()))


def test_a_real_server_streams_a_reply(llm: OpenAICompatibleLLM) -> None:
    pieces = list(llm.stream(TALK, Sampling(temperature=0.9, max_tokens=24, timeout_s=60)))
    assert len(pieces) > 1
    assert "".join(pieces).strip()


def test_a_real_server_survives_a_cancelled_reply(llm: OpenAICompatibleLLM) -> None:
    stream = llm.stream(TALK, Sampling(temperature=0.9, max_tokens=500, timeout_s=60))
    assert len(list(islice(stream, 2))) == 2
    stream.close()  # type: ignore[attr-defined]
    assert list(llm.stream(TALK, Sampling(temperature=0.9, max_tokens=8, timeout_s=60)))


def test_the_shipped_model_behind_a_real_server_plays_a_call(llm: OpenAICompatibleLLM) -> None:
    desk = build_desk(Settings(), llm)
    persona = next(iter(desk.catalog.personas.values()))
    call = Call(persona, 3, desk.recognizer, desk.generator)
    reaction, talk = call.pick_up(), list[Turn]()
    for line in ("Guten Tag, Lena Vogt hier. Passt es gerade?", "Woran lag es denn?", ""):
        said = list(call.speak(reaction.plan, talk))
        talk.append(transcribe(said))
        if line:
            talk.append(call.hear(line, talk))
            reaction = call.react(talk[-1], reaction.state, index=len(talk))
    assert all(turn.text for turn in talk if turn.speaker is Speaker.CUSTOMER)
    fault = desk.generator.fault
    assert fault is None or "took longer" in str(fault)  # a slow machine is no broken server


def test_a_real_server_drafts_a_line(llm: OpenAICompatibleLLM) -> None:
    sampling = Sampling(temperature=0.9, max_tokens=12, timeout_s=120)
    assert llm.draft(TALK, sampling, Material((), 3)).strip()


def test_a_real_server_that_cannot_be_held_to_a_schema_still_answers(
    llm: OpenAICompatibleLLM,
) -> None:
    wanted = {"type": "object", "properties": {"a": {"type": "string"}}}
    sampling = Sampling(temperature=0.9, max_tokens=8, timeout_s=60, json_schema=wanted)
    assert list(llm.stream(TALK, sampling))
