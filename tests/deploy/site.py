"""The whole set-up of `docs/operation.md` on this machine: nginx, two app processes, PostgreSQL."""

import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.browser.conftest import free_port

PROJECT = Path(__file__).parents[2]
DEPLOY = PROJECT / "deploy"
_START_S = 120
_CERTIFICATE = "fullchain.pem"

_FRAME = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log warn;
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/wiederhoeren.conf;
}}
"""


@dataclass
class Site:
    """A running set-up.

    Attributes:
        folder: Logs and configuration.
        port: Of nginx, with TLS.
        plain_port: Of nginx, without.
        environment: What each app process gets.
        processes: By the name in nginx's cookie, `a` and `b`.
    """

    folder: Path
    port: int
    plain_port: int
    environment: Mapping[str, str]
    ports: Mapping[str, int]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def start(self, name: str) -> None:
        """Starts an app process and waits until it answers."""
        log = self.folder / f"app-{name}.log"
        with log.open("ab") as output:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "serve.py"]
                + ["--server.port", str(self.ports[name])],
                cwd=PROJECT,
                env=dict(self.environment),
                stdout=output,
                stderr=output,
            )
        _await(f"http://127.0.0.1:{self.ports[name]}/_stcore/health", self.processes[name], log)

    def end(self, name: str, how: signal.Signals) -> None:
        """Ends an app process and waits for that."""
        self.processes[name].send_signal(how)
        self.processes[name].wait(timeout=30)

    def command(self, *arguments: str) -> str:
        """Runs `python -m trainer …` as the administrator of the machine does."""
        done = subprocess.run(
            [sys.executable, "-m", "trainer", *arguments],
            cwd=PROJECT,
            env=dict(self.environment),
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return done.stdout


def settings_of(example: Path) -> dict[str, str]:
    """Reads a file of lines NAME=value, as systemd and compose do."""
    lines = re.findall(r"^(\w+)=(.*)$", example.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(lines)


@contextmanager
def running_site(folder: Path, *, database: str, model: str) -> Iterator[Site]:
    """Runs all but database and model server, which are there; ends it all."""
    ports, port = {"a": free_port(), "b": free_port()}, free_port()
    own = {
        "DATABASE_URL": database,
        "WIEDERHOEREN_URL": f"https://127.0.0.1:{port}",
        "WIEDERHOEREN_BASE_URL": model,
        "WIEDERHOEREN_MODEL": str(PROJECT / "trainer/llm/embedded/wiederhoeren"),
        "STREAMLIT_SERVER_COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
        "STREAMLIT_BROWSER_SERVER_ADDRESS": "127.0.0.1",
    }
    environment = {**os.environ, **settings_of(DEPLOY / "environment.example"), **own}
    site = Site(folder, port, free_port(), environment, ports)
    try:
        for name in ports:
            site.start(name)
        with _nginx(site):
            yield site
    finally:
        for process in site.processes.values():
            process.kill()
            process.wait()


@contextmanager
def _nginx(site: Site) -> Iterator[None]:
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program is not None
    make_certificate(site.folder)
    (site.folder / "wiederhoeren.conf").write_text(configured(site))
    frame = site.folder / "nginx.conf"
    frame.write_text(_FRAME.format(folder=site.folder))
    log = site.folder / "nginx.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [program, "-p", site.folder, "-c", frame, "-e", site.folder / "nginx-error.log"],
            stdout=output,
            stderr=output,
        )
        try:
            _await(f"{site.url}/_stcore/health", server, log)
            yield
        finally:
            server.terminate()
            server.wait(timeout=20)


def configured(site: Site) -> str:
    """Returns the shipped configuration with this machine's ports, names and files."""
    text = (DEPLOY / "nginx" / "wiederhoeren.conf").read_text(encoding="utf-8")
    for there, here in (
        ("8601", str(site.ports["a"])),
        ("8602", str(site.ports["b"])),
        ("listen 443", f"listen 127.0.0.1:{site.port}"),
        ("listen 80", f"listen 127.0.0.1:{site.plain_port}"),
        ("training.example.com", "127.0.0.1"),
        ("/etc/ssl/wiederhoeren", str(site.folder)),
        ("/var/log/nginx", str(site.folder)),
    ):
        assert there in text, f"the configuration has no {there}"
        text = text.replace(there, here)
    return text


def make_certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        + ["-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
        + ["-addext", "subjectAltName=IP:127.0.0.1"]
        + ["-keyout", folder / "key.pem", "-out", folder / _CERTIFICATE],
        check=True,
        capture_output=True,
    )


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(url, timeout=2, context=trusting if "https" in url else None):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"{url} does not answer:\n{log.read_text(errors='replace')[-3000:]}")
