"""What it takes to win: listening, fairness, and more of both with harder customers."""

from random import Random

import pytest

from tests.dialogue.builders import OPENING, Talk, turn
from tests.personas import make_persona
from trainer.core.acts import CustomerAct, TraineeAct
from trainer.core.plan import WON, Cue, Ending, Objection
from trainer.dialogue.answer import OBJECTING
from trainer.dialogue.objections import change

A = TraineeAct
C = CustomerAct
QUESTIONS = (A.ASK_REASON, A.PROBE, A.ASK_PRIORITY, A.ASK_POSITIVES, A.ASK_CONDITIONS)
HEARD_ONLY = {
    "temperament": {"trust": 0.6, "candour": 1.0},
    "decision": {"trust": 0.55, "fit": 0.0, "settled": []},
    "offer_fit": {"discount": 0.0},
}


def listen(talk: Talk) -> None:
    """Opens, asks, understands and treats every objection that comes up."""
    talk.say(*OPENING[0])
    for question in QUESTIONS:
        _treat(talk)
        talk.say(A.ACKNOWLEDGE, question)
    talk.say(A.SUMMARIZE)
    _treat(talk)


def _treat(talk: Talk) -> None:
    for _ in range(6):
        topic = talk.state.topic
        if topic is None or not talk.state.objections[topic].open:
            return
        talk.say(A.ACKNOWLEDGE, A.ISOLATE)
        topic = talk.state.topic or topic
        talk.say(A.ACKNOWLEDGE, A(f"answer_{topic}"), A.CHECK_RESOLVED)


def ask_until_decided(talk: Talk) -> Ending | None:
    for _ in range(4):
        if talk.state.verdict is not None:
            break
        talk.say(A.ASK_COMMITMENT)
        _treat(talk)
    return talk.state.verdict


def test_who_only_wants_to_be_heard_comes_back_without_any_offer() -> None:
    talk = Talk(make_persona(**HEARD_ONLY))
    listen(talk)
    assert not talk.state.offers
    assert ask_until_decided(talk) is Ending.ACCEPTED


def test_who_was_hardly_asked_does_not_say_yes() -> None:
    talk = Talk(make_persona(**{**HEARD_ONLY, "temperament": {"trust": 0.95, "candour": 1.0}}))
    talk.say(*OPENING[0])
    talk.say(A.ACKNOWLEDGE, A.ASK_REASON)
    for _ in range(4):
        talk.say(A.APPRECIATE)
        _treat(talk)
    assert len(talk.state.facts_out) < 3
    assert ask_until_decided(talk) not in WON


def test_a_discount_for_someone_who_wants_to_be_heard_does_harm() -> None:
    trust = []
    for act in (A.OFFER_DISCOUNT, A.INFORM):
        talk = Talk(make_persona(**HEARD_ONLY))
        listen(talk)
        before = talk.state.trust
        talk.say(act)
        trust.append(talk.state.trust - before)
    assert trust[0] < 0 <= trust[1]


def test_remembered_harm_stands_in_the_way_of_a_yes() -> None:
    decision = {"trust": 0.75, "fit": 0.0, "settled": []}
    verdicts = []
    for harm in ((), (A.PRESSURE, A.BLAME, A.CONTRADICT)):
        talk = Talk(make_persona(**{**HEARD_ONLY, "decision": decision}))
        listen(talk)
        for act in harm:
            talk.say(act)
        talk.say(A.ASK_COMMITMENT)
        verdicts.append(talk.state.verdict)
    assert verdicts[0] in WON and verdicts[1] not in WON


def test_a_question_that_passes_over_what_was_told_wins_less() -> None:
    gains = []
    for turn_of in ((A.ACKNOWLEDGE, A.ASK_PRIORITY), (A.ASK_PRIORITY,)):
        talk = Talk(make_persona(temperament={"trust": 0.4, "candour": 0.9}))
        talk.say(A.INTRODUCE, A.STATE_REASON, A.ASK_REASON)
        before = talk.state.trust
        talk.say(*turn_of)
        gains.append(talk.state.trust - before)
    assert gains[1] < gains[0] / 2


