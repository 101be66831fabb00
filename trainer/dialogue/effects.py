"""What a trainee's turn does to trust, patience and irritation, and why."""

from collections.abc import Iterator

from trainer.core.acts import HARMFUL, CustomerAct, TraineeAct
from trainer.core.persona import ObjectionKind, Persona
from trainer.core.plan import Cue
from trainer.dialogue.oddity import NO_TALK
from trainer.dialogue.state import DialogueState, Effect, Hearing
from trainer.dialogue.terms import contradicts
from trainer.dialogue.weights import DEMANDS, WEIGHTS

_HURT = frozenset(
    (
        CustomerAct.COMPLAIN,
        CustomerAct.CHALLENGE,
        CustomerAct.GIVE_REASON,
        CustomerAct.GIVE_NEVER_AGAIN,
        CustomerAct.ELABORATE,
        CustomerAct.DISCONFIRM,
        CustomerAct.OBJECT_TIME,
        CustomerAct.OBJECT_COST,
        CustomerAct.OBJECT_UNCERTAINTY,
        CustomerAct.OBJECT_COMPETITOR,
    )
)
"""Customer acts that call for understanding."""

_TAKING_UP = (
    TraineeAct.ACKNOWLEDGE,
    TraineeAct.ACCEPT_CRITICISM,
    TraineeAct.APOLOGIZE,
    TraineeAct.APPRECIATE,
    TraineeAct.SUMMARIZE,
    TraineeAct.PROBE,
)
"""Acts that show the customer was heard."""

_REPLIES = (
    TraineeAct.INFORM,
    TraineeAct.INTRODUCE,
    TraineeAct.STATE_REASON,
    TraineeAct.CONFIRM_TERMS,
    TraineeAct.NEXT_STEP,
    TraineeAct.BENEFIT,
)
"""Acts by which a question of the customer counts as answered, offers and answers aside."""


def effects_of(
    hearing: Hearing, before: DialogueState, persona: Persona, *, idle: int
) -> tuple[Effect, ...]:
    """Returns why trust, patience and irritation move; gains are capped for one turn.

    Args:
        hearing: The turn as understood.
        before: The state before the turn.
        persona: The customer.
        idle: Turns in a row without anything new, this one included.
    """
    demand = DEMANDS[persona.difficulty]
    headroom = min(1.0, WEIGHTS.headroom * (1 - before.trust))
    mute = demand.gain * headroom * (1 - WEIGHTS.irritation_mutes * before.irritation)
    gains = [Effect(cause, trust * mute) for cause, trust in _gains(hearing, before, persona)]
    total = sum(effect.trust for effect in gains)
    if total > WEIGHTS.gain_cap:
        gains = [Effect(e.cause, e.trust * WEIGHTS.gain_cap / total) for e in gains]
    losses = [
        _loss(cause, trust * demand.harm) for cause, trust in _slips(hearing, before, persona)
    ]
    waits = [
        Effect(cause, patience=-patience * demand.harm)
        for cause, patience in _waits(hearing, before, idle=idle)
    ]
    return (*gains, *losses, *_harms(hearing, persona), *waits, *_repairs(hearing, before, idle))


def _gains(
    hearing: Hearing, before: DialogueState, persona: Persona
) -> Iterator[tuple[str, float]]:
    if hearing.cue is Cue.TOO_LONG or hearing.cue in NO_TALK:
        return
    for act, confidence in hearing.acts.items():
        sure = min(1.0, confidence / WEIGHTS.harm_full)
        if act in WEIGHTS.gains and _is_worth_it(act, hearing):
            gain = WEIGHTS.gains[act] * sure * WEIGHTS.repeat_factor ** _times(act, before)
            yield act, gain * _warmth(act, hearing, before)
        elif act in WEIGHTS.comforts:
            yield act, WEIGHTS.comforts[act] * sure * _comfort(act, before)
    if hearing.has(TraineeAct.SUMMARIZE):
        told = WEIGHTS.summary if before.facts_out else WEIGHTS.early_summary
        yield "summarize", told * WEIGHTS.repeat_factor ** _times("summarize", before)
    if hearing.treatment.answered and not _argues_with_pretext(hearing, before):
        yield "fitting_answer", WEIGHTS.fitting_answer
    named = {offer.benefit for offer in before.offers if not offer.premature}
    for benefit in hearing.offers:
        fit = persona.offer_fit[benefit]
        if before.reason_known and benefit not in named and fit >= WEIGHTS.good_fit:
            yield "fitting_offer", WEIGHTS.fitting_offer * fit


def _is_worth_it(act: TraineeAct, hearing: Hearing) -> bool:
    """A question asked again or among others wins nothing."""
    asked = act.startswith("ask_") and act is not TraineeAct.ASK_PERMISSION
    if asked or act is TraineeAct.PROBE:
        return not hearing.repeated and hearing.cue is not Cue.TOO_MANY_QUESTIONS
    return True


def _warmth(act: TraineeAct, hearing: Hearing, before: DialogueState) -> float:
    """A question that passes over what the customer has just told wins little."""
    told = _HURT & set(before.last_acts) or any(a.startswith("give_") for a in before.last_acts)
    taken_up = hearing.has(*_TAKING_UP) or hearing.treatment.any
    cold = told and not taken_up and act.startswith("ask_")
    return WEIGHTS.cold_question if cold else 1.0


def _times(cause: str, before: DialogueState) -> int:
    return before.credited.get(cause, 0)


def _comfort(act: TraineeAct, before: DialogueState) -> float:
    if _HURT & set(before.last_acts):
        return WEIGHTS.comfort_factor ** _times(act, before)
    return WEIGHTS.idle_comfort * WEIGHTS.repeat_factor ** _times(act, before)


