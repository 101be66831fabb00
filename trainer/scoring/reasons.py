"""One line on each result, in words a trainee can act on."""

from collections.abc import Sequence

from trainer.core.assessment import CheckResult
from trainer.core.text import Localized
from trainer.scoring.checks import Outcome
from trainer.scoring.conditions import holds
from trainer.scoring.evidence import Talk
from trainer.scoring.texts import load_texts

_NO_OCCASION = Localized(
    de="Dafür gab es in diesem Gespräch keinen Anlass.", en="This call gave no occasion for it."
)


def reason_for(outcome: Outcome, talk: Talk) -> Localized:
    """Returns why a check has its result."""
    if outcome.result is CheckResult.NOT_OBSERVABLE:
        return happened(outcome) if outcome.check.harmful else _NO_OCCASION
    said = happened(outcome)
    if outcome.result is not CheckResult.NOT_MET or outcome.check.harmful:
        return said
    return _with_shortfall(said, outcome, talk)


def happened(outcome: Outcome) -> Localized:
    """Returns what happened, without the attempts that did not count."""
    texts = load_texts().checks.get(outcome.check.id)
    if texts is None:
        return _from_title(outcome.check.title, outcome.result)
    if outcome.result in {CheckResult.MET, CheckResult.NOT_OBSERVABLE}:
        return texts.met
    if outcome.result is CheckResult.PARTLY and texts.partly:
        return texts.partly
    return texts.missed


def _from_title(title: Localized, result: CheckResult) -> Localized:
    de, en = {
        CheckResult.MET: ("Erfüllt", "Met"),
        CheckResult.PARTLY: ("Teilweise erfüllt", "Partly met"),
        CheckResult.NOT_OBSERVABLE: ("Eingehalten", "Kept"),
    }.get(result, ("Nicht erfüllt", "Not met"))
    return Localized(de=f"{de}: {title.de}.", en=f"{en}: {title.en}.")


def _with_shortfall(reason: Localized, outcome: Outcome, talk: Talk) -> Localized:
    if not outcome.count.refused:
        return reason
    item = outcome.count.refused[0]
    unmet = (c for c in outcome.check.conditions if not holds(c, talk, item))
    failed = talk.pretences.get(item.turn) or next(unmet)
    why = load_texts().shortfalls[failed]
    return Localized(
        de=f"{reason.de} Ein Ansatz dazu zählte nicht: {why.de}",
        en=f"{reason.en} An attempt did not count: {why.en}",
    )


def summary_of(outcomes: Sequence[Outcome]) -> Localized:
    """Returns one line on a principle: what weighed most for and against it."""
    good = _heaviest(outcomes, CheckResult.MET)
    open_ = _heaviest(outcomes, CheckResult.NOT_MET)
    de = [f"Gelungen: {_titles(good, 'de')}."] if good else []
    en = [f"Done well: {_titles(good, 'en')}."] if good else []
    if open_:
        de.append(f"Offen: {_titles(open_, 'de')}.")
        en.append(f"Open: {_titles(open_, 'en')}.")
    return Localized(
        de=" ".join(de) or "Alles ist teilweise gelungen.", en=" ".join(en) or "All partly done."
    )


def _heaviest(outcomes: Sequence[Outcome], result: CheckResult) -> list[Outcome]:
    found = [outcome for outcome in outcomes if outcome.result is result]
    return sorted(found, key=lambda outcome: -outcome.check.weight)[:2]


def _titles(outcomes: Sequence[Outcome], language: str) -> str:
    return ", ".join(f"„{getattr(outcome.check.title, language)}“" for outcome in outcomes)
