"""Keeps an app without accounts on its own machine, also behind a web server that runs there."""

from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from trainer.ui.watch_routes import HEALTH, METRICS

_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_OPEN = {HEALTH, METRICS, "/_stcore/health"}
_POLICY_VIOLATION = 1008
_REFUSED = (
    "This app has no accounts and serves the machine it runs on only, by the address 127.0.0.1. "
    "To serve others, set WIEDERHOEREN_ACCOUNTS to local or oidc (docs/operation.md).\n"
)


class OnlyThisMachine:
    """ASGI middleware for open mode.

    A proxy on the same machine would let everybody in, for it listens elsewhere; and a page of
    some other site could have its own name point here. Both show in the headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Keeps the app behind it."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or refuses it."""
        asked = scope["type"] in ("http", "websocket") and scope["path"] not in _OPEN
        if not asked or _from_here(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            await PlainTextResponse(_REFUSED, status_code=403)(scope, receive, send)


def _from_here(headers: Headers) -> bool:
    if any(name in headers for name in _PASSED_ON):
        return False
    host = headers.get("host", "").rpartition("@")[2]
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
