"""An OpenAI-compatible server with bad manners: the model's name says which."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WORDS = ("Ja,", " wer", " ist", " da?")


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
        self.key = ""
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
        models = [{"id": name, "object": "model", "created": 1, "owned_by": "x"} for name in "abc"]
        self._refuse(200, json.dumps({"object": "list", "data": models}))

    def do_POST(self) -> None:
        self.server.last = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.key = self.headers.get("Authorization", "")
        model = self.server.last["model"]
        self.server.asked[model] += 1
        first = self.server.asked[model] == 1
        try:
            match model:
                case "bad_key" | "forbidden":
                    self._refuse(401 if model == "bad_key" else 403)
                case "unknown":
                    self._refuse(404)
                case "broken" | "broken_once" if model == "broken" or first:
                    self._refuse(500)
                case "busy_once" if first:
                    self._refuse(429, headers={"Retry-After": "0.3"})
                case "busy_long":
                    self._refuse(429, headers={"Retry-After": "60"})
                case "no_system" if self.server.last["messages"][0]["role"] == "system":
                    self._refuse(400)
                case "html":
                    self._refuse(200, "<html><h1>It works!</h1></html>", kind="text/html")
                case "silent":
                    time.sleep(3)
                case _:
                    self._stream(model)
        except (BrokenPipeError, ConnectionResetError):
            self.server.hung_up.set()

    def _stream(self, model: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        words = WORDS * 1000 if model == "endless" else () if model == "empty" else WORDS
        for place, word in enumerate(words):
            if place == 2 and model == "malformed":
                self.wfile.write(b'data: {"choices": [{"del\n\n')
            if place == 2 and model == "drops":
                self.connection.close()
                return
            if place == 2 and model == "hangs":
                time.sleep(3)
            self.wfile.write(chunk(word))
            self.wfile.flush()
            time.sleep(0.02 if model == "endless" else 0)
        self.wfile.write(chunk("", "stop") + b"data: [DONE]\n\n")

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
