"""When a talk cannot be judged at all, and why."""

from trainer.core.dialogue import Speaker, TraineeAct
from trainer.core.rubric import Minimum
from trainer.core.text import Localized
from trainer.scoring.evidence import Talk

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


def why_unscored(talk: Talk, minimum: Minimum) -> Localized | None:
    """Returns the reason a talk cannot be scored, or None where it can."""
    said, heard = len(talk.trainee_turns), len(talk.customer_turns)
    if not said and not heard:
        return _EMPTY
    if not said or not heard:
        return _ONE_SIDED[Speaker.TRAINEE if said else Speaker.CUSTOMER]
    if said < minimum.trainee_turns or heard < minimum.customer_turns:
        return _TOO_SHORT
    clear = _clear_turns(talk, minimum.clearly)
    if clear < max(minimum.recognised_turns, minimum.recognised * said):
        return _NO_SUCH_TALK
    return None


def _clear_turns(talk: Talk, probability: float) -> int:
    return sum(
        any(
            share >= probability and act not in _MEANINGLESS
            for segment in talk.turns[turn].segments
            for act, share in segment.acts.items()
        )
        for turn in talk.trainee_turns
    )
