"""Accounts in a real browser: entrance, gate, import; and a real OpenID Connect provider."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import START_TIMEOUT_S, Window, free_port, running_app
from tests.browser.test_whole_call import settled

pytestmark = pytest.mark.browser

FIRST_PAGE_MS = START_TIMEOUT_S * 1000
"""The first page waits until recogniser and phrase bank are loaded."""
PASSWORD = "ein ganzer Satz als Passwort"
PEOPLE = b"name;login;role;team\nMia Berg;mia;trainee;Nord\nIna Coach;ina;coach;Nord\n;fehlt;;\n"


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """An app with accounts of its own: its address and the first administrator's link."""
    folder = tmp_path_factory.mktemp("local")
    with running_app(folder, ACCOUNTS="local", LLM="phrases") as url:
        link = re.search(r"http\S+token=\S+", (folder / "server.log").read_text())
        assert link is not None
        yield url, link.group()


def import_people(page: Page, link: str, people: str) -> dict[str, str]:
    """Comes in as the first administrator, makes accounts of a CSV file; returns their links."""
    set_password(page, link)
    page.get_by_role("link", name="Konten").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": people.encode()}
    )
    page.get_by_role("button", name="Einlesen").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Links als CSV speichern").click()
    text = Path(download.value.path()).read_text("utf-8")
    return dict(re.findall(r"(\w+);(http\S+)", text))


def set_password(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Neues Passwort").fill(PASSWORD)
    page.get_by_label("Noch einmal").fill(PASSWORD)
    page.get_by_role("button", name="Speichern und anmelden").click()
    expect(page.get_by_role("button", name="Abmelden")).to_be_visible(timeout=FIRST_PAGE_MS)
    settled(page)


def sign_in(page: Page, url: str, login: str, password: str = PASSWORD) -> None:
    page.goto(url)
    page.get_by_label("Anmeldename").fill(login)
    page.get_by_label("Passwort").fill(password)
    page.get_by_role("button", name="Anmelden").click()


def test_people_come_in_by_the_entrance_only(chromium: Browser, local: tuple[str, str]) -> None:
    url, link = local
    window = Window(chromium, url)
    page = window()
    assert page.url.endswith("/signin")
    set_password(page, link)
    (cookie,) = (c for c in page.context.cookies() if c["name"] == "wiederhoeren_session")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    page.get_by_role("link", name="Konten").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": PEOPLE}
    )
    page.get_by_role("button", name="Einlesen").click()
    expect(page.get_by_text("Nicht übernommene Zeilen: 1.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Links als CSV speichern").click()
    links = dict(re.findall(r"(\w+);(http\S+)", Path(download.value.path()).read_text("utf-8")))
    assert set(links) == {"mia", "ina"}
    page.get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/signin")
    page.goto(url)
    expect(page.get_by_label("Anmeldename")).to_be_visible()
    _mia_sees_what_is_hers(window, url, links["mia"])
    window.close()
    assert window.foreign == [] and window.errors == []


def _mia_sees_what_is_hers(window: Window, url: str, link: str) -> None:
    page = window()
    set_password(page, link)
    navigation = page.get_by_test_id("stSidebarNav")
    expect(navigation.get_by_role("link", name="Üben")).to_be_visible()
    expect(navigation.get_by_role("link", name="Konten")).to_have_count(0)
    expect(navigation.get_by_role("link", name="Coach")).to_have_count(0)
    page.goto(f"{url}/people")
    expect(page.get_by_text("Dafür fehlt Ihnen die Berechtigung.")).to_be_visible()
    page.goto(f"{url}/coach")
    expect(page.get_by_text("Diese Seite ist für Coaches.")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("alert")).to_contain_text("schon benutzt")
    sign_in(page, f"{url}/signin", "mia", "falsch")
    expect(page.get_by_role("alert")).to_contain_text("passen nicht zusammen")


@pytest.mark.parametrize(
    ("method", "path", "origin", "status"),
    [
        ("GET", "/", None, 401),
        ("GET", "/media/x.csv", None, 401),
        ("PUT", "/_stcore/upload_file/x/y", None, 401),
        ("GET", "/_stcore/stream", None, 401),
        ("POST", "/signin", "http://evil.example", 400),
        ("POST", "/signin", None, 400),
        ("GET", "/_stcore/health", None, 200),
    ],
)
def test_the_gate_is_shut_without_a_session(
    local: tuple[str, str], method: str, path: str, origin: str | None, status: int
) -> None:
    headers = {"Origin": origin} if origin else {}
    request = Request(local[0] + path, method=method, headers=headers)
    try:
        with urlopen(request, timeout=10) as answer:
            assert answer.status == status
    except HTTPError as error:
        assert error.code == status


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[str]:
    """A real OpenID Connect provider in a process of its own; returns its address."""
    port = free_port()
    url = f"http://localhost:{port}"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with (tmp_path / "provider.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline:
                try:
                    urlopen(f"{url}/.well-known/openid-configuration", timeout=2).close()
                    break
                except URLError:
                    time.sleep(0.2)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=20)


def test_a_provider_signs_people_in_with_role_and_teams(
    chromium: Browser, provider: str, tmp_path: Path
) -> None:
    claims = (
        b'{"name": "Ina Coach", "email": "ina@example.com", "roles": ["coach"], "teams": ["N"]}'
    )
    person = Request(f"{provider}/users/{quote('ina')}", data=claims, method="PUT")
    person.add_header("Content-Type", "application/json")
    urlopen(person, timeout=10).close()
    settings = {
        "ACCOUNTS": "oidc",
        "LLM": "phrases",
        "OIDC_METADATA": f"{provider}/.well-known/openid-configuration",
        "OIDC_CLIENT_ID": "wiederhoeren",
        "OIDC_CLIENT_SECRET": "secret",
        "OIDC_COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
    }
    with running_app(tmp_path, **settings) as url:
        page = Window(chromium, url)()
        page.get_by_role("button", name="Mit dem Firmenkonto anmelden").click()
        page.get_by_placeholder("sub").fill("ina")
        page.get_by_role("button", name="Authorize").click()
        sidebar = page.get_by_test_id("stSidebar")
        expect(sidebar.get_by_text("Ina Coach")).to_be_visible(timeout=FIRST_PAGE_MS)
        expect(sidebar.get_by_role("link", name="Coach", exact=True)).to_be_visible()
        page.get_by_role("link", name="Mein Konto").click()
        expect(page.locator(".st-key-panel-account")).to_contain_text("N")
        page.get_by_role("button", name="Abmelden").click()
        page.get_by_role("button", name="End session").click()  # the provider's own page
        expect(page.get_by_role("button", name="Mit dem Firmenkonto anmelden")).to_be_visible()
