"""The entrance of an app with accounts: sign in, set a password by a one-time link, sign out.

These are plain pages with a form each, outside of Streamlit: only an HTTP answer can set a cookie
that no script can read. The cookie holds a random token; everything else is in the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from trainer.accounts import Accounts
from trainer.core.text import Language
from trainer.errors import InputError, SignInError, StoreError, TrainerError
from trainer.ui.entrance_page import Field, page
from trainer.ui.texts import Texts
from trainer.watch import WATCH, SignIn

SIGN_IN = "/signin"
SET_PASSWORD = "/password"
SIGN_OUT = "/signout"
COOKIE = "wiederhoeren_session"
_MOST_BYTES, _MOST_FIELDS = 4096, 10
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Entrance:
    """The routes, and what they need.

    Attributes:
        accounts: Returns the service; asked when somebody comes, not before.
        secure: Whether browsers reach the app by HTTPS only.
        lasts_s: How long the cookie is kept, in seconds.
    """

    accounts: Callable[[], Accounts]
    secure: bool
    lasts_s: int

    def routes(self) -> list[Route]:
        """Returns the pages for Starlette."""
        return [
            Route(SIGN_IN, self._sign_in, methods=["GET", "POST"]),
            Route(SET_PASSWORD, self._set_password, methods=["GET", "POST"]),
            Route(SIGN_OUT, self._sign_out, methods=["POST"]),
        ]

    async def _sign_in(self, request: Request) -> Response:
        t = _texts(request)
        if request.method == "GET":
            return self._sign_in_page(t)
        form = await _form(request)
        if form is None:
            return self._sign_in_page(t, problem="form", status=400)
        login = form.get("login", "")
        try:
            accounts = await run_in_threadpool(self.accounts)
            token = await run_in_threadpool(accounts.sign_in, login, form.get("password", ""))
            WATCH.signed_in(SignIn.IN)
        except SignInError as error:
            WATCH.signed_in(SignIn.LOCKED if error.problem == "locked" else SignIn.WRONG)
            return self._sign_in_page(t, problem=error.problem, login=login, status=401)
        except StoreError:
            return self._sign_in_page(t, problem="store", login=login, status=503)
        return self._enter(token)

    async def _set_password(self, request: Request) -> Response:
        t = _texts(request)
        form = {} if request.method == "GET" else await _form(request)
        if form is None:
            return self._sign_in_page(t, problem="form", status=400)
        token = form.get("token") or request.query_params.get("token", "")
        try:
            accounts = await run_in_threadpool(self.accounts)
            account = await run_in_threadpool(accounts.open_link, token)
            if request.method == "GET":
                return self._password_page(t, token, account.name, account.login)
            if form.get("password") != form.get("again"):
                return self._password_page(t, token, account.name, account.login, problem="again")
            entered = await run_in_threadpool(accounts.use_link, token, form.get("password", ""))
        except InputError as error:
            return self._password_page(t, token, account.name, account.login, problem=error.problem)
        except TrainerError as error:
            known = isinstance(error, SignInError)
            return self._sign_in_page(
                t, problem="link" if known else "store", status=410 if known else 503
            )
        return self._enter(entered)

    async def _sign_out(self, request: Request) -> Response:
        token = request.cookies.get(COOKIE)
        if token and _same_origin(request):
            accounts = await run_in_threadpool(self.accounts)
            await run_in_threadpool(accounts.sign_out, token)
        answer = RedirectResponse(SIGN_IN, status_code=303, headers=_HEADERS)
        answer.delete_cookie(COOKIE, path="/")
        return answer

    def _enter(self, token: str) -> Response:
        answer = RedirectResponse("/", status_code=303, headers=_HEADERS)
        answer.set_cookie(
            COOKIE,
            token,
            max_age=self.lasts_s,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )
        return answer

    def _sign_in_page(
        self, t: Texts, *, problem: str = "", login: str = "", status: int = 200
    ) -> Response:
        body = page(
            t,
            title=t("entrance.sign_in"),
            action=SIGN_IN,
            problem=t(f"entrance.problem.{problem}") if problem else "",
            fields=(
                Field("login", t("entrance.login"), "username", value=login),
                Field("password", t("entrance.password"), "current-password", hidden=True),
            ),
            button=t("entrance.enter"),
        )
        return HTMLResponse(body, status_code=status, headers=_HEADERS)

    def _password_page(
        self, t: Texts, token: str, name: str, login: str, *, problem: str = ""
    ) -> Response:
        body = page(
            t,
            title=t("entrance.set_password"),
            lead=t("entrance.set_lead", name=name, login=login),
            action=f"{SET_PASSWORD}?token={token}",
            problem=t(f"entrance.problem.{problem}") if problem else "",
            fields=(
                Field("password", t("entrance.new_password"), "new-password", hidden=True),
                Field("again", t("entrance.again"), "new-password", hidden=True),
            ),
            button=t("entrance.save"),
        )
        return HTMLResponse(body, status_code=422 if problem else 200, headers=_HEADERS)


async def _form(request: Request) -> dict[str, str] | None:
    """Returns a form that one of these pages sent; None for anything else."""
    if not _same_origin(request):
        return None
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            return None
    text = body.decode("utf-8", "replace")
    try:
        fields = parse_qs(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:  # more fields than any of these pages has
        return None
    return {name: values[0] for name, values in fields.items()}


def _same_origin(request: Request) -> bool:
    """Tells whether a request comes from a page of this app; browsers always say so with POST."""
    origin = request.headers.get("origin", "")
    return urlsplit(origin).netloc == request.headers.get("host", "")


def _texts(request: Request) -> Texts:
    wanted = request.query_params.get("lang") or request.headers.get("accept-language", "de")
    german = wanted.casefold().startswith("de")
    return Texts(Language.GERMAN if german else Language.ENGLISH)
