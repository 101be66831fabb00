"""Says why a customer is suggested."""

from trainer.repetition import Suggestion
from trainer.ui.texts import Texts


def title(suggestion: Suggestion, t: Texts, *, first: bool) -> str:
    """Returns what kind of suggestion it is.

    Args:
        suggestion: Whom to call and what for.
        t: The words.
        first: Whether there has been no call yet.
    """
    if first:
        return t("choose.first")
    return t("choose.next" if suggestion.check is None else "choose.fitting")


def why(suggestion: Suggestion, t: Texts, *, first: bool) -> str:
    """Returns the reason in one sentence."""
    if suggestion.check is None:
        return t("choose.why.first" if first else "choose.why.nothing_due")
    name = t.of(suggestion.check.title)
    if suggestion.missed == 0:
        return t("choose.why.again", check=name)
    if suggestion.of == 1:
        return t("choose.why.missed_once", check=name)
    return t("choose.why.missed", check=name, missed=suggestion.missed, of=suggestion.of)
