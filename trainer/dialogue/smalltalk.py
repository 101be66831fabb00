"""Everything that is neither question, objection, offer nor decision."""

from dataclasses import replace
from random import Random

from trainer.core.acts import CustomerAct, TraineeAct
from trainer.core.persona import Persona
from trainer.dialogue.agenda import Occasion
from trainer.dialogue.answer import Answer, object_to, say
from trainer.dialogue.objections import next_planned
from trainer.dialogue.state import DialogueState, Leave
from trainer.dialogue.weights import WEIGHTS

_HURT = (CustomerAct.COMPLAIN, CustomerAct.GIVE_REASON, CustomerAct.ELABORATE)


def check_summary(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Confirms a summary of what was told, corrects one of what was not."""
    if not state.heard.has(TraineeAct.SUMMARIZE):
        return None
    if not state.facts_out:
        return say(state, CustomerAct.DISCONFIRM)
    return say(state, CustomerAct.CONFIRM)


def go_along(state: DialogueState, persona: Persona, rng: Random) -> Answer:
    """Keeps the talk going; never leaves a turn without an answer."""
    heard = state.heard
    if heard.stock:
        return say(state, CustomerAct.CHALLENGE)
    if heard.has(TraineeAct.SET_AGENDA, TraineeAct.STEER, TraineeAct.STATE_REASON):
        return _follow(state, rng)
    if heard.has(TraineeAct.APOLOGIZE, TraineeAct.ACCEPT_CRITICISM, TraineeAct.ACKNOWLEDGE):
        return _be_consoled(state, rng)
    if heard.has(TraineeAct.APPRECIATE):
        return say(state, CustomerAct.THANK if state.trust > 0.35 else CustomerAct.CHALLENGE)
    if heard.has(TraineeAct.INFORM, TraineeAct.BENEFIT, TraineeAct.CONFIRM_TERMS):
        return _take_note(state, persona, rng)
    if state.idle > WEIGHTS.idle_turns:
        believed = state.trust >= WEIGHTS.familiar
        evades = believed or rng.random() < 0.5
        return say(state, CustomerAct.EVADE if evades else CustomerAct.REFUSE_TALK)
    if heard.has(TraineeAct.OTHER) and state.trust > 0.4:
        return say(state, CustomerAct.CHITCHAT)
    return say(state, CustomerAct.OTHER)


def _follow(state: DialogueState, rng: Random) -> Answer:
    if state.leave is not Leave.GRANTED and state.patience >= WEIGHTS.warn_at:
        early = next_planned(state, Occasion.EARLY)
        if early is not None and rng.random() < WEIGHTS.bring_up_chance:
            return Answer((object_to(early),), replace(state, leave=Leave.REFUSED))
        return say(replace(state, leave=Leave.GRANTED), CustomerAct.GRANT_TIME)
    return say(state, CustomerAct.CONFIRM if state.facts_out else CustomerAct.OTHER)


def _be_consoled(state: DialogueState, rng: Random) -> Answer:
    hurt = any(act in _HURT for act in state.last_acts)
    if state.trust > 0.45:
        return say(state, CustomerAct.THANK if hurt else CustomerAct.CONFIRM)
    return say(state, CustomerAct.CHALLENGE if hurt and rng.random() < 0.6 else CustomerAct.OTHER)


def _take_note(state: DialogueState, persona: Persona, rng: Random) -> Answer:
    if state.heard.has(TraineeAct.BENEFIT) and not state.offers:
        return say(state, CustomerAct.ASK_DETAILS if state.reason_known else CustomerAct.CHALLENGE)
    if state.offers and state.reason_known:
        fit = state.best_fit or 0.0
        act = CustomerAct.SHOW_INTEREST if fit >= WEIGHTS.good_fit else CustomerAct.EVADE
        return say(state, act if rng.random() < 0.6 else CustomerAct.OTHER)
    if persona.competitor and not state.competitor_named and state.trust < 0.5:
        return say(replace(state, competitor_named=True), CustomerAct.OBJECT_COMPETITOR)
    return say(state, CustomerAct.OTHER if state.trust > 0.3 else CustomerAct.CHALLENGE)
