"""Lets nothing of the app through to somebody who is not signed in.

The pages check again, click by click; this keeps files, uploads and the socket shut as well.
"""

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from trainer.accounts import Accounts
from trainer.errors import SignInError, StoreError
from trainer.ui.entrance import COOKIE, SET_PASSWORD, SIGN_IN, SIGN_OUT
from trainer.ui.watch_routes import HEALTH, METRICS

_OPEN = {SIGN_IN, SET_PASSWORD, SIGN_OUT, HEALTH, METRICS, "/_stcore/health"}
_POLICY_VIOLATION = 1008


class Gate:
    """ASGI middleware for an app with accounts of its own."""

    def __init__(self, app: ASGIApp, accounts: Callable[[], Accounts]) -> None:
        """Keeps the app behind the gate, and where to ask."""
        self._app, self._accounts = app, accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers it."""
        if scope["type"] not in ("http", "websocket") or scope["path"] in _OPEN:
            await self._app(scope, receive, send)
            return
        answer = await self._refusal(scope)
        if answer is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            await answer(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        """Returns what somebody gets who may not come in; None for those who may."""
        token = token_of(Headers(scope=scope).get("cookie", ""))
        try:
            if token is None:
                raise SignInError("needed", "Please sign in.")
            accounts = await run_in_threadpool(self._accounts)
            await run_in_threadpool(accounts.actor, token)
        except SignInError:
            page = scope["type"] == "http" and scope["method"] == "GET"
            wants_page = page and "text/html" in Headers(scope=scope).get("accept", "")
            if wants_page:
                return RedirectResponse(SIGN_IN, status_code=303)
            return PlainTextResponse("Please sign in.", status_code=401)
        except StoreError as error:
            return PlainTextResponse(str(error), status_code=503)
        return None


def token_of(header: str) -> str | None:
    """Returns the session's token in a `Cookie` header."""
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return None if found is None else found.value
