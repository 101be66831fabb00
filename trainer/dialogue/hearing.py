"""How a customer understands a turn: acts by confidence, the question to answer, the treatment."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from trainer.core.acts import GUIDE_QUESTIONS, OFFERS, CustomerAct, TraineeAct
from trainer.core.persona import ObjectionKind, Persona
from trainer.core.plan import (
    ANSWER_TO,
    BENEFIT_OF_OFFER,
    FACT_ASKED_BY,
    Benefit,
    Cue,
    Fact,
    Objection,
)
from trainer.core.turn import Segment, Turn
from trainer.dialogue.answer import OBJECTING
from trainer.dialogue.oddity import NO_TALK, count_words, find_oddity
from trainer.dialogue.state import DialogueState, Hearing, Treatment
from trainer.dialogue.stock import is_stock
from trainer.dialogue.terms import terms_of_offers
from trainer.dialogue.weights import WEIGHTS
from trainer.dialogue.wishes import grants_the_wish

QUESTIONS = (*FACT_ASKED_BY, TraineeAct.ASK_OPEN, TraineeAct.ASK_CLOSED)
"""Questions about the customer; leave, decision and checks are not counted among them."""

UNDERSTANDING = (TraineeAct.ACKNOWLEDGE, TraineeAct.ACCEPT_CRITICISM, TraineeAct.APOLOGIZE)

OFFERS_ANSWERING: Mapping[Objection, tuple[TraineeAct, ...]] = {
    Objection.TIME: (TraineeAct.OFFER_SERVICE,),
    Objection.COST: (TraineeAct.OFFER_DISCOUNT, TraineeAct.OFFER_GIFT),
    Objection.UNCERTAINTY: (TraineeAct.OFFER_SERVICE, TraineeAct.OFFER_STAFF),
}

_NO_QUESTION = (TraineeAct.SUMMARIZE, TraineeAct.CHECK_RESOLVED, TraineeAct.ISOLATE)
"""Segments that sound like a question about the customer without being one."""

_ASKING_FOR_MORE = (TraineeAct.ASK_COMMITMENT, TraineeAct.NEXT_STEP, TraineeAct.CONFIRM_TERMS)

_SUMS_UP = re.compile(
    r"\bfasse?\b.{0,25}\bzusammen\b|\bzusammengefasst\b|\brichtig verstanden\b", re.IGNORECASE
)
"""Whoever says so, does."""

_LIGHT = frozenset(
    (
        *UNDERSTANDING,
        *(TraineeAct.GREET, TraineeAct.INTRODUCE, TraineeAct.APPRECIATE, TraineeAct.OTHER),
        *(TraineeAct.FAREWELL, TraineeAct.CHECK_RESOLVED, TraineeAct.STEER, TraineeAct.INFORM),
    )
)
"""Acts that do not make a turn crowded."""


def hear(turn: Turn, state: DialogueState, persona: Persona) -> Hearing:
    """Understands a turn against the state before it."""
    acts = _understood(turn) or _taken_for_an_answer(turn, state)
    asked = [act for segment in turn.segments if (act := _question_of(segment))]
    treatment = _treat(turn, acts, state, persona)
    latest = asked[-1] if asked else None
    if latest is None and state.purpose and _ends_in_a_riddle(turn):
        latest = TraineeAct.ASK_OPEN
    question = _question_meant(latest, acts, state, treatment)
    repeated = question is not None and _was_answered(question, acts, state)
    # "What is behind it" after an objection is no second question for the reason.
    repeated = repeated and not (question is TraineeAct.ASK_REASON and treatment.isolated)
    cue = _cue(turn, asked, acts, repeated=repeated)
    if cue in NO_TALK:
        return Hearing(acts=acts, cue=cue, words=count_words(turn.text))
    if cue is Cue.TOO_LONG:
        treatment = Treatment()
    offers = tuple(BENEFIT_OF_OFFER[act] for act in OFFERS if act in acts)
    if state.reason_known and grants_the_wish(turn.text, set(acts), state, persona):
        offers = (*offers, *_best_benefit(persona, offers))
        treatment = _with_answer(treatment, persona)
    return Hearing(
        acts=acts,
        question=question,
        question_count=len(asked),
        repeated=repeated,
        cue=cue,
        words=count_words(turn.text),
        stock=is_stock(turn.text),
        treatment=treatment,
        offers=offers,
        terms=terms_of_offers(turn),
    )


def names_company(turn: Turn, persona: Persona) -> bool:
    """Whether the company is named, which says who is calling even where the act was missed."""
    return persona.company.lower() in turn.text.lower()


def _understood(turn: Turn) -> dict[TraineeAct, float]:
    """Keeps the best confidence of each act; an act far behind its segment's best is a guess."""
    heard: dict[TraineeAct, float] = {}
    for segment in turn.segments:
        for act, confidence in _credible(segment):
            heard[act] = max(confidence, heard.get(act, 0.0))
    if _SUMS_UP.search(turn.text):
        heard[TraineeAct.SUMMARIZE] = max(WEIGHTS.sure_act, heard.get(TraineeAct.SUMMARIZE, 0.0))
    return {act: sure for act, sure in heard.items() if not _is_misheard(act, heard)}


