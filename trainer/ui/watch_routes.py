"""What machines ask the app: whether it is well, and its figures.

`/healthz` is for the proxy and says nothing but yes or no. `/metrics` is for Prometheus: from this
machine, not through a proxy, or from elsewhere with the token in the settings.
"""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from secrets import compare_digest

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from trainer.errors import StoreError
from trainer.watch import WATCH

HEALTH = "/healthz"
METRICS = "/metrics"
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True)
class WatchRoutes:
    """The routes, and what they need.

    Attributes:
        check: Raises `StoreError` when the database does not answer.
        token: What a stranger must show to see the figures; "" lets in this machine only.
    """

    check: Callable[[], None]
    token: str = ""

    def routes(self) -> list[Route]:
        """Returns the addresses for Starlette."""
        return [
            Route(HEALTH, self._health, methods=["GET"]),
            Route(METRICS, self._metrics, methods=["GET"]),
        ]

    async def _health(self, _: Request) -> Response:
        try:
            await run_in_threadpool(self.check)
        except StoreError as error:
            body = {"status": "down", "database": str(error.problem)}
            return JSONResponse(body, status_code=503, headers=_HEADERS)
        return JSONResponse({"status": "up", "database": "up"}, headers=_HEADERS)

    async def _metrics(self, request: Request) -> Response:
        if not self._may_read(request):
            return PlainTextResponse("Not found.", status_code=404, headers=_HEADERS)
        text = await run_in_threadpool(WATCH.exposition)
        return Response(text, media_type="text/plain; version=0.0.4", headers=_HEADERS)

    def _may_read(self, request: Request) -> bool:
        shown = request.headers.get("authorization", "").encode()
        if self.token:
            return compare_digest(shown, f"Bearer {self.token}".encode())
        passed_on = any(name in request.headers for name in _FORWARDED)
        return not passed_on and _is_here(request)


def _is_here(request: Request) -> bool:
    try:
        return ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False
