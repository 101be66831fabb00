"""Answers to questions: facts come only when asked for, one at a time, fuller with trust."""

from dataclasses import replace
from random import Random

from trainer.core.acts import CustomerAct, TraineeAct
from trainer.core.persona import Persona
from trainer.core.plan import FACT_ASKED_BY, Cue, Fact, Length, Move
from trainer.dialogue.answer import Answer, say, voice
from trainer.dialogue.decision import appetite
from trainer.dialogue.state import DialogueState
from trainer.dialogue.weights import DEMANDS, WEIGHTS


def answer_question(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Answers the question of the turn; of several only the last, and says so."""
    question = state.heard.question
    if question is None:
        return None
    if state.heard.repeated:
        return say(state, CustomerAct.EVADE, cue=Cue.REPEATED_QUESTION)
    answer = _answer(question, state, persona, rng)
    if state.heard.cue is Cue.TOO_MANY_QUESTIONS:
        noted = Move(CustomerAct.CONFUSED, cue=Cue.TOO_MANY_QUESTIONS)
        return replace(answer, moves=(noted, *answer.moves))
    return answer


def _answer(question: TraineeAct, state: DialogueState, persona: Persona, rng: Random) -> Answer:
    if question is TraineeAct.ASK_RETURN_IF:
        return _would_return(state, persona)
    fact = _fact_for(question, state)
    if fact is None:
        return _small_answer(question, state, rng)
    needed = _trust_needed(fact, persona)
    if state.trust >= needed:
        return Answer((voice(fact),), state, length=_length(state, persona))
    if state.trust >= needed - WEIGHTS.half_answer:
        return Answer((voice(fact),), state, length=Length.SHORT)
    return say(state, CustomerAct.EVADE)


def _fact_for(question: TraineeAct, state: DialogueState) -> Fact | None:
    """Returns the fact a question brings out; digging before the reason is known asks for it."""
    fact = FACT_ASKED_BY.get(question)
    if fact is Fact.ELABORATE and Fact.REASON not in state.facts_out:
        return Fact.REASON
    return None if fact in state.facts_out else fact


def _trust_needed(fact: Fact, persona: Persona) -> float:
    needed = WEIGHTS.fact_trust - persona.temperament.candour * WEIGHTS.candour_trust
    if fact is Fact.REASON:
        return needed + DEMANDS[persona.difficulty].reserve
    return needed if fact is Fact.ELABORATE else needed - WEIGHTS.easy_fact


def _length(state: DialogueState, persona: Persona) -> Length:
    openness = state.trust + 0.4 * persona.temperament.talkativeness
    if openness < 0.45:
        return Length.SHORT
    return Length.MEDIUM if openness < 0.85 else Length.LONG


def _small_answer(question: TraineeAct, state: DialogueState, rng: Random) -> Answer:
    """Answers what needs no fact of the persona."""
    if question is TraineeAct.ASK_CLOSED:
        yes = rng.random() < 0.4 + 0.4 * state.trust
        return say(state, CustomerAct.CONFIRM if yes else CustomerAct.DISCONFIRM)
    if question is TraineeAct.PROBE:
        return say(state, CustomerAct.ANSWER, cue=Cue.TOLD_ALL)
    return say(state, CustomerAct.ANSWER if state.trust > 0.3 else CustomerAct.EVADE)


def _would_return(state: DialogueState, persona: Persona) -> Answer:
    wish = appetite(state, persona)
    if wish < WEIGHTS.return_maybe_from:
        return Answer((Move(CustomerAct.RETURN_NO),), state)
    act = CustomerAct.RETURN_YES if wish >= WEIGHTS.return_yes_from else CustomerAct.RETURN_MAYBE
    return Answer((voice(Fact.RETURN_IF, act),), state)
