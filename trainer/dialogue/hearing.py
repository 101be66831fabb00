"""How a customer understands a turn: acts by confidence, the question to answer, the treatment."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from trainer.core.dialogue import (
    ANSWER_TO,
    BENEFIT_OF_OFFER,
    FACT_ASKED_BY,
    OFFERS,
    Cue,
    CustomerAct,
    Objection,
    Segment,
    TraineeAct,
    Turn,
)
from trainer.core.persona import ObjectionKind, Persona
from trainer.dialogue.oddity import count_words, find_oddity
from trainer.dialogue.state import DialogueState, Hearing, Treatment
from trainer.dialogue.weights import WEIGHTS

QUESTIONS = (*FACT_ASKED_BY, TraineeAct.ASK_OPEN, TraineeAct.ASK_CLOSED)
"""Questions about the customer; leave, decision and checks are not counted among them."""

UNDERSTANDING = (TraineeAct.ACKNOWLEDGE, TraineeAct.ACCEPT_CRITICISM)

OFFERS_ANSWERING: Mapping[Objection, tuple[TraineeAct, ...]] = {
    Objection.TIME: (TraineeAct.OFFER_SERVICE,),
    Objection.COST: (TraineeAct.OFFER_DISCOUNT, TraineeAct.OFFER_GIFT),
    Objection.UNCERTAINTY: (TraineeAct.OFFER_SERVICE, TraineeAct.OFFER_STAFF),
}

DIGGING = (TraineeAct.PROBE, TraineeAct.ASK_OPEN)
"""Right after an objection these ask what is behind it, as `isolate` does at any time."""


def hear(turn: Turn, state: DialogueState, persona: Persona) -> Hearing:
    """Understands a turn against the state before it."""
    acts = _understood(turn)
    state = replace(state, topic=_topic(acts, state))
    asked = [act for segment in turn.segments if (act := _question_of(segment))]
    question = asked[-1] if asked else None
    repeated = question is not None and _was_answered(question, state)
    return Hearing(
        acts=acts,
        question=question,
        question_count=len(asked),
        repeated=repeated,
        cue=_cue(turn, asked, repeated=repeated),
        words=count_words(turn.text),
        topic=state.topic,
        treatment=_treat(turn, acts, state, persona),
        offers=tuple(BENEFIT_OF_OFFER[act] for act in OFFERS if act in acts),
    )


def names_company(turn: Turn, persona: Persona) -> bool:
    """Whether the company is named, which says who is calling even where the act was missed."""
    return persona.company.lower() in turn.text.lower()


def _topic(acts: Mapping[TraineeAct, float], state: DialogueState) -> Objection | None:
    """Whoever answers an older open objection comes back to it."""
    answered = [ANSWER_TO[act] for act in acts if act in ANSWER_TO]
    if state.topic in answered:
        return state.topic
    return next((o for o in answered if state.objections[o].open), state.topic)


def _understood(turn: Turn) -> dict[TraineeAct, float]:
    """Keeps the best confidence of each act; an act far behind its segment's best is a guess."""
    heard: dict[TraineeAct, float] = {}
    for segment in turn.segments:
        for act, confidence in _credible(segment):
            heard[act] = max(confidence, heard.get(act, 0.0))
    return heard


def _credible(segment: Segment) -> Iterator[tuple[TraineeAct, float]]:
    best = max(segment.acts.values(), default=0.0)
    for name, confidence in segment.acts.items():
        if confidence >= max(WEIGHTS.heard, WEIGHTS.credible_share * best):
            yield TraineeAct(name), confidence


def _question_of(segment: Segment) -> TraineeAct | None:
    asked = [(confidence, act) for act, confidence in _credible(segment) if act in QUESTIONS]
    guide = [(confidence, act) for confidence, act in asked if act in FACT_ASKED_BY]
    return max(guide or asked, default=(0.0, None))[1]


def _was_answered(question: TraineeAct, state: DialogueState) -> bool:
    if question is TraineeAct.PROBE:
        return False
    return FACT_ASKED_BY.get(question) in state.facts_out


def _cue(turn: Turn, asked: list[TraineeAct], *, repeated: bool) -> Cue | None:
    oddity = find_oddity(turn)
    if oddity is not None:
        return oddity
    if len(asked) >= WEIGHTS.stacked_questions:
        return Cue.TOO_MANY_QUESTIONS
    return Cue.REPEATED_QUESTION if repeated else None


def _treat(
    turn: Turn, acts: dict[TraineeAct, float], state: DialogueState, persona: Persona
) -> Treatment:
    topic = state.topic
    if topic is None or not state.objections[topic].open:
        return Treatment()
    answers = _answers_to(topic, state, persona)
    answered = any(act in acts for act in answers)
    understood = any(act in acts for act in UNDERSTANDING)
    isolating: tuple[TraineeAct, ...] = (TraineeAct.ISOLATE,)
    if CustomerAct(f"object_{topic}") in state.last_acts:
        isolating = (*isolating, *DIGGING, *((TraineeAct.ASK_CLOSED,) if understood else ()))
    return Treatment(
        acknowledged=understood,
        # Who goes on to answer did not wait to hear what is behind it.
        isolated=_last(turn, acts, isolating) > _last(turn, acts, answers),
        answered=answered,
        checked=TraineeAct.CHECK_RESOLVED in acts
        and (answered or state.objections[topic].answered),
        beside=not answered and any(act in acts for act in ANSWER_TO),
    )


def _last(turn: Turn, acts: dict[TraineeAct, float], wanted: tuple[TraineeAct, ...]) -> int:
    """Returns the index of the last segment with one of the acts, -1 for none."""
    found = [
        index
        for index, segment in enumerate(turn.segments)
        if any(act in acts and act in segment.acts for act in wanted)
    ]
    return max(found, default=-1)


def _answers_to(topic: Objection, state: DialogueState, persona: Persona) -> tuple[TraineeAct, ...]:
    """What answers an objection; a fitting offer does as well once the reason is known."""
    answers = tuple(act for act, objection in ANSWER_TO.items() if objection is topic)
    real = persona.objections[topic].kind is ObjectionKind.REAL
    if not (real and state.reason_known):
        return answers
    fitting = (
        act
        for act in OFFERS_ANSWERING[topic]
        if persona.offer_fit[BENEFIT_OF_OFFER[act]] >= WEIGHTS.good_fit
    )
    return (*answers, *fitting)
