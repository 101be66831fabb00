"""An app without accounts answers its own machine and nobody else."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from trainer.ui.loopback import OnlyThisMachine
from trainer.ui.watch_routes import HEALTH


async def _page(_: object) -> PlainTextResponse:
    return PlainTextResponse("page")


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("open")
    await socket.close()


@pytest.fixture
def client() -> TestClient:
    app = Starlette(
        routes=[Route("/", _page), Route(HEALTH, _page), WebSocketRoute("/socket", _socket)]
    )
    return TestClient(OnlyThisMachine(app))


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost", "LOCALHOST:1", "[::1]:8501"])
def test_this_machine_is_served(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).text == "page"
    with client.websocket_connect("/socket", headers={"host": host}) as socket:
        assert socket.receive_text() == "open"


STRANGE = [
    {"host": "training.example"},
    {"host": "192.168.1.5:8501"},
    {"host": "127.0.0.1.evil.example"},
    {"host": "localhost.evil.example:8501"},
    {"host": ""},
    {"host": "127.0.0.1@evil.example"},
    {"host": "127.0.0.1", "x-forwarded-for": "203.0.113.9"},
    {"host": "127.0.0.1", "forwarded": "for=203.0.113.9"},
    {"host": "127.0.0.1", "via": "1.1 proxy"},
]


@pytest.mark.parametrize("headers", STRANGE)
def test_strangers_and_proxies_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.get("/", headers=headers)
    assert answer.status_code == 403 and "WIEDERHOEREN_ACCOUNTS" in answer.text
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/socket", headers=headers),
    ):
        pass


def test_a_proxy_may_ask_for_health(client: TestClient) -> None:
    assert client.get(HEALTH, headers={"host": "training.example"}).status_code == 200
