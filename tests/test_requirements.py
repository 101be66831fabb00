import pytest

from tests.requirements import require


def test_what_is_there_lets_the_test_go_on() -> None:
    require("something", "a reason")


def test_what_a_user_lacks_skips_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no server"):
        require(None, "no server")


def test_what_ci_lacks_fails_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no server"):
        require(None, "no server")
