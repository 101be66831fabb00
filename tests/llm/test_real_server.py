"""A server nobody here wrote: `transformers serve` with a small model in a folder."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.llm.models import write_model
from tests.requirements import require
from trainer.errors import LLMError
from trainer.llm.base import Message, Sampling
from trainer.llm.openai_compatible import OpenAICompatibleLLM

pytestmark = pytest.mark.slow

TALK = (Message("system", "Du bist Kundin."), Message("user", "Guten Tag."))


@pytest.fixture(scope="module")
def llm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenAICompatibleLLM]:
    require(importlib.util.find_spec("fastapi"), "fastapi for `transformers serve` is missing")
    folder = write_model(tmp_path_factory.mktemp("served"))
    port = _free_port()
    command = (sys.executable, "-m", "transformers.cli.transformers", "serve", str(folder))
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"],
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
        stdout=log,
        stderr=log,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/health", server, folder / "server.log")
        yield OpenAICompatibleLLM(f"http://127.0.0.1:{port}/v1", str(folder))
    finally:
        server.kill()
        server.wait()
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"transformers serve did not start:\n{log.read_text(errors='replace')[-2000:]}")


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