def test_everything_at_once_is_interrupted_and_wins_nothing() -> None:
    talk = Talk()
    talk.say(*OPENING[0])
    before = talk.state.trust
    plan = talk.say(
        A.SUMMARIZE, A.BENEFIT, A.OFFER_SERVICE, A.ANSWER_COST, A.ASK_COMMITMENT, A.NEXT_STEP
    )
    assert plan.moves[0].cue is Cue.TOO_LONG
    assert talk.state.trust < before and talk.state.commitment_asks == 0


def test_a_pretext_argued_with_again_and_again_ends_in_a_no() -> None:
    persona = make_persona(temperament={"trust": 0.4, "patience": 1.0, "candour": 0.0})
    for seed in range(20):
        talk = Talk(persona, seed)
        talk.say(*OPENING[0])
        for _ in range(30):
            answers = [A(f"answer_{o}") for o, s in talk.state.objections.items() if s.open]
            talk.say(*(answers[:1] or (A.INFORM,)))
            if talk.state.verdict or talk.state.ended:
                break
        assert talk.state.turns < 25
        assert (talk.state.verdict or talk.state.ended) not in (None, *WON)


@pytest.mark.parametrize("act", [A.ANSWER_TIME, A.INFORM, A.APPRECIATE, A.OFFER_GIFT])
def test_two_kinds_of_objection_come_up_in_eight_turns_whatever_is_done(act: TraineeAct) -> None:
    for seed in range(20):
        talk = Talk(make_persona(temperament={"patience": 1.0, "candour": 0.9}), seed)
        talk.say(*OPENING[0])
        for _ in range(7):
            talk.say(act)
        if talk.state.turns < 8:
            continue
        assert sum(story.raised > 0 for story in talk.state.objections.values()) >= 2


def test_nobody_objects_to_silence() -> None:
    talk = Talk(make_persona(temperament={"patience": 1.0}))
    plans = [talk.say(text="") for _ in range(8)]
    assert not {act for plan in plans for act in plan.acts} & set(OBJECTING.values())


def test_asking_what_is_behind_a_pretext_is_no_second_question_for_the_reason() -> None:
    for seed in range(60):
        talk = Talk(make_persona(temperament={"trust": 0.7, "candour": 0.9}), seed)
        talk.say(A.INTRODUCE, A.STATE_REASON, A.ASK_REASON)
        for _ in range(6):
            if OBJECTING[Objection.TIME] in talk.plan.acts:
                plan = talk.say(A.ACKNOWLEDGE, A.ASK_REASON)
                assert Cue.REPEATED_QUESTION not in {move.cue for move in plan.moves}
                return
            talk.say(A.INFORM)
    raise AssertionError("no pretext came up")


def test_an_unsure_word_of_parting_in_the_middle_does_not_end_the_call() -> None:
    talk = Talk(make_persona(temperament={"trust": 0.6}))
    talk.say(*OPENING[0])
    talk.say(A.ACKNOWLEDGE, A.ASK_REASON)
    talk.say(A.RESPECT_OPTOUT)
    assert talk.state.ended is None


def test_asking_for_the_decision_over_and_over_costs_trust() -> None:
    talk = Talk(make_persona(temperament={"trust": 0.6}))
    talk.say(*OPENING[0])
    talk.say(A.ACKNOWLEDGE, A.ASK_REASON)
    for _ in range(3):
        talk.say(A.ASK_COMMITMENT)
    assert "nagging" in {effect.cause for effect in talk.state.effects}


WAVERING = {
    "temperament": {"trust": 0.35, "candour": 0.5},
    "offer_fit": {"better_service": 0.9},
    "decision": {"trust": 0.8, "fit": 0.6, "settled": ["uncertainty"]},
}


