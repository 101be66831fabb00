"""Makes the first call of a process as quick as the next: everything is used once beforehand."""

from collections.abc import Sequence

from trainer.call import Call
from trainer.core.turn import Turn
from trainer.practice import Practice

_LINE = "Guten Tag, mein Name ist Lena Vogt. Was war damals der Grund, dass Sie gegangen sind?"


def warm_up(practice: Practice) -> None:
    """Plays two turns of a call that nobody hears and nothing keeps.

    Does nothing without customers. A language model that is away shows later, in the first call.
    """
    persona = next(iter(practice.catalog.personas.values()), None)
    if persona is None:
        return
    call = Call(persona, 0, practice.recognizer, practice.generator)
    picked_up = call.pick_up()
    talk: Sequence[Turn] = ()
    list(call.speak(picked_up.plan, talk))
    turn = call.hear(_LINE, talk)
    reaction = call.react(turn, picked_up.state, index=2)
    list(call.speak(reaction.plan, (turn,)))
