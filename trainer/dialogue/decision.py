"""The decision: what is still missing for a yes, and what the customer says when asked."""

from dataclasses import replace
from random import Random

from trainer.core.acts import CustomerAct, TraineeAct
from trainer.core.persona import ChurnReason, ObjectionKind, Persona
from trainer.core.plan import Benefit, Cue, Ending, Move, Objection
from trainer.dialogue.answer import Answer, object_to, say
from trainer.dialogue.objections import next_planned, next_unspoken
from trainer.dialogue.state import DialogueState
from trainer.dialogue.weights import DEMANDS, WEIGHTS

_ASKING = (TraineeAct.ASK_COMMITMENT, TraineeAct.NEXT_STEP, TraineeAct.CONFIRM_TERMS)


def appetite(state: DialogueState, persona: Persona) -> float:
    """Returns how far trust reaches towards a yes: 0 at the trust needed, negative below it."""
    if not persona.decision.winnable:
        return -1.0
    believed = state.trust - WEIGHTS.grudge * state.irritation
    return believed - persona.decision.trust - DEMANDS[persona.difficulty].trust


def is_settled(objection: Objection, state: DialogueState, persona: Persona) -> bool:
    """Whether an objection stands in the way no more.

    A pretext is out of the way when what it hid was settled or said.
    """
    story = state.objections[objection]
    if story.settled:
        return True
    hidden = persona.objections[objection].hides
    if story.kind is not ObjectionKind.PRETEXT or not story.dropped:
        return False
    return not isinstance(hidden, Objection) or is_settled(hidden, state, persona)


def unsettled(state: DialogueState, persona: Persona) -> list[Objection]:
    """Returns what must be settled first: what the persona demands, and what stands in the room."""
    demanded = [o for o in persona.decision.settled if not is_settled(o, state, persona)]
    spoken = [o for o, story in state.objections.items() if story.open and o not in demanded]
    return [*demanded, *spoken]