def _taken_for_an_answer(turn: Turn, state: DialogueState) -> dict[TraineeAct, float]:
    """Whatever plain statement follows a question of the customer is taken for the answer."""
    asked = state.owed is not None and state.owed_at == state.turns
    plain = any(map(str.isalpha, turn.text)) and not turn.text.rstrip().endswith("?")
    return {TraineeAct.INFORM: WEIGHTS.plain_answer} if asked and plain else {}


def _is_misheard(act: TraineeAct, heard: Mapping[TraineeAct, float]) -> bool:
    """Whether the rest of the turn says that an act not heard surely was something else.

    Whoever apologises has hardly blamed or contradicted anybody in the same breath, and whoever
    sums up names what the customer wished for: that is no offer yet.
    """
    if heard[act] >= WEIGHTS.sure_act:
        return False
    if act in (TraineeAct.BLAME, TraineeAct.CONTRADICT):
        sorry = (TraineeAct.APOLOGIZE, TraineeAct.ACCEPT_CRITICISM)
        return max(heard.get(other, 0.0) for other in sorry) > heard[act]
    return act in OFFERS and heard.get(TraineeAct.SUMMARIZE, 0.0) >= heard[act]


def _credible(segment: Segment) -> Iterator[tuple[TraineeAct, float]]:
    best = max(segment.acts.values(), default=0.0)
    for name, confidence in segment.acts.items():
        if confidence >= max(WEIGHTS.heard, WEIGHTS.credible_share * best):
            yield TraineeAct(name), confidence


def _question_of(segment: Segment) -> TraineeAct | None:
    heard = list(_credible(segment))
    asked = [(confidence, act) for act, confidence in heard if act in QUESTIONS]
    rivals = [confidence for act, confidence in heard if act in _NO_QUESTION]
    if max(rivals, default=0.0) >= WEIGHTS.rival_share * max(asked, default=(1.0, ""))[0]:
        return None
    if _SUMS_UP.search(segment.text):
        return None
    guide = [(confidence, act) for confidence, act in asked if act in FACT_ASKED_BY]
    return max(guide or asked, default=(0.0, None))[1]


def _best_benefit(persona: Persona, named: Sequence[Benefit]) -> tuple[Benefit, ...]:
    """Nothing fits better than what was wished for."""
    best = max(Benefit, key=lambda benefit: persona.offer_fit[benefit])
    return () if best in named else (best,)


def _with_answer(treatment: Treatment, persona: Persona) -> Treatment:
    """Whoever grants the wish has answered the real objection in the room."""
    topic = treatment.objection
    real = topic is not None and persona.objections[topic].kind is ObjectionKind.REAL
    return replace(treatment, answered=True, beside=False) if real else treatment


def _ends_in_a_riddle(turn: Turn) -> bool:
    """Whether the last thing asked was not understood at all."""
    last = turn.segments[-1] if turn.segments else None
    riddle = last is not None and last.text.rstrip().endswith("?") and not any(_credible(last))
    return riddle and bool(turn.acts)


def _question_meant(
    asked: TraineeAct | None,
    acts: Mapping[TraineeAct, float],
    state: DialogueState,
    treatment: Treatment,
) -> TraineeAct | None:
    """Takes a question the way it is meant by somebody who has just listened.

    "What else is behind it" with no objection in the room, and "what happened there" right after
    the reason was told, both dig deeper; a question hardly understood asks for what matters most.
    """
    if asked is None:
        digs = TraineeAct.ISOLATE in acts and treatment.objection is None
        return TraineeAct.PROBE if digs else None
    untold = not {Fact.REASON, Fact.ELABORATE} <= set(state.facts_out)
    unsure = acts.get(asked, 0.0) < WEIGHTS.unsure_question
    treated = treatment.isolated or treatment.answered or treatment.checked
    if untold and unsure and not treated:
        return TraineeAct.PROBE
    if asked not in GUIDE_QUESTIONS:
        return asked
    if untold and unsure:
        return TraineeAct.PROBE
    just_told = CustomerAct.GIVE_REASON in state.last_acts and not treatment.isolated
    asks_for_it = asked is TraineeAct.ASK_REASON and any(act in acts for act in UNDERSTANDING)
    digs = TraineeAct.PROBE in acts and acts[asked] < WEIGHTS.harm_full
    return TraineeAct.PROBE if just_told and (asks_for_it or digs) else asked


