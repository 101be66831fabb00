"""What many tests need and nothing changes."""

import pytest

from trainer.bootstrap import Desk, build_desk
from trainer.settings import Settings


@pytest.fixture(scope="session")
def desk() -> Desk:
    """Content and recogniser as shipped, with the phrase bank alone; loaded once a process."""
    return build_desk(Settings())
