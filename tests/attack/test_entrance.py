"""The entrance and the gate, attacked over HTTP as a stranger can."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.accounts.conftest import PASSWORD
from trainer.accounts import TRIES, Accounts
from trainer.core.person import Actor
from trainer.errors import StoreError, StoreProblem
from trainer.ui.entrance import COOKIE, Entrance
from trainer.ui.gate import Gate
from trainer.ui.headers import HEADERS, SafeHeaders
from trainer.ui.watch_routes import WatchRoutes

URL = "https://training.example"
SCRIPTS = [
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "\u202e<svg/onload=alert(1)>",
]


async def inside(_: Request) -> PlainTextResponse:
    return PlainTextResponse("inside")


class Broken:
    """A database that can be taken away."""

    away = False

    def check(self) -> None:
        if self.away:
            raise StoreError("secret path /srv/db", StoreProblem.AWAY)


@pytest.fixture
def broken() -> Broken:
    return Broken()


@pytest.fixture
def browser(accounts: Accounts, mia: Actor, broken: Broken) -> Iterator[TestClient]:
    entrance = Entrance(lambda: accounts, secure=True, lasts_s=3600)
    watched = WatchRoutes(broken.check)
    app = Starlette(
        routes=[*entrance.routes(), *watched.routes(), Route("/{rest:path}", inside)],
        middleware=[Middleware(SafeHeaders), Middleware(Gate, accounts=lambda: accounts)],
    )
    with TestClient(app, base_url=URL, follow_redirects=False, headers={"Origin": URL}) as client:
        yield client


def sign_in(browser: TestClient, login: str = "mia", password: str = PASSWORD) -> int:
    return browser.post("/signin", data={"login": login, "password": password}).status_code


def test_the_cookie_is_for_this_site_over_tls_and_not_for_scripts(browser: TestClient) -> None:
    answer = browser.post("/signin", data={"login": "mia", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    for part in ("httponly", "secure", "samesite=lax", "path=/", "max-age=3600"):
        assert part in cookie
    assert "domain=" not in cookie


def test_a_session_cannot_be_fixed_beforehand(browser: TestClient, accounts: Accounts) -> None:
    browser.cookies.set(COOKIE, "chosen-by-the-attacker")
    assert browser.get("/").status_code == 401
    assert sign_in(browser) == 303
    tokens = {cookie.value for cookie in browser.cookies.jar}
    assert len(tokens - {"chosen-by-the-attacker"}) == 1
    first = accounts.sign_in("mia", PASSWORD)
    assert accounts.sign_in("mia", PASSWORD) != first and len(first) >= 32


@pytest.mark.parametrize("path", ["/", "/_stcore/stream", "/media/x", "/static/../app.py", "//x"])
@pytest.mark.parametrize("cookie", [None, "", "x" * 5000, "\x7f", "' OR 1=1 --"])
def test_nothing_comes_through_the_gate_without_a_session(
    browser: TestClient, path: str, cookie: str | None
) -> None:
    headers = {} if cookie is None else {"Cookie": f"{COOKIE}={cookie}"}
    answer = browser.get(path, headers=headers)
    assert answer.status_code == 401 and "inside" not in answer.text


def test_guessing_is_locked_out_also_for_the_right_password(browser: TestClient) -> None:
    for _ in range(TRIES):
        assert sign_in(browser, password="geraten") == 401
    assert sign_in(browser) == 401
    assert COOKIE not in browser.cookies


@pytest.mark.parametrize("script", SCRIPTS)
def test_nothing_typed_at_the_entrance_becomes_markup(browser: TestClient, script: str) -> None:
    pages = [
        browser.post("/signin", data={"login": script, "password": "x"}),
        browser.get("/signin", params={"lang": script}),
        browser.get("/password", params={"token": script, "lang": script}),
        browser.post("/password", data={"token": script, "password": "x", "again": "y"}),
    ]
    for page in pages:
        assert "<script" not in page.text and "<img" not in page.text and "<svg" not in page.text
        assert "onfocus=alert(1) x='" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "https://training.example.x"]
)
@pytest.mark.parametrize("path", ["/signin", "/password"])
def test_a_form_of_another_site_is_refused(browser: TestClient, origin: str, path: str) -> None:
    answer = browser.post(
        path, data={"login": "mia", "password": PASSWORD}, headers={"Origin": origin}
    )
    assert answer.status_code == 400 and "set-cookie" not in answer.headers


def test_a_form_that_is_too_large_is_not_read(browser: TestClient) -> None:
    assert sign_in(browser, login="m" * 100_000) == 400
    many = "&".join(f"f{n}=1" for n in range(400))
    assert browser.post("/signin", content=many).status_code in (400, 401)


@pytest.mark.parametrize("path", ["/signin", "/", "/healthz"])
def test_every_answer_has_the_headers(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_health_is_yes_or_no_for_everybody(browser: TestClient, broken: Broken) -> None:
    assert browser.get("/healthz").json() == {"status": "up", "database": "up"}
    broken.away = True
    answer = browser.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "database": "away"}
    assert "/srv" not in answer.text


@pytest.mark.parametrize(
    ("token", "client", "headers", "status"),
    [
        ("", "127.0.0.1", {}, 200),
        ("", "127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("", "10.0.0.7", {}, 404),
        ("", "testclient", {}, 404),
        ("geheim", "127.0.0.1", {}, 404),
        ("geheim", "10.0.0.7", {"Authorization": "Bearer falsch"}, 404),
        ("geheim", "10.0.0.7", {"Authorization": "Bearer geheim"}, 200),
    ],
)
def test_figures_are_for_this_machine_or_whoever_has_the_token(
    token: str, client: str, headers: dict[str, str], status: int
) -> None:
    app = Starlette(routes=WatchRoutes(lambda: None, token).routes())
    with TestClient(app, client=(client, 50000)) as asking:
        answer = asking.get("/metrics", headers=headers)
    assert answer.status_code == status
    assert ("wiederhoeren_turn_seconds" in answer.text) == (status == 200)
