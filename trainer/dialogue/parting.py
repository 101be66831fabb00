"""After a verdict: confirming, saying goodbye, and what happens to whoever sells on."""

from dataclasses import replace
from random import Random

from trainer.core.acts import ANSWERS, OFFERS, CustomerAct, TraineeAct
from trainer.core.persona import Persona
from trainer.core.plan import WON, Ending, Move
from trainer.dialogue.answer import Answer, object_to, say
from trainer.dialogue.decision import appetite, last_doubt
from trainer.dialogue.effects import harm_strength
from trainer.dialogue.state import DialogueState
from trainer.dialogue.weights import WEIGHTS

_SELLING = (
    *OFFERS,
    *ANSWERS,
    TraineeAct.BENEFIT,
    TraineeAct.ASK_COMMITMENT,
    TraineeAct.NEXT_STEP,
    TraineeAct.PRESSURE,
    TraineeAct.CONTRADICT,
    TraineeAct.ISOLATE,
)

_UNWILLING = frozenset(
    (
        CustomerAct.REFUSE_TALK,
        CustomerAct.OPT_OUT,
        CustomerAct.DECLINE,
        CustomerAct.RETURN_NO,
        CustomerAct.COMPLAIN,
        CustomerAct.OBJECT_TIME,
        CustomerAct.OBJECT_COMPETITOR,
    )
)


def part(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Answers every turn after the customer's verdict."""
    if state.verdict is None:
        return None
    if state.verdict in WON:
        return _after_yes(state, persona)
    return _after_no(state, persona)


def say_goodbye(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Ends the call when the trainee does, with nothing agreed."""
    asks = state.heard.question is not None or state.heard.has(
        TraineeAct.ASK_COMMITMENT, TraineeAct.NEXT_STEP
    )
    if _respects_a_no(state) and state.turns > 1 and not asks:
        return say(state, CustomerAct.THANK, CustomerAct.FAREWELL, ending=Ending.DECLINED)
    if state.heard.has(TraineeAct.FAREWELL) and state.turns > 1 and not asks:
        return say(state, CustomerAct.FAREWELL, ending=Ending.DECLINED)
    if state.heard.has(TraineeAct.VAGUE_CLOSE) and state.reason_known and not asks:
        doubt = last_doubt(state)
        if doubt is not None:
            return Answer((Move(CustomerAct.RETURN_MAYBE), object_to(doubt)), state)
        decided = replace(state, verdict=Ending.DECLINED, verdict_at=state.turns)
        return say(decided, CustomerAct.RETURN_MAYBE)
    return None


def _respects_a_no(state: DialogueState) -> bool:
    """Whether a wish to be left alone is respected; without one, nobody says goodbye for it."""
    sure = state.heard.confidence(TraineeAct.RESPECT_OPTOUT) >= WEIGHTS.accuse_from
    return sure and bool(_UNWILLING & set(state.last_acts))


def _after_yes(state: DialogueState, persona: Persona) -> Answer:
    heard = state.heard
    hurt = any(harm_strength(heard.acts.get(act, 0.0)) > 0.5 for act in WEIGHTS.harms)
    if hurt and appetite(state, persona) < -WEIGHTS.withdraw_trust:
        withdrawn = replace(state, verdict=Ending.DECLINED, verdict_at=state.turns)
        return say(withdrawn, CustomerAct.COMPLAIN, CustomerAct.DECLINE)
    if heard.has(TraineeAct.FAREWELL) or _overdue(state):
        first = CustomerAct.THANK if state.trust > 0.5 else CustomerAct.CONFIRM
        return say(state, first, CustomerAct.FAREWELL, ending=state.verdict)
    if hurt:
        return say(state, CustomerAct.CHALLENGE)
    if heard.has(TraineeAct.CONFIRM_TERMS, TraineeAct.NEXT_STEP, TraineeAct.SUMMARIZE):
        return say(state, CustomerAct.CONFIRM)
    if heard.has(TraineeAct.ASK_COMMITMENT, TraineeAct.ASK_CLOSED, TraineeAct.CHECK_RESOLVED):
        return say(state, CustomerAct.CONFIRM)
    if heard.question is not None:
        return say(state, CustomerAct.ANSWER)
    return say(state, CustomerAct.THANK if state.trust > 0.5 else CustomerAct.OTHER)


def _after_no(state: DialogueState, persona: Persona) -> Answer:
    heard = state.heard
    if heard.has(*_SELLING) and not heard.has(TraineeAct.RESPECT_OPTOUT):
        return _sold_on(state, persona)
    thanks = heard.has(TraineeAct.RESPECT_OPTOUT, TraineeAct.APPRECIATE, TraineeAct.APOLOGIZE)
    moves = (CustomerAct.THANK,) if thanks and state.irritation < 0.3 else ()
    return say(state, *moves, CustomerAct.FAREWELL, ending=state.verdict)


def _sold_on(state: DialogueState, persona: Persona) -> Answer:
    """Selling after a no: once more a clear word, then the line is dead."""
    if state.verdict is Ending.OPT_OUT:
        return say(state, CustomerAct.COMPLAIN, CustomerAct.HANG_UP, ending=Ending.OPT_OUT)
    if persona.temperament.opts_out:
        return say(replace(state, verdict=Ending.OPT_OUT), CustomerAct.OPT_OUT)
    if _overdue(state):
        return say(state, CustomerAct.COMPLAIN, CustomerAct.HANG_UP, ending=Ending.HUNG_UP)
    return say(state, CustomerAct.DECLINE)


def _overdue(state: DialogueState) -> bool:
    return state.turns - (state.verdict_at or 0) >= WEIGHTS.parting_turns
