"""Updates the hidden state by what the trainee just did; pure."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from trainer.core.acts import HARMFUL, Speaker, TraineeAct
from trainer.core.persona import Persona
from trainer.core.plan import Objection
from trainer.core.turn import Turn
from trainer.dialogue.effects import effects_of, replies
from trainer.dialogue.hearing import hear, names_company
from trainer.dialogue.state import (
    DialogueState,
    Effect,
    Hearing,
    Leave,
    ObjectionState,
    Offer,
)
from trainer.dialogue.weights import WEIGHTS

_PROPOSAL = re.compile(
    r"vorschlag|angebot|anbiet|lösung|tun können|ändern können|für sie haben", re.IGNORECASE
)

_ONCE_NEW = (
    TraineeAct.GREET,
    TraineeAct.INTRODUCE,
    TraineeAct.STATE_REASON,
    TraineeAct.ASK_PERMISSION,
    TraineeAct.SET_AGENDA,
    TraineeAct.ASK_COMMITMENT,
    TraineeAct.NEXT_STEP,
    TraineeAct.CONFIRM_TERMS,
    TraineeAct.SUMMARIZE,
    TraineeAct.APOLOGIZE,
)
"""Acts that bring the call forward the first time."""


def update(state: DialogueState, turn: Turn, persona: Persona) -> DialogueState:
    """Returns the state after hearing a trainee's turn; an ended call stays as it is.

    Args:
        state: The state after the customer's latest turn.
        turn: The trainee's turn with its acts.
        persona: The customer.
    """
    if state.ended is not None:
        return state
    hearing = hear(turn, state, persona)
    idle = 0 if _is_new(hearing, state) else state.idle + 1
    effects = effects_of(hearing, state, persona, idle=idle)
    return replace(
        _feel(state, effects, persona),
        turns=state.turns + 1,
        floor=Speaker.CUSTOMER,
        introduced=state.introduced
        or hearing.has(TraineeAct.INTRODUCE)
        or names_company(turn, persona),
        purpose=state.purpose or _names_purpose(hearing),
        leave=Leave.GRANTED if state.reason_known else state.leave,
        asked=_count_question(hearing, state),
        credited=_count(state.credited, hearing.acts),
        objections=_treat(hearing, state),
        offers=_collect_offers(hearing, state, persona),
        promised_at=_promise(hearing, turn, state),
        owed=None if replies(hearing) else state.owed,
        cue_run=_run(hearing, state),
        last_cue=hearing.cue,
        idle=idle,
        heard=hearing,
        effects=effects,
    )


def _feel(state: DialogueState, effects: tuple[Effect, ...], persona: Persona) -> DialogueState:
    patience = state.patience + sum(effect.patience for effect in effects)
    irritation = state.irritation * WEIGHTS.irritation_fades
    return replace(
        state,
        trust=_clip(state.trust + sum(effect.trust for effect in effects)),
        patience=_clip(min(patience, persona.temperament.patience)),
        irritation=_clip(irritation + sum(effect.irritation for effect in effects)),
    )


def _clip(share: float) -> float:
    return min(1.0, max(0.0, share))


def _is_new(hearing: Hearing, state: DialogueState) -> bool:
    if state.verdict is not None:
        return True
    asks = hearing.question is not None and not hearing.repeated
    offered = {offer.benefit for offer in state.offers}
    return (
        asks
        or hearing.treatment.any
        or (state.owed is not None and replies(hearing))
        or bool(set(hearing.offers) - offered)
        or any(hearing.has(act) and act not in state.credited for act in _ONCE_NEW)
    )


def _names_purpose(hearing: Hearing) -> bool:
    return hearing.has(TraineeAct.STATE_REASON, TraineeAct.SET_AGENDA, TraineeAct.ASK_REASON)


def _count_question(hearing: Hearing, state: DialogueState) -> dict[TraineeAct, int]:
    asked = () if hearing.question is None else (hearing.question,)
    return dict(Counter(state.asked) + Counter(asked))


def _count(credited: Mapping[str, int], acts: Mapping[TraineeAct, float]) -> dict[str, int]:
    harmless = [str(act) for act in acts if act not in HARMFUL]
    return dict(Counter(credited) + Counter(harmless))


def _treat(hearing: Hearing, state: DialogueState) -> dict[Objection, ObjectionState]:
    objections = dict(state.objections)
    now = hearing.treatment
    if now.objection is not None:
        story = objections[now.objection]
        objections[now.objection] = replace(
            story,
            acknowledged=story.acknowledged or now.acknowledged,
            isolated=story.isolated or now.isolated,
            answered=story.answered or now.answered,
            checked=story.checked or now.checked,
        )
    return objections


def _collect_offers(hearing: Hearing, state: DialogueState, persona: Persona) -> tuple[Offer, ...]:
    explained = hearing.has(TraineeAct.BENEFIT)
    offers = {offer.benefit: offer for offer in state.offers}
    for benefit in hearing.offers:
        offers[benefit] = Offer(
            benefit,
            fit=persona.offer_fit[benefit],
            premature=not state.reason_known,
            explained=explained or (benefit in offers and offers[benefit].explained),
            named=offers[benefit].named + 1 if benefit in offers else 1,
            terms={**hearing.terms.get(benefit, {}), **_known_terms(offers.get(benefit))},
        )
    if explained and not hearing.offers and offers:
        latest = next(reversed(offers.values()))
        offers[latest.benefit] = replace(latest, explained=True)
    return tuple(offers.values())


def _known_terms(offer: Offer | None) -> Mapping[str, str]:
    return {} if offer is None else offer.terms


def _promise(hearing: Hearing, turn: Turn, state: DialogueState) -> int | None:
    """Returns when a proposal was announced; the announcement lies in the plan of the call."""
    if hearing.offers:
        return None
    plans = (s.text for s in turn.segments if TraineeAct.SET_AGENDA in s.acts)
    announced = hearing.has(TraineeAct.SET_AGENDA) and any(map(_PROPOSAL.search, plans))
    return state.turns + 1 if announced and not state.offers else state.promised_at


def _run(hearing: Hearing, state: DialogueState) -> int:
    if hearing.cue is None:
        return 0
    return state.cue_run + 1 if hearing.cue == state.last_cue else 1
