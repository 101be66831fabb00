"""The app in a process of its own, as its users reach it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

_PROJECT = Path(__file__).parent.parent
_UP_S = 120


@dataclass(frozen=True)
class Served:
    """A running app.

    Attributes:
        address: Host and port.
        process: For its memory and processor time.
        start_s: Seconds until its port answered.
    """

    address: str
    process: psutil.Process
    start_s: float


@contextmanager
def served_app(database_url: str) -> Iterator[Served]:
    """Runs the app with the default settings on a database."""
    port, began = _free_port(), time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port)],
        cwd=_PROJECT,
        env={**os.environ, "DATABASE_URL": database_url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(port)
        start_s = time.perf_counter() - began
        yield Served(f"127.0.0.1:{port}", psutil.Process(server.pid), start_s)
    finally:
        server.terminate()
        server.wait(timeout=60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int) -> None:
    deadline = time.monotonic() + _UP_S
    while time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(f"the app did not come up in {_UP_S} s")
