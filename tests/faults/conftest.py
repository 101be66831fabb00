"""The databases of the store's tests, and a practice on each."""

from collections.abc import Callable, Iterator

import pytest

from tests.store.conftest import (  # noqa: F401 - fixtures
    postgres_server,
    postgres_url,
    sqlite_url,
    url,
)
from trainer.bootstrap import Desk, build_practice
from trainer.core.person import Role
from trainer.practice import Practice
from trainer.settings import Settings


@pytest.fixture
def opened(desk: Desk) -> Iterator[Callable[[str], Practice]]:
    """Opens a practice on a database, as often as asked; all are closed at the end."""
    made: list[Practice] = []

    def open_practice(where: str) -> Practice:
        made.append(build_practice(Settings(DATABASE_URL=where), desk))
        return made[-1]

    yield open_practice
    for practice in made:
        practice.close()


@pytest.fixture
def practice(opened: Callable[[str], Practice], url: str) -> Practice:  # noqa: F811
    return opened(url)


@pytest.fixture
def mia(practice: Practice) -> str:
    return practice.people.ensure("Mia", Role.TRAINEE).id
