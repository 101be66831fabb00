"""The services on a database of their own, as `tests/access.py` fills it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access import Company, company
from tests.accounts.conftest import accounts, admin, clock, mia  # noqa: F401 - fixtures
from trainer.bootstrap import Desk


@pytest.fixture
def there(tmp_path: Path, desk: Desk) -> Iterator[Company]:
    with company(tmp_path, desk) as made:
        yield made
