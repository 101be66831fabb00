"""What many tests need and nothing changes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.requirements import require
from trainer.bootstrap import Desk, build_desk, build_practice
from trainer.core.person import Role
from trainer.practice import Practice
from trainer.settings import Settings

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def desk() -> Desk:
    """Content and recogniser as shipped, with the phrase bank alone; loaded once a process."""
    return build_desk(Settings())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    require(path, "a Chromium on the PATH (Debian package chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def practice(tmp_path: Path, desk: Desk) -> Iterator[Practice]:
    """The service behind the pages on a database of its own."""
    practice = build_practice(Settings(DATABASE_URL=f"sqlite:///{tmp_path / 'calls.db'}"), desk)
    yield practice
    practice.close()


@pytest.fixture
def trainee(practice: Practice) -> str:
    """Id of a trainee."""
    return practice.people.ensure("Mia", Role.TRAINEE).id
