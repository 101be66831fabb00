from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from trainer.core.rubric import Principle, Rubric

FILE = Path(__file__).parents[2] / "rubrics" / "winback.yaml"
SHIPPED = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def changed(*path: str | int, value: Any) -> dict[str, Any]:
    data = deepcopy(SHIPPED)
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


def refused(data: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as caught:
        Rubric.model_validate(data)
    return "; ".join(error["msg"] for error in caught.value.errors())


def test_the_shipped_rubric_has_five_to_nine_checks_a_principle() -> None:
    rubric = Rubric.model_validate(SHIPPED)
    assert all(5 <= len(rubric.principles[p].checks) <= 9 for p in Principle)
    assert rubric.pass_mark == 70


def test_weights_that_give_points_sum_to_a_hundred() -> None:
    rubric = Rubric.model_validate(SHIPPED)
    for part in rubric.principles.values():
        assert sum(check.weight for check in part.checks if not check.harmful) == 100


CHECKS = ("principles", "lead", "checks")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (changed(*CHECKS, 0, "weight", value=0), "greater than 0"),
        (changed(*CHECKS, 0, "acts", value=["wave"]), "Input should be 'greet'"),
        (changed(*CHECKS, 0, "conditions", value=["soon"]), "Input should be 'opening'"),
        (changed(*CHECKS, 0, "id", value="lead.reason"), "lead.reason: this id is used twice"),
        (changed(*CHECKS, 0, "id", value="close.hello"), "ids under lead begin with 'lead.'"),
        (changed(*CHECKS, 0, "partly", value=2), "partly 2 is more than met 1"),
        (changed(*CHECKS, 0, "acts", value=["greet", "greet"]), "acts names one twice"),
        (changed(*CHECKS, 0, "wieght", value=2), "Extra inputs are not permitted"),
        (changed("principles", "lead", "thresholds", value=[20, 40, 40, 80]), "must rise"),
        (changed("principles", "lead", "thresholds", value=[0, 40, 60, 80]), "must rise"),
        (changed("principles", "lead", "thresholds", value=[20, 40, 60, 100]), "must rise"),
        (changed("principles", "lead", "anchors", value={1: {"de": "a", "en": "a"}}), "anchors"),
        (changed("principles", value={"lead": SHIPPED["principles"]["lead"]}), "principles lacks"),
        (changed(*CHECKS, 0, "weight", value=99), "switched on or off, sum to 186; make it 100"),
        (changed(*CHECKS, 0, "level", value=1), "greater than or equal to 2"),
        (changed("pass_mark", value=101), "less than or equal to 100"),
        (changed("level_without_objections", value=6), "less than or equal to 5"),
    ],
)
def test_a_rubric_that_does_not_add_up_is_refused(data: dict[str, Any], problem: str) -> None:
    assert problem in refused(data)


def test_a_share_above_one_and_more_kinds_than_acts_are_refused() -> None:
    share = changed(*CHECKS, 0, "count", value="objections")
    share["principles"]["lead"]["checks"][0]["met"] = 2
    assert "met is a share" in refused(share)
    kinds = changed(*CHECKS, 0, "count", value="kinds")
    kinds["principles"]["lead"]["checks"][0]["met"] = 2
    assert "more than the acts it lists" in refused(kinds)


def test_a_check_can_be_switched_off_but_not_the_last_one() -> None:
    rubric = Rubric.model_validate(changed(*CHECKS, 0, "enabled", value=False))
    assert "lead.introduce" not in {check.id for check in rubric.checks}
    assert rubric.check("lead.introduce") is not None
    data = deepcopy(SHIPPED)
    for check in data["principles"]["lead"]["checks"]:
        check["enabled"] = False
    assert "at least one that gives points" in refused(data)


def test_an_unknown_check_is_none() -> None:
    assert Rubric.model_validate(SHIPPED).check("lead.nothing") is None
