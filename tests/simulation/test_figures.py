import json

import pytest

from tests.simulation.builders import lost, won
from trainer.simulation.figures import figures_of
from trainer.simulation.report import as_markdown
from trainer.simulation.rules import Rule, check


def found(records, name: str) -> Rule:
    return next(rule for rule in check(figures_of(records)) if rule.name == name)


def test_only_winnable_customers_count_for_the_share_won() -> None:
    records = [won(), lost(), lost(persona="nobody", can_be_won=False, winnable=False)]
    skilled = figures_of(records)["agents"]["skilled"]
    assert skilled["won"] == 0.5 and skilled["won_of_all"] == pytest.approx(0.333)
    assert skilled["won_unwinnable"] == 0.0
    assert found(records, "skilled: winnable customers won").met is False


def test_a_customer_who_cannot_be_won_and_is_breaks_a_rule() -> None:
    records = [won(can_be_won=False, winnable=False)]
    assert found(records, "who cannot be won is won").met is False


def test_objections_are_counted_by_how_far_they_came() -> None:
    means = figures_of([lost()])["agents"]["skilled"]["means"]
    assert (means["raised"], means["settled"], means["returned"]) == (2, 1, 1)
    assert means["resistance"] == pytest.approx(0.4)


def test_flow_is_measured_over_all_customer_turns() -> None:
    flow = figures_of([lost(), lost(unasked=0, repeats=1)])["flow"]
    assert flow["unasked"] == 0.05 and flow["repeated"] == 1
    assert flow["argued_pretext_returns"] == 0.5 and flow["probed_pretext_leads_on"] == 1.0
    assert found([lost()], "answers to questions not asked").met is False


def test_a_long_call_with_one_kind_of_objection_breaks_a_rule() -> None:
    name = "calls of 8 turns with two kinds"
    assert found([lost(stages={}, turns=8)], name).met is False
    assert found([lost(stages={}, turns=7)], name).met is None


def test_points_that_separate_perfectly_have_an_area_of_one_and_ties_of_a_half() -> None:
    weak = {"lead": 20.0, "needs": 70.0, "objections": 90.0, "close": 50.0}
    areas = figures_of([lost(), lost(agent="weak", points=weak)])["separation"]
    assert (areas["lead"], areas["needs"], areas["objections"]) == (1.0, 0.5, 0.0)


def test_the_trust_curve_ends_where_hardly_a_call_goes_on() -> None:
    calls = [lost(trust=(0.4,)) for _ in range(20)] + [lost(trust=(0.6, 0.9))]
    assert figures_of(calls)["trust"]["skilled"] == [pytest.approx(0.41, abs=0.01)]


def test_an_unscored_call_has_no_number() -> None:
    means = figures_of([lost(points={}, total=None)])["agents"]["skilled"]["means"]
    assert means["total"] is None and means["lead"] is None


def test_figures_are_json_and_the_text_shows_every_table() -> None:
    figures = figures_of([won(), lost(agent="weak")])
    assert json.loads(json.dumps(figures)) == figures
    text = as_markdown(figures)
    for title in ("Rules", "Calls won", "How calls ended", "Means of a call", "Scores"):
        assert f"## {title}" in text
