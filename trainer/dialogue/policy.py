"""Decides the customer's next turn: the first handler that has an answer wins; pure, seeded."""

from dataclasses import replace
from random import Random

from trainer.core.acts import GUIDE_QUESTIONS, CustomerAct, Speaker
from trainer.core.persona import ObjectionKind, Persona
from trainer.core.plan import Cue, Fact, Length, Mood, Move, Objection, Style, TurnPlan
from trainer.core.turn import Turn
from trainer.dialogue.agenda import Occasion
from trainer.dialogue.answer import OBJECTING, Answer, Handler, object_to
from trainer.dialogue.answers import answer_question
from trainer.dialogue.decision import decide_offer, react_to_offer
from trainer.dialogue.frame import (
    ask_number,
    ask_who,
    give_leave,
    lose_patience,
    notice_oddity,
    resent_harm,
    warn,
)
from trainer.dialogue.objections import (
    change,
    drop_pretexts,
    is_overdue,
    next_planned,
    next_unspoken,
    react_to_treatment,
)
from trainer.dialogue.parting import part, say_goodbye
from trainer.dialogue.smalltalk import check_summary, go_along
from trainer.dialogue.state import DialogueState
from trainer.dialogue.weights import WEIGHTS

HANDLERS: tuple[Handler, ...] = (
    part,
    lose_patience,
    notice_oddity,
    resent_harm,
    say_goodbye,
    ask_who,
    ask_number,
    give_leave,
    warn,
    react_to_treatment,
    decide_offer,
    answer_question,
    react_to_offer,
    check_summary,
    go_along,
)
"""In the order of urgency; `go_along` always answers."""

_OWING = (CustomerAct.ASK_DETAILS, CustomerAct.ASK_PRICE, CustomerAct.ASK_WHO)
_NOBODY_THERE = (Cue.SILENCE, Cue.GIBBERISH, Cue.FOREIGN_LANGUAGE, Cue.ORDER)
"""To these nobody objects."""
_REMINDING = (Cue.ANSWER_OWED, Cue.OFFER_OWED)
_REPEATABLE = (CustomerAct.ASK_DETAILS, CustomerAct.ASK_PRICE)
_PASSING = frozenset(
    (
        *(CustomerAct.OTHER, CustomerAct.EVADE, CustomerAct.CHITCHAT, CustomerAct.CONFIRM),
        *(CustomerAct.THANK, CustomerAct.ANSWER),
    )
)
"""Answers in whose place a customer can come back to something."""
_FILLERS = frozenset((CustomerAct.OTHER, CustomerAct.EVADE, CustomerAct.CHITCHAT))
"""Answers that an objection may replace altogether."""
_REPLACEABLE = frozenset((CustomerAct.CHALLENGE, CustomerAct.ASK_DETAILS, CustomerAct.ASK_PRICE))
"""Answers that an overdue objection replaces."""
_CARRIERS = frozenset(
    (
        CustomerAct.SHOW_INTEREST,
        CustomerAct.ASK_DETAILS,
        CustomerAct.ASK_PRICE,
        CustomerAct.CONFIRM,
        CustomerAct.ANSWER,
        CustomerAct.THANK,
        CustomerAct.GIVE_GRADE,
        CustomerAct.GIVE_POSITIVES,
        CustomerAct.GIVE_PRIORITY,
        CustomerAct.RETURN_MAYBE,
    )
)
"""Answers that an objection may follow in the same turn."""


def open_call(
    state: DialogueState, persona: Persona, rng: Random
) -> tuple[TurnPlan, DialogueState]:
    """Returns the plan for picking up the phone, and the state after it."""
    plan = TurnPlan((Move(CustomerAct.PICK_UP),), state.mood, Length.SHORT)
    return plan, _said(plan, state, persona)


def decide(
    state: DialogueState, turn: Turn, persona: Persona, rng: Random
) -> tuple[TurnPlan, DialogueState]:
    """Returns the plan for the customer's answer, and the state after saying it.

    Args:
        state: The state after `tracker.update` has heard the turn.
        turn: The trainee's turn.
        persona: The customer.
        rng: Decides where more than one answer would be natural.
    """
    if state.ended is not None:
        return TurnPlan((Move(CustomerAct.HANG_UP),), state.mood, Length.SHORT, state.ended), state
    answers = (handler(state, persona, rng) for handler in HANDLERS)
    answer = next(answer for answer in answers if answer is not None)
    answer = _remind(_bring_up(_also_answer(answer, persona, rng), rng))
    length = answer.length or _length(answer, persona)
    plan = TurnPlan(answer.moves, answer.state.mood, length, answer.ending)
    return plan, _said(plan, answer.state, persona)


def _also_answer(answer: Answer, persona: Persona, rng: Random) -> Answer:
    """Whoever lets an objection go answers the question asked in the same breath."""
    heard = answer.state.heard
    if answer.moves[-1].act is not CustomerAct.CONCEDE or heard.question not in GUIDE_QUESTIONS:
        return answer
    further = answer_question(answer.state, persona, rng)
    return answer if further is None else replace(further, moves=(*answer.moves, *further.moves))


