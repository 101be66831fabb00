"""The program's results beside a coach's, and how well they agree for each principle and check."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trainer.core.assessment import CheckResult
from trainer.core.rubric import Principle
from trainer.scoring.agreement import LEVELS, Agreement, agreement

_RESULTS = {CheckResult.NOT_MET: 1, CheckResult.PARTLY: 2, CheckResult.MET: 3}
"""Results in their order. „No occasion“ has no place in it and is counted on its own."""
RESULTS = tuple(_RESULTS.values())


@dataclass(frozen=True, slots=True)
class Pair:
    """What program and coach said about one check or principle of one call.

    Attributes:
        subject: Id of a check (`lead.introduce`) or of a principle (`lead`).
        automatic: Result or level `1`–`5` by the program; None where it was unscored.
        coach: The coach's, in the same words.
        blind: Whether the coach had not seen the program's.
    """

    call: str
    subject: str
    automatic: str | None
    coach: str
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Agreement about one check or principle.

    Attributes:
        left_out: Pairs that have no place on the scale: unscored, or without occasion by one or
            both.
    """

    subject: str
    agreement: Agreement
    left_out: int

    @property
    def of_principle(self) -> bool:
        """Whether it is about levels, not about a check's results."""
        return is_principle(self.subject)


def is_principle(subject: str) -> bool:
    """Tells principles from checks."""
    return subject in set(Principle)


def rows(pairs: Sequence[Pair]) -> tuple[Row, ...]:
    """Returns a row for each subject, the principles first, both in the order of the guide."""
    by_subject: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_subject.setdefault(pair.subject, []).append(pair)
    return tuple(_row(subject, by_subject[subject]) for subject in _ordered(by_subject))


def _ordered(subjects: Iterable[str]) -> list[str]:
    known = list(subjects)
    principles = [str(principle) for principle in Principle if principle in known]
    return [*principles, *(subject for subject in known if not is_principle(subject))]


def _row(subject: str, pairs: Sequence[Pair]) -> Row:
    scale = _scale(subject)
    ranked = [
        (scale[pair.automatic], scale[pair.coach], pair.call)
        for pair in pairs
        if pair.automatic in scale and pair.coach in scale
    ]
    first, second, calls = (
        (list(part) for part in zip(*ranked, strict=True)) if ranked else ([],) * 3
    )
    found = agreement(first, second, calls=calls, levels=sorted(scale.values()))
    return Row(subject, found, len(pairs) - len(ranked))


def _scale(subject: str) -> Mapping[str | None, int]:
    if is_principle(subject):
        return {str(level): level for level in LEVELS}
    return {str(result): rank for result, rank in _RESULTS.items()}