def _argues_with_pretext(hearing: Hearing, before: DialogueState) -> bool:
    now = hearing.treatment
    if now.objection is None or not now.answered or now.isolated:
        return False
    return before.objections[now.objection].kind is ObjectionKind.PRETEXT


def _slips(
    hearing: Hearing, before: DialogueState, persona: Persona
) -> Iterator[tuple[str, float]]:
    """Yields clumsiness, which costs trust without being meant badly."""
    if before.verdict is not None:
        return
    if not before.reason_known:
        yield from (("premature_offer", WEIGHTS.premature_offer) for _ in hearing.offers[:1])
        if hearing.has(TraineeAct.ASK_COMMITMENT):
            yield "premature_ask", WEIGHTS.premature_ask
    elif hearing.has(TraineeAct.ASK_COMMITMENT):
        too_often = before.commitment_asks + 1 - WEIGHTS.asks_borne
        if too_often > 0:
            yield "nagging", WEIGHTS.nagging * too_often
    yield from _offer_slips(hearing, before, persona)
    if _argues_with_pretext(hearing, before):
        returned = before.objections[before.topic].returned if before.topic else 0
        yield "argued_pretext", WEIGHTS.argued_pretext * (1 + 0.5 * returned)
    yield from _manners(hearing, before)


def _manners(hearing: Hearing, before: DialogueState) -> Iterator[tuple[str, float]]:
    if hearing.stock:
        yield "stock_phrase", WEIGHTS.stock
    if hearing.treatment.beside:
        yield "beside", WEIGHTS.beside
    if _ignores(hearing, before):
        yield "ignored", WEIGHTS.ignored
    habits = {
        Cue.REPEATED_QUESTION: ("repeated_question", WEIGHTS.repeated_question),
        Cue.TOO_MANY_QUESTIONS: ("stacked", WEIGHTS.stacked),
        Cue.TOO_LONG: ("monologue", WEIGHTS.monologue),
    }
    if hearing.cue in habits:
        yield habits[hearing.cue]


def _offer_slips(
    hearing: Hearing, before: DialogueState, persona: Persona
) -> Iterator[tuple[str, float]]:
    extra = len({*(o.benefit for o in before.offers), *hearing.offers}) - WEIGHTS.offers_welcome
    if hearing.offers and extra > 0:
        yield "scattered_offer", WEIGHTS.scattered_offer * extra
    worst = min((persona.offer_fit[benefit] for benefit in hearing.offers), default=1.0)
    if before.reason_known and worst < WEIGHTS.poor_fit:
        yield "deaf_offer", WEIGHTS.deaf_offer
    terms = {offer.benefit: offer.terms for offer in before.offers}
    if any(contradicts(now, terms.get(benefit, {})) for benefit, now in hearing.terms.items()):
        yield "terms_changed", WEIGHTS.terms_changed


def _ignores(hearing: Hearing, before: DialogueState) -> bool:
    """Whether the objection just voiced was passed over; leaving it for later is no harm."""
    spoken = any(act.startswith("object_") for act in before.last_acts)
    open_topic = before.topic is not None and before.objections[before.topic].open
    return bool(spoken and open_topic and hearing.acts and not hearing.treatment.any)


def _loss(cause: str, trust: float) -> Effect:
    return Effect(cause, -trust, -trust * WEIGHTS.patience_share)


def _harms(hearing: Hearing, persona: Persona) -> Iterator[Effect]:
    touchy = DEMANDS[persona.difficulty].harm * (0.7 + 0.6 * persona.temperament.irritability)
    for act in HARMFUL:
        strength = harm_strength(hearing.acts.get(act, 0.0))
        if strength > 0:
            trust = WEIGHTS.harms[act] * strength * touchy
            yield Effect(
                act, -trust, -trust * WEIGHTS.patience_share, trust * WEIGHTS.irritation_share
            )


def harm_strength(confidence: float) -> float:
    """Returns how strongly a harmful act is felt, in [0, 1]; an unsure one hurts less."""
    if confidence < WEIGHTS.harm_from:
        return 0.0
    return min(1.0, confidence / WEIGHTS.harm_full)


def _waits(hearing: Hearing, before: DialogueState, *, idle: int) -> Iterator[tuple[str, float]]:
    if hearing.cue is not None:
        yield hearing.cue, WEIGHTS.cue_patience[hearing.cue]
    if before.verdict is not None:
        return
    if before.turns and not before.introduced and not hearing.has(TraineeAct.INTRODUCE):
        yield "unknown_caller", WEIGHTS.unknown_patience
    if before.owed is not None and before.owed_at == before.turns and not replies(hearing):
        yield "owed", WEIGHTS.owed_patience
    if idle > WEIGHTS.idle_turns:
        yield "idle", WEIGHTS.idle_patience
    if before.turns >= WEIGHTS.long_call:
        yield "long_call", WEIGHTS.long_patience


def replies(hearing: Hearing) -> bool:
    """Whether the turn can be an answer to a question of the customer."""
    answers = any(act.startswith(("answer_", "offer_")) for act in hearing.acts)
    return answers or hearing.has(*_REPLIES)


def _repairs(hearing: Hearing, before: DialogueState, idle: int) -> Iterator[Effect]:
    if hearing.has(TraineeAct.APOLOGIZE) and before.irritation:
        yield Effect("repair", irritation=-before.irritation * WEIGHTS.apology_repairs)
    if not idle:
        yield Effect("progress", patience=WEIGHTS.progress_patience)
