"""Where the judge and the deterministic checks say different things; neither is averaged away."""

from collections.abc import Iterable
from dataclasses import dataclass

from trainer.core.assessment import Assessment, CheckResult, Finding
from trainer.core.judgement import Answer, Judgement, Verdict
from trainer.core.rubric import Rubric

_AGREES = {
    CheckResult.MET: {Answer.YES},
    # The judge has no half: either answer can be meant.
    CheckResult.PARTLY: {Answer.YES, Answer.NO},
    CheckResult.NOT_MET: {Answer.NO},
    # Neither says that it was done, and neither costs a point.
    CheckResult.NOT_OBSERVABLE: {Answer.NO, Answer.NO_OCCASION},
}
_AGREES_ON_HARM = {
    CheckResult.NOT_MET: {Answer.YES},
    CheckResult.PARTLY: {Answer.YES},
    CheckResult.NOT_OBSERVABLE: {Answer.NO, Answer.NO_OCCASION},
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A judgement beside an assessment.

    Attributes:
        differing: Finding and verdict that contradict each other, in the rubric's order.
        agreeing: Those that do not.
        unscored: Verdicts that hold a doubt.
    """

    differing: tuple[tuple[Finding, Verdict], ...]
    agreeing: tuple[tuple[Finding, Verdict], ...]
    unscored: tuple[Verdict, ...]


def compare(assessment: Assessment, judgement: Judgement, rubric: Rubric) -> Comparison:
    """Compares check by check. A check that only one of the two knows is left out."""
    findings = {finding.id: finding for finding in assessment.findings}
    both = [(findings[v.check], v) for v in judgement.verdicts if v.check in findings]
    answered = [(finding, verdict) for finding, verdict in both if verdict.answer]
    return Comparison(
        differing=tuple(pair for pair in answered if _differ(*pair, rubric)),
        agreeing=tuple(pair for pair in answered if not _differ(*pair, rubric)),
        unscored=tuple(_unscored(judgement.verdicts)),
    )


def _unscored(verdicts: Iterable[Verdict]) -> Iterable[Verdict]:
    return (verdict for verdict in verdicts if verdict.doubt)


def _differ(finding: Finding, verdict: Verdict, rubric: Rubric) -> bool:
    check = rubric.check(finding.id)
    table = _AGREES_ON_HARM if check and check.harmful else _AGREES
    return verdict.answer not in table.get(finding.result, set())