def _bring_up(answer: Answer, rng: Random) -> Answer:
    """Adds the objection that is due, where it fits in."""
    state, first = answer.state, answer.moves[0]
    if answer.ending is not None or state.verdict is not None:
        return answer
    if _owes_a_second_kind(state, answer):
        return _insist(answer)
    if first.cue is not None or any(move.objection for move in answer.moves):
        return answer
    due = next_planned(state, *_occasions(state))
    overdue = due is not None and is_overdue(due, state)
    if due is None or first.act is CustomerAct.GRANT_TIME or len(answer.moves) > 1:
        return answer
    if not (overdue or rng.random() < WEIGHTS.bring_up_chance):
        return answer
    if first.act in _FILLERS or (overdue and first.act in _REPLACEABLE):
        return replace(answer, moves=(object_to(due),))
    if first.act in _CARRIERS or overdue:
        return replace(answer, moves=_and_also(answer.moves, due))
    return answer


def _and_also(moves: tuple[Move, ...], due: Objection) -> tuple[Move, ...]:
    """Leads over from what was said to an objection that has nothing to do with it."""
    bridge = (Move(CustomerAct.OTHER, cue=Cue.FURTHER),) if moves else ()
    return (*moves, *bridge, object_to(due))


def _owes_a_second_kind(state: DialogueState, answer: Answer) -> bool:
    """Whether it is high time for another kind of objection, whatever the trainee does."""
    voiced = {move.objection for move in answer.moves}
    kinds = [o for o, story in state.objections.items() if story.raised or o in voiced]
    raised = sum(story.raised > 0 for story in state.objections.values())
    # Where none came up yet, the first is due a turn before the second.
    due = WEIGHTS.kinds_by_turn - max(0, WEIGHTS.kinds_raised - 1 - raised)
    late = state.turns >= due and len(kinds) < WEIGHTS.kinds_raised
    return late and answer.moves[0].cue not in _NOBODY_THERE


def _insist(answer: Answer) -> Answer:
    """Voices the next objection in place of one that was voiced before, or after an answer."""
    due = next_unspoken(answer.state)
    if due is None:
        return answer
    kept = [m for m in answer.moves if m.act not in OBJECTING.values() and m.act not in _FILLERS]
    return replace(answer, moves=_and_also(tuple(kept[:2]), due))


def _remind(answer: Answer) -> Answer:
    """Comes back to what the trainee owes: an answer, or the proposal announced."""
    state = answer.state
    calm = answer.ending is None and state.verdict is None
    if not calm or any(move.act not in _PASSING for move in answer.moves):
        return answer
    waited = state.turns - state.owed_at
    if state.owed in _REPEATABLE and waited >= WEIGHTS.owed_turns:
        return replace(
            answer,
            moves=(Move(state.owed, cue=Cue.ANSWER_OWED),),
            state=replace(state, owed=None),
        )
    announced = state.promised_at is not None and state.reason_known and not state.offers
    if announced and state.turns - (state.promised_at or 0) >= WEIGHTS.promise_turns:
        return replace(
            answer,
            moves=(Move(CustomerAct.ASK_DETAILS, cue=Cue.OFFER_OWED),),
            state=replace(state, promised_at=None),
        )
    return answer


def _occasions(state: DialogueState) -> tuple[Occasion, ...]:
    holds = {
        Occasion.EARLY: state.introduced and state.purpose,
        Occasion.OFFER: state.reason_known and bool(state.offers),
        Occasion.DECISION: state.commitment_asks > 0,
    }
    return tuple(occasion for occasion, holding in holds.items() if holding)


def _length(answer: Answer, persona: Persona) -> Length:
    if persona.style is Style.TERSE or answer.state.mood is Mood.DISMISSIVE:
        return Length.SHORT
    return Length.LONG if persona.style is Style.TALKATIVE else Length.MEDIUM


def _said(plan: TurnPlan, state: DialogueState, persona: Persona) -> DialogueState:
    """Returns the state after a plan was voiced."""
    for move in plan.moves:
        if move.objection is not None and move.act is OBJECTING[move.objection]:
            state = _raise(move.objection, state)
    facts = [move.fact for move in plan.moves if move.fact is not None]
    if Fact.REASON in facts:
        state = drop_pretexts("reason", _drop_latest_pretext(state), persona)
    known = state.facts_out
    owing = [move.act for move in plan.moves if move.act in _OWING and move.cue not in _REMINDING]
    return replace(
        state,
        floor=Speaker.TRAINEE,
        facts_out=(*known, *(fact for fact in facts if fact not in known)),
        topic=_topic(state),
        owed=owing[-1] if owing else state.owed,
        owed_at=state.turns if owing else state.owed_at,
        ended=plan.ending,
        last_acts=plan.acts,
    )


def _drop_latest_pretext(state: DialogueState) -> DialogueState:
    """Whoever has just told the truth does not hold on to what kept it back."""
    story = None if state.topic is None else state.objections[state.topic]
    if state.topic is None or story is None or story.kind is not ObjectionKind.PRETEXT:
        return state
    fresh = story.open and OBJECTING[state.topic] in state.last_acts
    return change(state.topic, state, dropped=True) if fresh else state


def _topic(state: DialogueState) -> Objection | None:
    """Returns the objection in the room: the one voiced last of those still open."""
    if state.topic is not None and state.objections[state.topic].open:
        return state.topic
    still = [objection for objection, story in state.objections.items() if story.open]
    return max(still, key=lambda o: state.objections[o].raised_at or 0, default=None)


def _raise(objection: Objection, state: DialogueState) -> DialogueState:
    story = state.objections[objection]
    again = story.answered and story.raised > 0
    state = change(
        objection,
        state,
        raised=story.raised + 1,
        raised_at=state.turns if story.raised_at is None else story.raised_at,
        returned=story.returned + int(again),
    )
    return replace(state, topic=objection)
