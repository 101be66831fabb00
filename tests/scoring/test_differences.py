import pytest

from tests.scoring.talks import SKILLED, rubric
from trainer.core.assessment import Assessment, CheckResult, Finding, Quote
from trainer.core.judgement import Answer, Doubt, Judgement, Verdict
from trainer.core.text import Localized
from trainer.scoring.assessor import assess
from trainer.scoring.differences import compare

WHY = Localized(de="Weil", en="Because")
QUOTE = Quote(turn=1, start=0, end=5, text="Guten")


def both(check: str, result: CheckResult, answer: Answer | None) -> tuple[Assessment, Judgement]:
    principle = None if check.startswith("relationship") else check.split(".")[0]
    scored = assess(SKILLED, rubric(), {})
    finding = Finding(id=check, principle=principle, result=result, reason=WHY)
    verdict = Verdict(
        check=check,
        principle=principle,
        answer=answer,
        doubt=None if answer else Doubt.SPLIT,
        quotes=(QUOTE,) if answer is Answer.YES else (),
    )
    assessment = scored.model_copy(update={"findings": (finding,)})
    return assessment, Judgement(verdicts=(verdict,), exchanges=(), versions={})


@pytest.mark.parametrize(
    ("check", "result", "answer", "differs"),
    [
        ("lead.introduce", CheckResult.MET, Answer.YES, False),
        ("lead.introduce", CheckResult.MET, Answer.NO, True),
        ("lead.introduce", CheckResult.MET, Answer.NO_OCCASION, True),
        ("lead.introduce", CheckResult.PARTLY, Answer.YES, False),
        ("lead.introduce", CheckResult.PARTLY, Answer.NO, False),
        ("lead.introduce", CheckResult.NOT_MET, Answer.YES, True),
        ("lead.introduce", CheckResult.NOT_MET, Answer.NO, False),
        ("objections.check", CheckResult.NOT_MET, Answer.NO_OCCASION, True),
        ("objections.check", CheckResult.NOT_OBSERVABLE, Answer.NO, False),
        ("objections.check", CheckResult.NOT_OBSERVABLE, Answer.YES, True),
        ("lead.friendly", CheckResult.NOT_MET, Answer.YES, False),
        ("lead.friendly", CheckResult.NOT_MET, Answer.NO, True),
        ("lead.friendly", CheckResult.NOT_OBSERVABLE, Answer.NO, False),
        ("lead.friendly", CheckResult.NOT_OBSERVABLE, Answer.YES, True),
        ("relationship.polite", CheckResult.NOT_OBSERVABLE, Answer.YES, True),
    ],
)
def test_what_contradicts_is_flagged(
    check: str, result: CheckResult, answer: Answer, *, differs: bool
) -> None:
    found = compare(*both(check, result, answer), rubric())
    assert (len(found.differing), len(found.agreeing)) == ((1, 0) if differs else (0, 1))


def test_a_doubt_is_no_difference() -> None:
    found = compare(*both("lead.introduce", CheckResult.MET, None), rubric())
    assert found.differing == () and len(found.unscored) == 1
