"""What the customer keeps in mind: what was promised, asked and offered, and how it was said."""

import pytest

from tests.dialogue.builders import OPENING, Talk
from tests.personas import make_persona
from trainer.core.acts import CustomerAct, Speaker, TraineeAct
from trainer.core.plan import Benefit, Cue
from trainer.core.turn import Segment, Turn
from trainer.dialogue.terms import contradicts, terms_in

A = TraineeAct
C = CustomerAct
WARM = {"trust": 0.6, "candour": 0.9}


def cues(plan) -> set[Cue | None]:
    return {move.cue for move in plan.moves}


def knowing(seed: int = 1, **changes) -> Talk:
    """A talk in which the customer has told the reason."""
    talk = Talk(make_persona(**{"temperament": WARM, **changes}), seed)
    talk.say(*OPENING[0])
    for _ in range(4):
        if talk.state.reason_known:
            return talk
        talk.say(A.ACKNOWLEDGE, A.ASK_REASON)
    raise AssertionError("the reason was not told")


def asked(act: CustomerAct, offer: TraineeAct = A.OFFER_SERVICE) -> Talk:
    """A talk in which the customer has just asked a question about an offer."""
    for seed in range(200):
        talk = knowing(seed, offer_fit={"better_service": 0.9})
        if act in talk.say(offer).acts and not cues(talk.plan) & {Cue.IN_WRITING}:
            return talk
    raise AssertionError(f"nobody asked {act}")


def offer(words: str, act: TraineeAct = A.OFFER_DISCOUNT) -> Turn:
    return Turn(Speaker.TRAINEE, words, (Segment(0, len(words), words, {act: 0.9}),))


@pytest.mark.parametrize("act", [C.ASK_PRICE, C.ASK_DETAILS])
def test_a_question_passed_over_is_asked_once_more_and_then_let_go(act: CustomerAct) -> None:
    talk = asked(act)
    reminded = []
    for _ in range(8):
        plan = talk.say(A.OTHER)
        reminded += [move for move in plan.moves if move.cue is Cue.ANSWER_OWED]
        if talk.state.ended:
            break
    assert [move.act for move in reminded] == [act]


def test_a_question_that_was_answered_is_not_asked_again() -> None:
    talk = asked(C.ASK_PRICE)
    talk.say(A.INFORM)
    assert talk.state.owed is not C.ASK_PRICE
    for _ in range(4):
        assert Cue.ANSWER_OWED not in cues(talk.say(A.OTHER))


def promised(words: str) -> Talk:
    talk = Talk(make_persona(temperament=WARM))
    talk.say(*OPENING[0])
    talk.say(A.SET_AGENDA, text=words)
    for question in (A.ASK_REASON, A.PROBE, A.ASK_GRADE, A.ASK_POSITIVES, A.ASK_PRIORITY):
        talk.say(A.ACKNOWLEDGE, question)
    return talk


def reminders_of_the_offer(talk: Talk) -> int:
    found = 0
    for _ in range(6):
        found += Cue.OFFER_OWED in cues(talk.say(A.OTHER))
    return found


def test_an_announced_proposal_that_does_not_come_is_asked_for_once() -> None:
    assert reminders_of_the_offer(promised("Am Ende mache ich Ihnen einen Vorschlag.")) == 1


def test_nobody_asks_for_a_proposal_that_was_not_announced() -> None:
    assert reminders_of_the_offer(promised("Ich habe erst einmal zwei Fragen an Sie.")) == 0


def test_nobody_asks_for_a_proposal_that_was_made() -> None:
    talk = promised("Am Ende mache ich Ihnen einen Vorschlag.")
    talk.say(A.OFFER_SERVICE)
    assert reminders_of_the_offer(talk) == 0


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("Sie bekommen zwanzig Prozent.", {"prozent": "zwanzig"}),
        ("Das sind 20 % und 3 Monate frei.", {"prozent": "20", "monat": "3"}),
        ("Ein halbes Jahr lang, ohne Zahl.", {}),
        ("", {}),
    ],
)
def test_the_terms_of_an_offer_are_its_figures(words: str, terms: dict[str, str]) -> None:
    assert terms_in(words) == terms


def test_figures_contradict_only_in_the_same_unit() -> None:
    assert contradicts({"prozent": "10"}, {"prozent": "20"})
    assert not contradicts({"euro": "10"}, {"prozent": "20"})
    assert not contradicts({"prozent": "20"}, {"prozent": "20"})


def test_an_offer_is_remembered_with_its_terms_and_another_figure_is_noticed() -> None:
    talk = knowing(offer_fit={"discount": 0.5})
    talk.hear(offer("Ich gebe Ihnen zwanzig Prozent Rabatt."))
    before = talk.state.trust
    plan = talk.hear(offer("Sie bekommen zehn Prozent Rabatt."))
    assert plan.moves[0].cue is Cue.TERMS_CHANGED
    assert talk.state.trust < before
    kept = next(one for one in talk.state.offers if one.benefit is Benefit.DISCOUNT)
    assert kept.terms == {"prozent": "zwanzig"} and kept.named == 2


def test_the_same_figure_again_is_no_contradiction() -> None:
    talk = knowing(offer_fit={"discount": 0.5})
    for _ in range(2):
        plan = talk.hear(offer("Ich gebe Ihnen zwanzig Prozent Rabatt."))
    assert Cue.TERMS_CHANGED not in cues(plan)


def test_some_strangers_are_asked_where_the_number_comes_from_but_once_and_early() -> None:
    persona = make_persona(temperament={"trust": 0.2, "candour": 0.1})
    times, late = [], 0
    for seed in range(60):
        talk = Talk(persona, seed)
        for turn in range(8):
            plan = talk.say(*(OPENING[0] if turn == 0 else (A.INFORM,)))
            times += [seed] if Cue.NUMBER in cues(plan) else []
            late += Cue.NUMBER in cues(plan) and turn > 1
    assert 10 <= len(times) == len(set(times)) and late == 0


def test_a_trusted_caller_is_not_asked_for_the_number() -> None:
    for seed in range(40):
        talk = Talk(make_persona(temperament={"trust": 0.7, "candour": 0.1}), seed)
        assert Cue.NUMBER not in cues(talk.say(*OPENING[0]))


def test_who_doubts_wants_a_good_offer_in_writing_once() -> None:
    asked_for = 0
    for seed in range(40):
        talk = knowing(seed, offer_fit={"better_service": 0.9, "new_staff": 0.9})
        asked_for += sum(
            Cue.IN_WRITING in cues(talk.say(act)) for act in (A.OFFER_SERVICE, A.OFFER_STAFF)
        )
        assert talk.state.asked_back.count(Cue.IN_WRITING) <= 1
    assert asked_for >= 5
