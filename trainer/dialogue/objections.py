"""Objections and pretexts: bringing them up, and what becomes of them once they are treated.

A pretext is settled by nothing but being seen through; a real objection by understanding, a
fitting answer and, with most people, a check (guide, objections and pretexts).
"""

from dataclasses import replace
from random import Random
from typing import Literal

from trainer.core.acts import CustomerAct, TraineeAct
from trainer.core.persona import ObjectionKind, Persona
from trainer.core.plan import Cue, Ending, Fact, Move, Objection
from trainer.dialogue.agenda import Occasion
from trainer.dialogue.answer import Answer, object_to, say, voice
from trainer.dialogue.state import DialogueState, ObjectionState, Stage
from trainer.dialogue.weights import DEMANDS, WEIGHTS


def next_planned(state: DialogueState, *occasions: Occasion) -> Objection | None:
    """Returns the objection that is due on one of the occasions, or overdue, or None.

    While one stands in the room the next waits, unless it is overdue.
    """
    busy = state.topic is not None and state.objections[state.topic].open
    for planned in state.agenda:
        if state.objections[planned.objection].stage is not Stage.UNSPOKEN:
            continue
        if planned.at_latest <= state.turns or (planned.occasion in occasions and not busy):
            return planned.objection
    return None


def next_unspoken(state: DialogueState) -> Objection | None:
    """Returns the objection that comes up next, whatever stands in the room."""
    waiting = (planned.objection for planned in state.agenda)
    return next((o for o in waiting if state.objections[o].stage is Stage.UNSPOKEN), None)


def is_overdue(objection: Objection, state: DialogueState) -> bool:
    """Whether an objection has waited for its occasion long enough."""
    return any(
        planned.at_latest <= state.turns
        for planned in state.agenda
        if planned.objection is objection
    )


def settle(objection: Objection, state: DialogueState, persona: Persona) -> DialogueState:
    """Returns the state with an objection let go, and any pretext in front of it."""
    return drop_pretexts(objection, change(objection, state, settled=True), persona)


def drop_pretexts(
    hidden: Objection | Literal["reason"], state: DialogueState, persona: Persona
) -> DialogueState:
    """Returns the state without the pretexts in use for something that is out now."""
    for objection, story in state.objections.items():
        if story.open and persona.objections[objection].hides == hidden:
            state = change(objection, state, dropped=True)
    return state


def change(objection: Objection, state: DialogueState, **what: bool | int) -> DialogueState:
    """Returns the state with one objection's story changed."""
    story = replace(state.objections[objection], **what)  # type: ignore[arg-type]
    return replace(state, objections={**state.objections, objection: story})


def react_to_treatment(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Answers what the trainee just did to the objection in the room."""
    now = state.heard.treatment
    topic = now.objection
    if topic is None or not (now.answered or now.checked or now.isolated):
        return None
    story = state.objections[topic]
    if story.kind is ObjectionKind.PRETEXT:
        if now.isolated:
            return _see_through(topic, state, persona)
        if state.heard.question is TraineeAct.ASK_REASON and not state.reason_known:
            return None  # The question goes on past the pretext, and that is what is answered.
        return _come_back(topic, state, persona, rng)
    return _weigh(topic, story, state, persona, rng)


def _see_through(topic: Objection, state: DialogueState, persona: Persona) -> Answer:
    """What a pretext hides comes out, given enough trust; insisting kindly helps."""
    story = state.objections[topic]
    needed = WEIGHTS.reveal_trust - persona.temperament.candour * WEIGHTS.candour_trust
    needed += 0.0 if story.acknowledged else WEIGHTS.cold_reveal
    needed -= WEIGHTS.insistence * state.credited.get("isolate", 0)
    if state.trust < needed:
        return say(state, CustomerAct.EVADE)
    seen = change(topic, state, dropped=True)
    hidden = persona.objections[topic].hides
    if isinstance(hidden, Objection):
        if state.objections[hidden].settled or state.objections[hidden].dropped:
            return Answer((Move(CustomerAct.CONCEDE, objection=topic),), seen)
        return Answer((object_to(hidden),), seen)
    if state.reason_known:
        return Answer((Move(CustomerAct.CONCEDE, objection=topic),), seen)
    return Answer((voice(Fact.REASON),), seen)


def _come_back(topic: Objection, state: DialogueState, persona: Persona, rng: Random) -> Answer:
    """Arguing with a pretext brings it back in other words, or another one in its place.

    Argued with again and again, the customer has had enough and says no.
    """
    other = next_unspoken(state)
    if state.objections[topic].returned >= WEIGHTS.pretexts_kept and other is None:
        refused = replace(state, verdict=Ending.DECLINED, verdict_at=state.turns)
        return say(refused, CustomerAct.DECLINE)
    chance = rng.random()
    if chance < WEIGHTS.swap_chance:
        other = next(
            (
                planned.objection
                for planned in state.agenda
                if state.objections[planned.objection].kind is ObjectionKind.PRETEXT
                and not state.objections[planned.objection].raised
            ),
            topic,
        )
        return Answer((object_to(other),), state)
    if chance < WEIGHTS.swap_chance + WEIGHTS.return_chance:
        return Answer((object_to(topic),), state)
    return say(state, CustomerAct.EVADE)


def _weigh(
    topic: Objection, story: ObjectionState, state: DialogueState, persona: Persona, rng: Random
) -> Answer:
    """A real objection: taken back when understood, answered and checked."""
    now, demand = state.heard.treatment, DEMANDS[persona.difficulty]
    if now.isolated and not now.answered and not now.checked:
        return Answer((object_to(topic),) if story.raised < 3 else _explain(topic), state)
    needed = WEIGHTS.settle_trust + demand.trust
    needed += 0.0 if story.acknowledged else WEIGHTS.cold_settle
    convinced = story.answered and state.trust >= needed
    if convinced and story.doubted < demand.doubts:
        return _ask_for_proof(topic, story, state)
    if convinced and (now.checked or rng.random() < demand.concede):
        return Answer((Move(CustomerAct.CONCEDE, objection=topic),), settle(topic, state, persona))
    if convinced:
        return say(state, CustomerAct.ASK_DETAILS)
    return say(state, CustomerAct.CHALLENGE)


def _ask_for_proof(topic: Objection, story: ObjectionState, state: DialogueState) -> Answer:
    """Harder customers do not let go at the first good answer: in writing, or how they tell."""
    doubting = change(topic, state, doubted=story.doubted + 1)
    if Cue.IN_WRITING in state.asked_back:
        return say(doubting, CustomerAct.CHALLENGE)
    asked = replace(doubting, asked_back=(*state.asked_back, Cue.IN_WRITING))
    return say(asked, CustomerAct.ASK_DETAILS, cue=Cue.IN_WRITING)


def _explain(topic: Objection) -> tuple[Move, ...]:
    return (Move(CustomerAct.CONFIRM, objection=topic),)