def decide_offer(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Answers a request for a decision or a next step."""
    heard = state.heard
    if not _is_asked(state):
        return None
    asked = replace(state, commitment_asks=state.commitment_asks + 1)
    step_only = not heard.has(TraineeAct.ASK_COMMITMENT)
    verdict = _verdict(state, persona, step_only=step_only)
    doubt = last_doubt(state)
    if verdict is not None and doubt is not None:
        return Answer((object_to(doubt),), asked)
    if verdict is not None:
        decided = replace(asked, verdict=verdict, verdict_at=state.turns)
        won = verdict is Ending.ACCEPTED
        return say(decided, CustomerAct.ACCEPT if won else CustomerAct.ACCEPT_NEXT_STEP)
    return _not_yet(asked, persona, rng)


def _answers_wanted(persona: Persona, fit: float) -> int:
    """Exactly what was wished for needs less talk; none but the reason where it is about money."""
    wanted = DEMANDS[persona.difficulty].facts - int(fit >= WEIGHTS.perfect_fit)
    about_money = persona.churn_reason is ChurnReason.BETTER_OFFER
    return wanted if about_money else max(WEIGHTS.least_facts, wanted)


def _in_the_way(state: DialogueState, persona: Persona, *, step_only: bool) -> list[Objection]:
    """Returns what is unsettled; a step at another time meets a want of time."""
    missing = unsettled(state, persona)
    met = step_only and Objection.TIME not in persona.decision.settled
    return [objection for objection in missing if not (met and objection is Objection.TIME)]


def _is_asked(state: DialogueState) -> bool:
    """Whether a decision is asked for; terms are confirmed only where something was offered."""
    asking = [act for act in _ASKING if act is not TraineeAct.CONFIRM_TERMS or state.offers]
    sure = state.heard.confidence(*asking)
    question = state.heard.question
    return sure > 0 and (question is None or state.heard.acts.get(question, 0.0) <= sure)


def last_doubt(state: DialogueState) -> Objection | None:
    """Returns what comes up before a yes or a no when hardly anything was objected so far."""
    raised = sum(story.raised > 0 for story in state.objections.values())
    return next_unspoken(state) if raised < WEIGHTS.kinds_raised else None


def _verdict(state: DialogueState, persona: Persona, *, step_only: bool) -> Ending | None:
    wants = persona.decision
    demand = DEMANDS[persona.difficulty]
    # Who only wants to be heard needs no offer.
    fit = 0.0 if state.best_fit is None and wants.fit == 0 else state.best_fit
    facts = _answers_wanted(persona, fit or 0.0)
    heard_out = state.reason_known and len(state.facts_out) >= facts
    ready = wants.winnable and heard_out and state.turns >= WEIGHTS.no_win_before
    if not ready or fit is None or _in_the_way(state, persona, step_only=step_only):
        return None
    surplus = appetite(state, persona)
    spare_fit = fit - wants.fit - demand.fit
    if surplus >= 0 and spare_fit >= 0 and not step_only and wants.best == "accepted":
        return Ending.ACCEPTED
    if surplus >= -demand.step and spare_fit >= -WEIGHTS.next_step_fit:
        return Ending.NEXT_STEP
    return None


def _not_yet(state: DialogueState, persona: Persona, rng: Random) -> Answer:
    """Says what is missing; asked again and again with nothing gained, says no."""
    gap = _gap(state, persona)
    gained = state.gap_at_ask is not None and gap < state.gap_at_ask
    noted = replace(state, gap_at_ask=gap)
    borne = WEIGHTS.asks_borne + int(appetite(state, persona) >= 0)
    if state.commitment_asks > borne and not gained:
        unspoken = last_doubt(state)
        if unspoken is not None:
            return Answer((object_to(unspoken),), noted)
        return say(
            replace(noted, verdict=Ending.DECLINED, verdict_at=state.turns), CustomerAct.DECLINE
        )
    due = next_planned(state)
    missing = sorted(unsettled(state, persona), key=lambda o: state.objections[o].raised)
    if due is not None or missing:
        return Answer((object_to(due or missing[0]),), noted)
    if state.best_fit is None and persona.decision.fit > 0:
        vague = CustomerAct.ASK_DETAILS if state.reason_known else CustomerAct.CHALLENGE
        return say(noted, vague)
    doubt = persona.objections[Objection.UNCERTAINTY].kind is not ObjectionKind.NONE
    if doubt and not state.objections[Objection.UNCERTAINTY].raised:
        return Answer((object_to(Objection.UNCERTAINTY),), noted)
    if (state.best_fit or 0.0) < persona.decision.fit:
        return say(noted, CustomerAct.CHALLENGE)
    return say(noted, rng.choice((CustomerAct.RETURN_MAYBE, CustomerAct.CHALLENGE)))


def _gap(state: DialogueState, persona: Persona) -> int:
    """Returns how much is missing, for comparing one request with the next."""
    fit = state.best_fit or 0.0
    trust_steps = max(0, round(-appetite(state, persona) * 20))
    return (
        trust_steps
        + 4 * len(unsettled(state, persona))
        + (0 if state.reason_known else 4)
        + (0 if fit >= persona.decision.fit else 4)
    )


def react_to_offer(state: DialogueState, persona: Persona, rng: Random) -> Answer | None:
    """Answers an offer by how far it fits this customer's reason."""
    if not state.heard.offers:
        return None
    benefit = max(state.heard.offers, key=lambda one: persona.offer_fit[one])
    fit = persona.offer_fit[benefit]
    if any(effect.cause == "terms_changed" for effect in state.effects):
        return say(state, CustomerAct.CHALLENGE, benefit=benefit, cue=Cue.TERMS_CHANGED)
    if not state.reason_known:
        act = CustomerAct.CHALLENGE if fit >= WEIGHTS.poor_fit else CustomerAct.COMPLAIN
        return say(state, act, benefit=benefit)
    again = any(offer.benefit is benefit and offer.named > 1 for offer in state.offers)
    if fit >= WEIGHTS.good_fit:
        shown = say(state, CustomerAct.SHOW_INTEREST, benefit=benefit)
        return shown if again else _interested(state, persona, benefit, rng)
    if fit >= WEIGHTS.poor_fit and not again:
        return say(state, CustomerAct.ASK_DETAILS, benefit=benefit)
    return say(state, CustomerAct.CHALLENGE, benefit=benefit)


def _interested(state: DialogueState, persona: Persona, benefit: Benefit, rng: Random) -> Answer:
    wary = persona.objections[Objection.UNCERTAINTY].kind is not ObjectionKind.NONE
    if wary and Cue.IN_WRITING not in state.asked_back and rng.random() < WEIGHTS.asks_back_chance:
        asked = replace(state, asked_back=(*state.asked_back, Cue.IN_WRITING))
        asks = Move(CustomerAct.ASK_DETAILS, benefit=benefit, cue=Cue.IN_WRITING)
        return Answer((Move(CustomerAct.SHOW_INTEREST, benefit=benefit), asks), asked)
    follow_up = rng.choice((CustomerAct.ASK_DETAILS, CustomerAct.ASK_PRICE, None))
    if benefit is Benefit.NEW_STAFF and follow_up is CustomerAct.ASK_PRICE:
        follow_up = CustomerAct.ASK_DETAILS
    moves = [Move(CustomerAct.SHOW_INTEREST, benefit=benefit)]
    if follow_up is not None:
        moves.append(Move(follow_up, benefit=benefit))
    return Answer(tuple(moves), state)