def share_won(difficulty: str) -> float:
    """Plays agents of mixed quality, the same ones for each difficulty."""
    won = 0
    for seed in range(40):
        rng = Random(seed)
        care = rng.random()
        talk = Talk(make_persona(difficulty=difficulty, **WAVERING), seed)
        talk.say(*OPENING[0])
        for question in QUESTIONS:
            if rng.random() < care:
                _treat(talk)
            talk.hear(turn(*((A.ACKNOWLEDGE,) if rng.random() < care else ()), question))
        talk.say(A.SUMMARIZE)
        talk.say(A.OFFER_SERVICE, A.BENEFIT)
        _treat(talk)
        won += ask_until_decided(talk) in WON
    return won / 40


def test_difficulty_shows_in_who_is_won() -> None:
    easy, medium, hard = (share_won(level) for level in ("easy", "medium", "hard"))
    assert easy > medium > hard


def test_harm_is_felt_more_by_harder_customers() -> None:
    falls = []
    for difficulty in ("easy", "medium", "hard"):
        talk = Talk(make_persona(difficulty=difficulty))
        talk.say(*OPENING[0])
        before = talk.state.trust
        talk.say(A.CONTRADICT)
        falls.append(before - talk.state.trust)
    assert falls == sorted(falls) and falls[0] < falls[-1]


def settle_by_one_answer(difficulty: str, seed: int) -> tuple[Talk, bool]:
    """Brings out the real objection and answers it well, once."""
    talk = Talk(
        make_persona(difficulty=difficulty, temperament={"trust": 0.9, "candour": 0.0}), seed
    )
    talk.say(*OPENING[0])
    for _ in range(6):
        if OBJECTING[Objection.UNCERTAINTY] in talk.plan.acts:
            break
        talk.say(A.ACKNOWLEDGE, A.ISOLATE)
    talk.say(A.ACKNOWLEDGE, A.ANSWER_UNCERTAINTY, A.CHECK_RESOLVED)
    return talk, talk.state.objections[Objection.UNCERTAINTY].settled


def test_harder_customers_want_proof_before_they_let_go() -> None:
    for seed in range(5):
        assert settle_by_one_answer("medium", seed)[1]
        talk, settled = settle_by_one_answer("hard", seed)
        assert not settled and talk.plan.moves[0].cue is Cue.IN_WRITING
        talk.say(A.INFORM, A.CHECK_RESOLVED)
        assert talk.state.objections[Objection.UNCERTAINTY].settled


def test_harder_customers_do_not_tell_a_stranger_why_they_left() -> None:
    told = {}
    for difficulty in ("medium", "hard"):
        persona = make_persona(difficulty=difficulty, temperament={"trust": 0.1, "candour": 0.5})
        talk = Talk(persona)
        told[difficulty] = bool(talk.say(*OPENING[0][:3], A.ASK_REASON).facts)
    assert told == {"medium": True, "hard": False}


def test_a_vague_close_before_hardly_anything_was_objected_meets_a_doubt_not_a_no() -> None:
    played = 0
    for seed in range(20):
        talk = Talk(make_persona(temperament={"trust": 0.7, "candour": 1.0}), seed)
        talk.say(A.INTRODUCE, A.STATE_REASON, A.ASK_REASON)
        if sum(story.raised > 0 for story in talk.state.objections.values()) >= 2:
            continue
        played += 1
        plan = talk.say(A.VAGUE_CLOSE)
        assert talk.state.verdict is None
        assert set(OBJECTING.values()) & set(plan.acts)
    assert played > 5


def test_a_call_at_another_time_meets_a_want_of_time() -> None:
    verdicts = []
    for ask in (A.ASK_COMMITMENT, A.NEXT_STEP):
        talk = Talk(make_persona(**HEARD_ONLY))
        listen(talk)
        talk.state = change(Objection.TIME, talk.state, raised=1, dropped=False, settled=False)
        talk.say(ask)
        verdicts.append(talk.state.verdict)
    assert verdicts == [None, Ending.NEXT_STEP]
