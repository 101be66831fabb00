"""Turns what was counted for a check into its result."""

from dataclasses import dataclass

from trainer.core.assessment import CheckResult
from trainer.core.rubric import Check
from trainer.scoring.counting import Count, count
from trainer.scoring.evidence import Talk

CREDIT = {CheckResult.MET: 1.0, CheckResult.PARTLY: 0.5, CheckResult.NOT_MET: 0.0}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check and what came of it in one call.

    Attributes:
        result: Of a harmful check: NOT_MET where the harm was done, PARTLY where a little,
            NOT_OBSERVABLE where none.
    """

    check: Check
    result: CheckResult
    count: Count

    @property
    def gain(self) -> float:
        """Weighted credit; points lost, below 0, of a harmful check."""
        if self.result is CheckResult.NOT_OBSERVABLE:
            return 0.0
        credit = CREDIT[self.result]
        return self.check.weight * (credit - 1 if self.check.harmful else credit)

    @property
    def possible(self) -> float:
        """The weight of a check that could be met in this call; 0 where it could not."""
        observable = self.result is not CheckResult.NOT_OBSERVABLE and not self.check.harmful
        return self.check.weight if observable else 0.0


def run(check: Check, talk: Talk) -> Outcome:
    """Applies one check to a talk."""
    counted = count(check, talk)
    return Outcome(check, _result(check, counted), counted)


def _result(check: Check, counted: Count) -> CheckResult:
    if counted.amount is None:
        return CheckResult.NOT_OBSERVABLE
    if counted.amount >= check.met:
        return CheckResult.NOT_MET if check.harmful else CheckResult.MET
    if counted.amount >= check.partly:
        return CheckResult.PARTLY
    return CheckResult.NOT_OBSERVABLE if check.harmful else CheckResult.NOT_MET