def _was_answered(
    question: TraineeAct, acts: Mapping[TraineeAct, float], state: DialogueState
) -> bool:
    """Whether a question was answered before; an unsure one is not held against anybody."""
    if question is TraineeAct.PROBE or acts.get(question, 0.0) < WEIGHTS.accuse_from:
        return False
    return FACT_ASKED_BY.get(question) in state.facts_out


def _cue(
    turn: Turn, asked: list[TraineeAct], acts: Mapping[TraineeAct, float], *, repeated: bool
) -> Cue | None:
    oddity = find_oddity(turn)
    if oddity is Cue.FAMILIAR and TraineeAct.RUDE in acts:
        return None
    if oddity is not None and not (oddity is Cue.UNSURE and TraineeAct.INFORM in acts):
        return oddity
    if len(set(acts) - _LIGHT) >= WEIGHTS.crowded_acts:
        return Cue.TOO_LONG
    if len(asked) >= WEIGHTS.stacked_questions:
        return Cue.TOO_MANY_QUESTIONS
    return Cue.REPEATED_QUESTION if repeated else None


def _treat(
    turn: Turn, acts: dict[TraineeAct, float], state: DialogueState, persona: Persona
) -> Treatment:
    topic = _meant(acts, state)
    if topic is None:
        return Treatment()
    answers = _answers_to(topic, state, persona)
    checked = TraineeAct.CHECK_RESOLVED in acts
    answered = any(act in acts for act in answers) or (checked and _said_something_else(turn))
    understood = any(act in acts for act in UNDERSTANDING)
    evaded = CustomerAct.EVADE in state.last_acts and state.heard.treatment.isolated
    fresh = OBJECTING[topic] in state.last_acts or evaded
    digging = (
        TraineeAct.ISOLATE,
        *((TraineeAct.PROBE,) if fresh else ()),
        *((TraineeAct.ASK_REASON,) if fresh and state.reason_known else ()),
        *((TraineeAct.ASK_OPEN,) if fresh or understood else ()),
    )
    return Treatment(
        objection=topic,
        acknowledged=understood,
        # Who goes on to answer or to ask for more did not wait to hear what is behind it.
        isolated=_last(turn, digging) > _last(turn, (*answers, *_ASKING_FOR_MORE)),
        answered=answered,
        checked=checked,
        beside=not answered and any(act in acts for act in ANSWER_TO),
    )


def _meant(acts: Mapping[TraineeAct, float], state: DialogueState) -> Objection | None:
    """Returns the open objection a turn is about: one that is answered before the latest."""
    standing = [objection for objection, story in state.objections.items() if story.open]
    answered = [o for act, o in ANSWER_TO.items() if act in acts and o in standing]
    if state.topic in standing and (state.topic in answered or not answered):
        return state.topic
    return answered[0] if answered else None


def _said_something_else(turn: Turn) -> bool:
    """Whether a turn has a sentence nobody is sure about: what `check_resolved` then asks about."""
    sure = (max(segment.acts.values(), default=0.0) for segment in turn.segments)
    return any(confidence < WEIGHTS.accuse_from for confidence in sure)


def _last(turn: Turn, wanted: tuple[TraineeAct, ...]) -> int:
    """Returns the index of the last segment with one of the acts, -1 for none."""
    found = [
        index
        for index, segment in enumerate(turn.segments)
        if any(act in wanted for act, _ in _credible(segment))
    ]
    return max(found, default=-1)


def _answers_to(topic: Objection, state: DialogueState, persona: Persona) -> tuple[TraineeAct, ...]:
    """What answers an objection: also the proof asked for, what was asked, or a fitting offer."""
    answers = tuple(act for act, objection in ANSWER_TO.items() if objection is topic)
    if state.objections[topic].answered and state.owed in (
        CustomerAct.ASK_DETAILS,
        CustomerAct.ASK_PRICE,
    ):
        answers = (*answers, TraineeAct.INFORM)
    if CustomerAct.CHALLENGE in state.last_acts:
        answers = (*answers, TraineeAct.ANSWER_UNCERTAINTY, TraineeAct.INFORM)
    real = persona.objections[topic].kind is ObjectionKind.REAL
    if not (real and state.reason_known):
        return answers
    fitting = (
        act
        for act in OFFERS_ANSWERING[topic]
        if persona.offer_fit[BENEFIT_OF_OFFER[act]] >= WEIGHTS.good_fit
    )
    return (*answers, *fitting)
