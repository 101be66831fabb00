"""When a talk cannot be judged at all, and why."""

from trainer.core.acts import Speaker, TraineeAct
from trainer.core.rubric import Minimum
from trainer.core.text import Localized
from trainer.scoring.evidence import DIGITS, Talk
from trainer.scoring.readable import has_swapped_speakers, is_foreign, is_garbled

_MEANINGLESS = (TraineeAct.OTHER, TraineeAct.INFORM)

_EMPTY = Localized(
    de="Das Gespräch ist leer, es gibt nichts zu bewerten.",
    en="The call is empty; there is nothing to score.",
)
_ONE_SIDED = {
    Speaker.TRAINEE: Localized(
        de="Im Transkript spricht nur die anrufende Seite; das lässt sich nicht bewerten.",
        en="Only the caller speaks in this transcript; that cannot be scored as a call.",
    ),
    Speaker.CUSTOMER: Localized(
        de="Im Transkript spricht nur die angerufene Seite; das lässt sich nicht bewerten.",
        en="Only the customer speaks in this transcript; that cannot be scored as a call.",
    ),
}
_TOO_SHORT = Localized(
    de="Das Gespräch ist zu kurz, um es zu bewerten.", en="The call is too short to be scored."
)
_NO_SUCH_TALK = Localized(
    de="Der Text sieht nicht nach einem Rückgewinnungsgespräch aus; er wird nicht bewertet.",
    en="The text does not look like a win-back call and is therefore not scored.",
)
_TOO_LONG = Localized(
    de="Das Transkript ist zu lang für ein einzelnes Gespräch; bitte teilen Sie es auf.",
    en="The transcript is too long for a single call; please split it.",
)
_GARBLED = Localized(
    de="Im Transkript sind Zeichen zerstört, vermutlich die Umlaute; bitte als UTF-8 speichern.",
    en="Characters in the transcript are broken, probably the umlauts; please save it as UTF-8.",
)
_FOREIGN = Localized(
    de="Ein guter Teil ist nicht auf Deutsch; bewertet werden nur deutsche Gespräche.",
    en="A good part of the call is not in German; only German calls are scored.",
)
_SWAPPED = Localized(
    de="Die Rollen scheinen vertauscht: Das Gespräch führt, wer darin angerufen worden sein soll.",
    en="The speakers seem to be swapped: the one named as the customer leads the call.",
)


def why_unscored(talk: Talk, minimum: Minimum) -> Localized | None:
    """Returns the reason a talk cannot be scored, or None where it can."""
    said, heard = len(talk.trainee_turns), len(talk.customer_turns)
    if not said and not heard:
        return _EMPTY
    if not said or not heard:
        return _ONE_SIDED[Speaker.TRAINEE if said else Speaker.CUSTOMER]
    if said < minimum.trainee_turns or heard < minimum.customer_turns:
        return _TOO_SHORT
    return _why_unreadable(talk, minimum) or _why_no_call(talk, minimum)


def _why_unreadable(talk: Talk, minimum: Minimum) -> Localized | None:
    if len(talk.turns) > minimum.most_turns:
        return _TOO_LONG
    if is_garbled(talk.turns):
        return _GARBLED
    if is_foreign(talk.turns):
        return _FOREIGN
    return _SWAPPED if has_swapped_speakers(talk.turns) else None


def _why_no_call(talk: Talk, minimum: Minimum) -> Localized | None:
    said = len(talk.trainee_turns)
    clear = _clear_turns(talk, minimum.clearly)
    if clear < max(minimum.recognised_turns, minimum.recognised * said):
        return _NO_SUCH_TALK
    return None


def _clear_turns(talk: Talk, probability: float) -> int:
    return sum(
        any(
            round(share, DIGITS) >= probability and act not in _MEANINGLESS
            for segment in talk.turns[turn].segments
            for act, share in segment.acts.items()
        )
        for turn in talk.trainee_turns
    )
