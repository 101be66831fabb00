from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.access import Company
from trainer.store.teamwork import Line
from trainer.teamwork import FEWEST, summarise

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def line(number: int = 0, *, who: str = "Mia", submitted: bool = True, **more: Any) -> Line:
    started = more.pop("at", MONDAY + timedelta(minutes=number))
    values: dict[str, Any] = {
        "call_id": f"c{number}",
        "person": who.lower(),
        "name": who,
        "persona_name": "Frau X",
        "started_at": started,
        "ended_at": started + timedelta(minutes=6),
        "total": 50.0,
        "levels": {"lead": 3, "needs": 2, "objections": None, "close": 4},
        "digest": {},
        "submitted": submitted,
    }
    return Line(**values | more)


def test_means_leave_out_what_could_not_be_scored() -> None:
    (member,) = summarise(
        [line(1, levels={"lead": 2, "needs": None}), line(2, levels={"lead": 5}, total=None)]
    ).members
    assert member.levels["lead"] == 3.5 and member.levels["needs"] is None
    assert member.total == 50


def test_private_assigned_calls_add_their_time_and_nothing_else() -> None:
    report = summarise(
        [line(1), line(2, submitted=False, total=99, digest={"checks": {"x": "not"}})]
    )
    (member,) = report.members
    assert (member.calls, member.minutes, member.total) == (1, 12, 50)
    assert (report.calls, report.minutes, report.checks) == (1, 12, ())


def test_people_stand_in_the_order_of_their_names() -> None:
    report = summarise([line(1, who="Zoë", total=90), line(2, who="Ada", total=10)])
    assert [member.name for member in report.members] == ["Ada", "Zoë"]


def test_weeks_begin_on_monday() -> None:
    sunday = MONDAY - timedelta(hours=10)
    weeks = summarise([line(1, at=sunday, total=20), line(2, total=40), line(3, total=60)]).weeks
    assert [(week.begins, week.total, week.calls) for week in weeks] == [
        (date(2026, 11, 16), 20, 1),
        (date(2026, 11, 23), 50, 2),
    ]


def test_a_share_counts_only_calls_in_which_something_was_due() -> None:
    results = ["met", "not", "partly", "not_observable"]
    lines = [line(n, digest={"checks": {"lead.x": result}}) for n, result in enumerate(results)]
    (share,) = summarise(lines).checks
    assert (share.missed, share.due, share.share) == (1, 3, pytest.approx(1 / 3))


def test_the_most_missed_question_comes_first() -> None:
    lines = [
        line(1, digest={"asked": {"a": True, "b": False}}),
        line(2, digest={"asked": {"a": False}}),
    ]
    assert [share.name for share in summarise(lines).questions] == ["b", "a"]


def test_objections_tell_how_often_each_step_was_taken() -> None:
    stories = [
        {"objection": "cost", "steps": ["acknowledged", "answered"]},
        {"objection": "cost", "steps": []},
        {"objection": "time", "steps": ["checked"]},
    ]
    cost, time = summarise([line(digest={"objections": stories})]).objections
    assert (cost.objection, cost.raised) == ("cost", 2)
    assert cost.steps == {"acknowledged": 1, "isolated": 0, "answered": 1, "checked": 0}
    assert time.steps["checked"] == 1


def test_a_call_far_from_all_others_is_pointed_out_when_there_are_enough() -> None:
    usual = [line(n, total=50 + n % 3) for n in range(FEWEST)]
    far = line(99, total=3)
    assert [one.call_id for one in summarise([*usual, far]).outliers] == ["c99"]
    assert summarise([usual[0], far]).outliers == ()
    assert summarise([line(n) for n in range(FEWEST)]).outliers == ()


def test_nobody_is_an_empty_report() -> None:
    report = summarise([])
    assert (report.members, report.weeks, report.calls, report.minutes) == ((), (), 0, 0)


def test_a_report_is_made_of_real_calls(there: Company) -> None:
    there.call("ben", lines=("Ja?", "Guten Tag, hier ist Ben Ort. Passt es gerade?", "Nein."))
    report = there.teamwork.report(there.actors["ina"])
    assert [member.name for member in report.members] == ["Ben", "Mia"]
    assert report.calls == 2
    assert {share.name for share in report.questions} >= {"ask_reason", "ask_return_if"}
    assert any(share.missed for share in report.checks)
    none = there.teamwork.report(there.actors["ina"], since=datetime.now(UTC) + timedelta(days=1))
    assert none.members == ()
