"""An OpenAI-compatible server with bad manners: the model's name says which."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WORDS = ("Ja,", " wer", " ist", " da?")
_STATUS = {
    "bad_key": 401,
    "forbidden": 403,
    "unknown": 404,
    "broken": 500,
    "broken_once": 500,
    "busy_once": 429,
    "busy_long": 429,
    "moved": 307,
}
_EXTRA = {
    "busy_once": {"Retry-After": "0.3"},
    "busy_long": {"Retry-After": "60"},
    "moved": {"Location": "/v1/elsewhere/chat/completions"},
}
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
_DRIBBLES = {
    "dribbles_headers": (_OK + b"X-Slow: ", b"x"),
    "dribbles_comments": (_OK + b"\r\n", b": ping\n\n"),
    "dribbles_bytes": (_OK + b"\r\ndata: ", b"x"),
}


def chunk(text: str, finish_reason: str | None = None) -> bytes:
    body = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish_reason}],
    }
    return f"data: {json.dumps(body)}\n\n".encode()


class RudeServer(ThreadingHTTPServer):
    """Counts requests and keeps the last one, and notes when a client has hung up."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: Counter[str] = Counter()
        self.last: dict[str, Any] = {}
        self.headers: dict[str, str] = {}
        self.list_models: str | None = None
        self.script: Callable[[dict[str, Any]], str] = lambda sent: ""
        self.hung_up = threading.Event()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


@contextmanager
def rude_server() -> Iterator[RudeServer]:
    server = RudeServer()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: RudeServer

    def log_message(self, *_: object) -> None:
        """A test prints nothing."""

    def do_GET(self) -> None:
        if (body := self.server.list_models) is None:
            names = [*"abcdef", "g:latest"]
            models = [
                {"id": name, "object": "model", "created": 1, "owned_by": "x"} for name in names
            ]
            body = json.dumps({"object": "list", "data": models})
        self._refuse(200, body, kind="text/html" if body.startswith("<") else "application/json")

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.last = sent
        self.server.headers = {name.lower(): value for name, value in self.headers.items()}
        model = self.server.last["model"]
        self.server.asked[model] += 1
        first = self.server.asked[model] == 1
        try:
            if model in _STATUS and (first or not model.endswith("_once")):
                self._refuse(_STATUS[model], headers=_EXTRA.get(model))
            elif model in _DRIBBLES:
                self._dribble(*_DRIBBLES[model])
            else:
                self._answer(model, sent, first=first)
        except (BrokenPipeError, ConnectionResetError):
            self.server.hung_up.set()

    def _answer(self, model: str, sent: dict[str, Any], *, first: bool) -> None:
        talk = self.server.last["messages"]
        match model:
            case "no_system" if talk[0]["role"] == "system":
                self._refuse(400)
            case "no_schema" if "response_format" in self.server.last:
                self._refuse(400)
            case "strange_fields" if "response_format" in self.server.last:
                self._refuse(422)
            case "repeats":
                self._refuse(422, json.dumps({"detail": talk}))
            case "html":
                self._refuse(200, "<html><h1>It works!</h1></html>", kind="text/html")
            case "silent":
                time.sleep(3)
            case "scripted":
                self._stream(model, (self.server.script(sent),))
            case "cut_once" if first:
                self._begin({"Transfer-Encoding": "chunked"})
            case _:
                self._stream(model)

    def _begin(self, headers: dict[str, str] | None = None) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": "text/event-stream", **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def _dribble(self, first: bytes, then: bytes) -> None:
        """Sends something all the time and never a word, until the client hangs up."""
        self.wfile.write(first)
        for _ in range(500):
            self.wfile.write(then)
            self.wfile.flush()
            time.sleep(0.02)

    def _await_hang_up(self) -> None:
        self.connection.settimeout(5)
        if not self.connection.recv(1):
            self.server.hung_up.set()

    def _stream(self, model: str, words: tuple[str, ...] = WORDS) -> None:
        self._begin()
        words = words * 1000 if model == "endless" else () if model == "empty" else words
        for place, word in enumerate(words):
            if place == 2 and model == "malformed":
                self.wfile.write(b'data: {"choices": [{"del\n\n')
            if place == 2 and model == "drops":
                self.connection.close()
                return
            if place == 2 and model == "hangs":
                self._await_hang_up()
                return
            self.wfile.write(chunk(word))
            self.wfile.flush()
            time.sleep(0.02 if model == "endless" else 0)
        self.wfile.write(chunk("", "stop"))
        self.wfile.flush()
        if model == "lingers":
            self._await_hang_up()
        self.wfile.write(b"data: [DONE]\n\n")

    def _refuse(
        self,
        status: int,
        body: str = '{"error": {"message": "no"}}',
        *,
        kind: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())
