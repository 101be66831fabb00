from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access import Company, company
from trainer.bootstrap import Desk


@pytest.fixture
def there(tmp_path: Path, desk: Desk) -> Iterator[Company]:
    with company(tmp_path, desk) as made:
        yield made
