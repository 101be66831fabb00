"""A clock that jumps: a suspended machine, a wrong time server, a day set by hand."""

from datetime import datetime, timedelta
from typing import Any

import pytest

import trainer.practice
import trainer.store.calls


def jump(patch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Moves the clock that turns and calls are dated by, for as long as the patch lasts."""

    class Jumped(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + by

    for module in (trainer.practice, trainer.store.calls):
        patch.setattr(module, "datetime", Jumped)
