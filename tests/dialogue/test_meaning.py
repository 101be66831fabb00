"""What was heard is taken the way somebody means it who has just listened."""

import pytest

from tests.dialogue.builders import OPENING, Talk, turn
from tests.personas import make_persona
from trainer.core.acts import GUIDE_QUESTIONS, CustomerAct, Speaker, TraineeAct
from trainer.core.plan import Benefit, Cue, Fact, Objection
from trainer.core.turn import Segment, Turn
from trainer.dialogue.answer import OBJECTING

A = TraineeAct
C = CustomerAct
CANDID = {"temperament": {"trust": 0.7, "candour": 1.0, "patience": 1.0}}


def told(**changes) -> Talk:
    """A talk in which the reason has just been told and no objection stands in the room."""
    for seed in range(60):
        talk = Talk(make_persona(**{**CANDID, **changes}), seed)
        talk.say(A.INTRODUCE, A.STATE_REASON, A.ASK_REASON)
        if talk.plan.acts == (C.GIVE_REASON,):
            return talk
    raise AssertionError("no seed told the reason alone")


def said(*parts: tuple[str, dict[TraineeAct, float]]) -> Turn:
    segments, start = [], 0
    for text, acts in parts:
        segments.append(Segment(start, start + len(text), text, dict(acts)))
        start += len(text) + 1
    return Turn(Speaker.TRAINEE, " ".join(text for text, _ in parts), tuple(segments))


def test_what_happened_there_right_after_the_reason_digs_deeper() -> None:
    assert told().say(A.APOLOGIZE, A.ASK_REASON).facts == {Fact.ELABORATE}


def test_the_reason_asked_again_by_somebody_who_did_not_listen_is_noticed() -> None:
    talk = told()
    talk.say(A.INFORM)
    cues = {move.cue for move in talk.say(A.ASK_REASON).moves}
    assert Cue.REPEATED_QUESTION in cues


def test_what_else_is_behind_it_with_no_objection_in_the_room_digs_deeper() -> None:
    assert told().say(A.ISOLATE).facts == {Fact.ELABORATE}


def test_a_question_hardly_understood_brings_out_what_matters_most() -> None:
    talk = Talk(make_persona(**CANDID))
    talk.say(*OPENING[0])
    plan = talk.hear(turn(A.ASK_NEVER_AGAIN, confidence=0.35))
    assert Fact.NEVER_AGAIN not in plan.facts
    assert told().hear(turn(A.ASK_GRADE, confidence=0.35)).facts == {Fact.ELABORATE}
    assert told().hear(turn(A.ASK_GRADE, confidence=0.6)).facts == {Fact.GRADE}


def test_a_question_not_understood_at_all_is_still_a_question() -> None:
    riddle = said(
        ("Das tut mir leid.", {A.APOLOGIZE: 0.9}), ("Was hatte das für Folgen in der Kanzlei?", {})
    )
    assert told().hear(riddle).facts == {Fact.ELABORATE}


def test_a_plain_statement_after_a_question_of_the_customer_is_its_answer() -> None:
    talk = told()
    talk.say(A.OFFER_SERVICE)
    for _ in range(12):
        if talk.state.owed is not None and talk.state.owed_at == talk.state.turns:
            break
        talk.say(A.OFFER_SERVICE)
    owed = talk.state.owed
    assert owed is not None
    plan = talk.hear(said(("Im Einzelnen heißt das, Sie rufen mich direkt an.", {})))
    assert Cue.UNSURE not in {move.cue for move in plan.moves}
    assert talk.state.owed is None or talk.state.owed_at == talk.state.turns


def test_blame_hardly_heard_next_to_an_apology_is_not_resented() -> None:
    unsure = ("Seite hundertzwölf, das darf nicht wahr sein.", {A.BLAME: 0.6})
    sorry = ("Das tut mir leid.", {A.APOLOGIZE: 1.0})
    talk = told()
    assert C.COMPLAIN not in talk.hear(said(unsure, sorry)).acts and talk.state.irritation == 0
    assert C.COMPLAIN in told().hear(said(unsure)).acts
    sure = ("Das haben Sie falsch gemacht.", {A.BLAME: 0.9})
    assert C.COMPLAIN in told().hear(said(sure, sorry)).acts


