"""The app as its users get it: a server process of its own and a real Chromium."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

PROJECT = Path(__file__).parents[2]
START_TIMEOUT_S = 90
ACTION_TIMEOUT_MS = 30_000
expect.set_options(timeout=ACTION_TIMEOUT_MS)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Starts the app on a free port with an empty database and returns its address."""
    with running_app(tmp_path_factory.mktemp("app")) as url:
        yield url


@contextmanager
def running_app(folder: Path, *, port: int = 0, **settings: str) -> Iterator[str]:
    """Runs the app in a process of its own with a database in a folder; yields its address.

    What it prints is kept in `server.log` in that folder.
    """
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    log = folder / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port)]
    with log.open("w") as output, pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", f"sqlite:///{folder / 'calls.db'}")
        environment.setenv("WIEDERHOEREN_URL", url)
        for name, value in settings.items():
            environment.setenv(f"WIEDERHOEREN_{name}", value)
        server = subprocess.Popen(command, cwd=PROJECT, stdout=output, stderr=output)
        try:
            _wait_until_up(url, server, log)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def awake(chromium: Browser, address: str) -> None:
    """The first page of a process loads content and models, which takes its time."""
    page = chromium.new_page()
    page.goto(address)
    drawn = page.locator('[data-testid="stApp"][data-test-script-state="notRunning"] h1')
    drawn.first.wait_for(timeout=START_TIMEOUT_S * 1000)
    page.close()


@pytest.fixture
def open_window(chromium: Browser, address: str, awake: None) -> Iterator["Window"]:
    window = Window(chromium, address)
    yield window
    window.close()
    assert window.foreign == [], "the app must not ask other machines for anything"
    assert window.errors == []


class Window:
    """Opens pages and notes what must not happen in them: foreign requests, script errors."""

    def __init__(self, chromium: Browser, address: str) -> None:
        self._chromium, self._address = chromium, address
        self._contexts = []
        self.foreign: list[str] = []
        self.errors: list[str] = []

    def __call__(self, path: str = "/practice", *, width: int = 1280, dark: bool = False) -> Page:
        context = self._chromium.new_context(
            viewport={"width": width, "height": 844},
            color_scheme="dark" if dark else "light",
            locale="de-DE",
            timezone_id="Europe/Berlin",
        )
        self._contexts.append(context)
        context.set_default_timeout(ACTION_TIMEOUT_MS)
        page = context.new_page()
        page.on("request", lambda request: self._note(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self._address + path)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _note(self, url: str) -> None:
        if not url.startswith((self._address, "data:", "blob:")):
            self.foreign.append(url)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"the server ended at once:\n{log.read_text()}")
        try:
            with urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the server did not come up in {START_TIMEOUT_S} s:\n{log.read_text()}")
