"""Statements by the rules of xAPI 1.0.3, part 2 (data), as far as these statements use them."""

import json
import re
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest

from tests.access import Company
from trainer.core.plan import Ending
from trainer.statements import Statements, statements

DURATION = re.compile(r"P(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)")


@pytest.fixture
def service(there: Company) -> Statements:
    return Statements(there.practice.calls, there.practice.people, "https://training.example/")


def check(statement: dict) -> None:
    """Checks one statement against the rules a learning record store applies."""
    assert set(statement) <= {
        "id", "actor", "verb", "object", "result", "context", "timestamp", "version",
    }  # fmt: skip
    UUID(statement["id"])
    actor = statement["actor"]
    assert actor["objectType"] == "Agent"
    assert re.match(r"https?://\S+$", actor["account"]["homePage"]) and actor["account"]["name"]
    assert not {"mbox", "mbox_sha1sum", "openid"} & set(actor), "one identifier only"
    assert re.match(r"https?://\S+$", statement["verb"]["id"])
    assert re.match(r"https?://\S+$", statement["object"]["id"])
    assert re.match(r"https?://\S+$", statement["object"]["definition"]["type"])
    UUID(statement["context"]["registration"])
    assert datetime.fromisoformat(statement["timestamp"]).utcoffset() is not None
    assert statement["version"].startswith("1.0")
    result = statement.get("result", {})
    if "score" in result:
        assert -1 <= result["score"]["scaled"] <= 1
        assert result["score"]["min"] <= result["score"]["raw"] <= result["score"]["max"]
    if "duration" in result:
        assert DURATION.fullmatch(result["duration"])
    for key in ("success", "completion"):
        assert isinstance(result.get(key, True), bool)


def test_own_calls_become_statements_a_store_can_take(there: Company, service: Statements) -> None:
    made = service.of(there.actors["mia"])
    scored, unscored = ["initialized", "terminated", "failed"], ["initialized", "terminated"]
    assert [one["verb"]["display"]["en"] for one in made] == scored + unscored
    for one in made:
        check(one)
    assert len({one["id"] for one in made}) == len(made)
    assert service.of(there.actors["mia"]) == made
    json.dumps(made)


def test_others_calls_are_no_part_of_it(there: Company, service: Statements) -> None:
    for name in ("ben", "ina", "otto", "admin"):
        assert service.of(there.actors[name]) == []


def test_no_word_of_a_call_is_in_a_statement(there: Company, service: Statements) -> None:
    text = json.dumps(service.of(there.actors["mia"]), ensure_ascii=False)
    assert "Ausschlag" not in text and "Lena" not in text


@pytest.mark.parametrize(
    ("ending", "total", "passed", "verbs"),
    [
        (Ending.ACCEPTED, 71.5, True, ["initialized", "completed", "passed"]),
        (Ending.DECLINED, 12.0, False, ["initialized", "completed", "failed"]),
        (Ending.ABANDONED, None, False, ["initialized", "terminated"]),
    ],
)
def test_the_verb_says_how_a_call_went(
    there: Company, ending: Ending, total: float | None, passed: bool, verbs: list[str]
) -> None:
    call = there.practice.own_calls(there.actors["mia"].person)[0]
    made = statements(replace(call, ending=ending, total=total, passed=passed), "Mia", "http://x")
    assert [one["verb"]["display"]["en"] for one in made] == verbs
    for one in made:
        check(one)
    assert statements(replace(call, ended_at=None), "Mia", "http://x") == []