def test_what_is_named_in_a_summary_is_no_offer() -> None:
    summary = said(
        ("Also ein fester Ansprechpartner.", {A.OFFER_STAFF: 0.5}),
        ("Habe ich Sie richtig verstanden?", {A.CHECK_RESOLVED: 0.5}),
    )
    talk = told()
    assert talk.hear(summary).acts[0] is C.CONFIRM
    assert not talk.state.offers


def test_whoever_says_so_sums_up() -> None:
    unheard = ("Dann fasse ich das mal zusammen: Die Leitung muss laufen.", {A.ASK_CLOSED: 0.4})
    assert told().hear(said(unheard)).acts[0] is C.CONFIRM


WISH = "Sie können jeden Monat gehen, monatlich kündbar, und das Kursgeld bleibt."


def wishing() -> Talk:
    conditions = make_persona().model_dump(mode="json")["facts"]
    conditions["conditions"]["note"] = "monatlich kündbar, Kursgeld bleibt gleich"
    talk = told(facts=conditions, offer_fit={"better_offer": 0.9})
    talk.say(A.ACKNOWLEDGE, A.ASK_CONDITIONS)
    assert Fact.CONDITIONS in talk.state.facts_out
    return talk


def test_promising_what_was_wished_for_is_the_best_offer_whatever_it_sounds_like() -> None:
    talk = wishing()
    talk.hear(said((WISH, {A.INFORM: 0.5})))
    assert [offer.benefit for offer in talk.state.offers] == [Benefit.BETTER_OFFER]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (WISH, A.SUMMARIZE),
        (WISH, A.ASK_RETURN_IF),
        ("Wir haben jetzt neue Geräte.", A.INFORM),
    ],
)
def test_summing_it_up_or_promising_something_else_grants_no_wish(
    text: str, act: TraineeAct
) -> None:
    talk = wishing()
    talk.hear(said((text, {act: 0.9})))
    assert not talk.state.offers


def test_a_wish_nobody_told_cannot_be_granted_by_guessing() -> None:
    talk = told()
    talk.hear(said((WISH, {A.INFORM: 0.5})))
    assert not talk.state.offers


def test_a_question_asked_on_past_a_pretext_is_answered() -> None:
    objections = make_persona().model_dump(mode="json")["objections"]
    objections["time"]["hides"] = "reason"
    for seed in range(60):
        talk = Talk(make_persona(objections=objections, **CANDID), seed)
        talk.say(*OPENING[0])
        if talk.plan.acts[-1] is C.OBJECT_TIME:
            assert talk.say(A.ANSWER_TIME, A.ASK_REASON).facts == {Fact.REASON}
            return
    raise AssertionError("no pretext came up")


def test_who_asks_for_the_decision_after_probing_did_not_wait_for_the_answer() -> None:
    for seed in range(60):
        talk = Talk(make_persona(**CANDID), seed)
        talk.say(*OPENING[0])
        if talk.plan.acts[-1] is C.OBJECT_TIME:
            talk.say(A.ACKNOWLEDGE, A.ISOLATE, A.ASK_COMMITMENT)
            assert not talk.state.objections[Objection.TIME].isolated
            return
    raise AssertionError("no pretext came up")


def test_an_objection_out_of_the_blue_is_led_over_to() -> None:
    bridged = 0
    for seed in range(40):
        talk = Talk(make_persona(**CANDID), seed)
        talk.say(*OPENING[0])
        for question in GUIDE_QUESTIONS[:-1]:
            moves = talk.say(A.ACKNOWLEDGE, question).moves
            for before, move in zip(moves, moves[1:], strict=False):
                if move.act in OBJECTING.values() and before.act is not C.RETURN_MAYBE:
                    assert before.cue is Cue.FURTHER, moves
                    bridged += 1
    assert bridged
