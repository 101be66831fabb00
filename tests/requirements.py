"""What a test needs of the machine: skipped where a user lacks it, a failure in CI."""

import os

import pytest


def require(condition: object, reason: str) -> None:
    """Ends the test when the condition does not hold; nothing may go untested in CI unnoticed."""
    if condition:
        return
    if os.environ.get("CI"):
        pytest.fail(f"CI is set, so this must be there: {reason}")
    pytest.skip(reason)
