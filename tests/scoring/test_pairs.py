from trainer.core.assessment import CheckResult
from trainer.scoring.pairs import Pair, rows

MET, PARTLY, NOT, NONE = CheckResult.MET, CheckResult.PARTLY, CheckResult.NOT_MET, "not_observable"


def test_levels_and_results_are_compared_on_their_own_scales() -> None:
    pairs = [
        Pair("a", "close.decision", MET, PARTLY),
        Pair("b", "close.decision", NOT, NOT),
        Pair("a", "lead", "2", "4"),
        Pair("b", "lead", "3", "3"),
    ]
    lead, decision = rows(pairs)
    assert (lead.subject, decision.subject) == ("lead", "close.decision")
    assert lead.of_principle and not decision.of_principle
    assert (lead.agreement.exact.value, lead.agreement.within_one.value) == (0.5, 0.5)
    assert (decision.agreement.exact.value, decision.agreement.within_one.value) == (0.5, 1.0)
    assert decision.agreement.confusion == ((1, 0, 0), (0, 0, 0), (0, 1, 0))


def test_what_has_no_place_on_the_scale_is_counted_and_left_out() -> None:
    pairs = [
        Pair("a", "needs.dig", NONE, MET),
        Pair("b", "needs.dig", MET, NONE),
        Pair("c", "needs.dig", None, MET),
        Pair("d", "needs.dig", MET, MET),
    ]
    (row,) = rows(pairs)
    assert (row.agreement.calls, row.left_out) == (1, 3)
    assert row.agreement.exact.value == 1


def test_a_subject_with_nothing_to_compare_has_no_figure() -> None:
    (row,) = rows([Pair("a", "lead", None, "3")])
    assert (row.agreement.calls, row.left_out) == (0, 1)
    assert row.agreement.kappa.value is None and row.agreement.exact.value is None


def test_nobody_said_anything() -> None:
    assert rows([]) == ()
