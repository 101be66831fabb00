"""The frame of the call: who is calling, leave to talk, oddities, harm, patience running out."""

from dataclasses import replace
from random import Random

from trainer.core.acts import HARMFUL, CustomerAct, TraineeAct
from trainer.core.persona import Persona
from trainer.core.plan import Cue, Ending, Move
from trainer.dialogue.agenda import Occasion
from trainer.dialogue.answer import Answer, object_to, say
from trainer.dialogue.effects import harm_strength
from trainer.dialogue.objections import next_planned
from trainer.dialogue.oddity import NO_TALK
from trainer.dialogue.state import DialogueState, Leave
from trainer.dialogue.weights import WEIGHTS

_ODD = (Cue.SILENCE, Cue.GIBBERISH, Cue.FOREIGN_LANGUAGE, Cue.ORDER, Cue.ROBOT_QUESTION)
_STRONG = (TraineeAct.RUDE, TraineeAct.CONTRADICT, TraineeAct.BLAME)


def lose_patience(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Ends the call when patience is gone, an oddity went on too long, or the call did."""
    odd_for_too_long = state.last_cue in _ODD and state.cue_run >= WEIGHTS.odd_turns_borne
    if state.turns >= WEIGHTS.last_turn:
        return say(state, CustomerAct.DECLINE, CustomerAct.FAREWELL, ending=Ending.DECLINED)
    if state.patience > WEIGHTS.gone_at and not odd_for_too_long:
        return None
    if persona.temperament.opts_out and not odd_for_too_long:
        verdict = replace(state, verdict=Ending.OPT_OUT, verdict_at=state.turns)
        return say(verdict, CustomerAct.OPT_OUT)
    first = CustomerAct.COMPLAIN if state.irritation > WEIGHTS.warn_at else CustomerAct.REFUSE_TALK
    return say(state, first, CustomerAct.HANG_UP, ending=Ending.HUNG_UP)


def notice_oddity(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Reacts to what is odd about the turn as such; never asks for clarification twice running."""
    cue = state.heard.cue
    if cue in NO_TALK:
        return say(state, CustomerAct.CONFUSED, cue=cue)
    if cue is Cue.TOO_LONG:
        return say(state, CustomerAct.COMPLAIN, cue=cue)
    if cue is Cue.UNSURE and state.cue_run == 1:
        return say(state, CustomerAct.CONFUSED, cue=cue)
    if cue is Cue.UNSURE:
        return say(state, CustomerAct.EVADE)
    return None


def resent_harm(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Answers a clearly harmful turn by what it deserves, before anything else in it."""
    felt = {act: harm_strength(state.heard.acts.get(act, 0.0)) for act in HARMFUL}
    worst = max(felt, key=lambda act: felt[act] * WEIGHTS.harms[act])
    if felt[worst] < WEIGHTS.harm_answered:
        return None
    if worst is TraineeAct.PRESSURE:
        if persona.temperament.opts_out and state.irritation > WEIGHTS.opt_out_irritation:
            verdict = replace(state, verdict=Ending.OPT_OUT, verdict_at=state.turns)
            return say(verdict, CustomerAct.COMPLAIN, CustomerAct.OPT_OUT)
        return say(state, CustomerAct.COMPLAIN)
    if worst is TraineeAct.RUDE and state.patience < WEIGHTS.warn_at:
        return say(state, CustomerAct.COMPLAIN, CustomerAct.HANG_UP, ending=Ending.HUNG_UP)
    return say(state, CustomerAct.COMPLAIN if worst in _STRONG else CustomerAct.CHALLENGE)


def ask_who(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Wants to know who is calling and why before anything else."""
    known = state.introduced and (state.purpose or state.leave is not Leave.UNASKED)
    if known or state.who_asked >= WEIGHTS.who_asks or state.reason_known:
        return None
    if state.heard.question is not None and state.introduced:
        return None
    asked = replace(state, who_asked=state.who_asked + 1)
    if state.heard.has(TraineeAct.GREET) and state.turns == 1:
        return say(asked, CustomerAct.GREET, CustomerAct.ASK_WHO)
    return say(asked, CustomerAct.ASK_WHO)


def ask_number(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Some want to know where a stranger has their number from, once, at the start."""
    early = state.introduced and state.turns <= 2 and Cue.NUMBER not in state.asked_back
    asked = state.heard.question is not None or state.heard.treatment.any
    asked = asked or bool(state.heard.offers) or state.heard.has(TraineeAct.SUMMARIZE)
    if not early or asked or state.trust >= WEIGHTS.familiar or state.reason_known:
        return None
    if rng.random() >= WEIGHTS.asks_back_chance * (1 - persona.temperament.candour):
        return None
    noted = replace(state, asked_back=(*state.asked_back, Cue.NUMBER))
    return say(noted, CustomerAct.ASK_WHO, cue=Cue.NUMBER)


def give_leave(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Answers the first request to talk: a pretext, a grudging yes, or a friendly one."""
    if not state.heard.has(TraineeAct.ASK_PERMISSION) or state.reason_known:
        return None
    if state.heard.question is not None or state.heard.treatment.isolated:
        return None
    greeting = (Move(CustomerAct.GREET),) if state.turns == 1 and state.trust > 0.4 else ()
    early = next_planned(state, Occasion.EARLY)
    if early is not None and state.leave is Leave.UNASKED:
        return Answer((*greeting, object_to(early)), replace(state, leave=Leave.REFUSED))
    granted = replace(state, leave=Leave.GRANTED)
    if state.patience < WEIGHTS.warn_at:
        return say(replace(state, leave=Leave.REFUSED), CustomerAct.REFUSE_TALK)
    return Answer((*greeting, Move(CustomerAct.GRANT_TIME)), granted)


def warn(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Shows once that patience is running out, before it is gone."""
    if state.warned or state.patience > WEIGHTS.warn_at or state.heard.treatment.any:
        return None
    warned = replace(state, warned=True)
    if state.irritation > WEIGHTS.warn_at:
        return say(warned, CustomerAct.COMPLAIN)
    believed = state.trust >= WEIGHTS.familiar
    return say(warned, CustomerAct.CHALLENGE if believed else CustomerAct.REFUSE_TALK)
