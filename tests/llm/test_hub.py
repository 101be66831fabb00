"""Fetching from a hub: a server of our own that speaks the part of its protocol that is needed."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.llm.models import write_model
from trainer.errors import LLMError
from trainer.llm import hub
from trainer.llm.base import Message, Sampling
from trainer.llm.download import Download
from trainer.llm.hub import CHOICES, fetch
from trainer.llm.local import LocalLLM

pytestmark = pytest.mark.slow

MODEL, COMMIT = "somebody/small", "c" * 40


class Hub(BaseHTTPRequestHandler):
    files: Path
    paths: list[str]

    def log_message(self, *_: object) -> None:
        """A test prints nothing."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        type(self).paths.append(self.path)
        if not self.path.startswith((f"/api/models/{MODEL}", f"/{MODEL}/resolve/")):
            self._send(401 if "gated" in self.path else 404, b"{}", self._refusal())
        elif "/resolve/" in self.path:
            content = (self.files / self.path.rsplit("/", 1)[1]).read_bytes()
            self._send(200, content, {})
        elif "/tree/" in self.path:
            entries = [
                {"type": "file", "path": path.name, "size": path.stat().st_size, "oid": "0" * 40}
                for path in sorted(self.files.iterdir())
            ]
            self._send(200, json.dumps(entries).encode(), {})
        else:
            siblings = [{"rfilename": path.name} for path in sorted(self.files.iterdir())]
            info = {"id": MODEL, "sha": COMMIT, "siblings": siblings}
            self._send(200, json.dumps(info).encode(), {})

    def _refusal(self) -> dict[str, str]:
        return {"X-Error-Code": "GatedRepo" if "gated" in self.path else "RepoNotFound"}

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        etag = hashlib.sha256(body).hexdigest()
        common = {"X-Repo-Commit": COMMIT, "ETag": f'"{etag}"', "Content-Length": str(len(body))}
        for name, value in {**common, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[str]:
    Hub.files, Hub.paths = write_model(tmp_path / "hub"), []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_fetched_model_speaks(endpoint: str, tmp_path: Path) -> None:
    folder = fetch(MODEL, endpoint=endpoint, folder=tmp_path / "cache")
    words = LocalLLM(folder).stream([Message("user", "Hallo?")], Sampling(seed=1, max_tokens=8))
    assert "".join(words)


def test_what_is_there_is_not_fetched_again(endpoint: str, tmp_path: Path) -> None:
    fetch(MODEL, endpoint=endpoint, folder=tmp_path / "cache")
    Hub.paths.clear()
    fetch(MODEL, endpoint=endpoint, folder=tmp_path / "cache")
    assert not [path for path in Hub.paths if path.endswith(".safetensors")]


def test_a_model_that_does_not_exist_is_named(endpoint: str, tmp_path: Path) -> None:
    with pytest.raises(LLMError, match="no model nobody/nothing"):
        fetch("nobody/nothing", endpoint=endpoint, folder=tmp_path)
    with pytest.raises(LLMError, match="no model not a name"):
        fetch("not a name", endpoint=endpoint, folder=tmp_path)


def test_a_model_behind_a_licence_says_how_to_log_in(endpoint: str, tmp_path: Path) -> None:
    with pytest.raises(LLMError, match="hf auth login"):
        fetch("somebody/gated", endpoint=endpoint, folder=tmp_path)


def test_without_a_connection_the_remedy_is_named(tmp_path: Path) -> None:
    with pytest.raises(LLMError, match="check the connection"):
        fetch(MODEL, endpoint="http://127.0.0.1:9", folder=tmp_path)


def test_a_model_without_safe_weights_is_refused(endpoint: str, tmp_path: Path) -> None:
    weights = Hub.files / "model.safetensors"
    weights.rename(weights.with_name("pytorch_model.bin"))
    with pytest.raises(LLMError, match="no safetensors"):
        fetch(MODEL, endpoint=endpoint, folder=tmp_path / "cache")


def test_a_model_that_does_not_fit_is_not_fetched(
    endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "_ROOM", 1e9)
    with pytest.raises(LLMError, match="GB of memory"):
        fetch(MODEL, endpoint=endpoint, folder=tmp_path / "cache")
    monkeypatch.setattr(hub.shutil, "disk_usage", lambda _: hub.shutil._ntuple_diskusage(1, 1, 0))
    with pytest.raises(LLMError, match="GB free"):
        fetch(MODEL, endpoint=endpoint, folder=tmp_path / "cache")
    assert not any(path.endswith(".safetensors") and "resolve" not in path for path in Hub.paths)


def test_the_choices_are_many_and_ordered_by_size() -> None:
    sizes = [choice.billions for choice in CHOICES]
    assert len(CHOICES) >= 8
    assert sizes == sorted(sizes)
    assert 0.5 <= sizes[0] < sizes[-1] <= 31


def test_a_download_in_the_background_says_how_far_it_is(endpoint: str, tmp_path: Path) -> None:
    download = Download(MODEL, endpoint=endpoint, folder=tmp_path / "cache")
    assert not download.done
    download.start()
    download.join(30)
    assert download.done and download.error is None
    assert download.share == 1.0
    assert download.folder is not None
    assert (download.folder / "model.safetensors").exists()


def test_a_download_that_fails_keeps_the_reason(endpoint: str, tmp_path: Path) -> None:
    download = Download("nobody/nothing", endpoint=endpoint, folder=tmp_path)
    download.start()
    download.join(30)
    assert download.done and download.folder is None
    assert "no model nobody/nothing" in str(download.error)
