from tests.scoring.talks import GRANT, agent, check, customer, talk
from trainer.core.rubric import Condition, Counting
from trainer.scoring.counting import count

ANSWERED = (Condition.ANSWERED,)


def test_the_same_question_asked_again_counts_once() -> None:
    ask = agent(("Woran lag es?", "ask_reason"))
    found = count(check("ask_reason"), talk(ask, GRANT, ask, GRANT, ask, GRANT))
    assert found.amount == 1


def test_questions_stacked_in_one_turn_count_once() -> None:
    stacked = agent(("Woran lag es?", "ask_reason"), ("Welche Note?", "ask_grade"))
    kinds = check("ask_reason", "ask_grade", count=Counting.KINDS, met=2)
    assert count(kinds, talk(stacked, GRANT)).amount == 1


def test_stacked_questions_never_take_a_place_from_single_ones() -> None:
    stacked = agent(("Woran lag es?", "ask_reason"), ("Welche Note?", "ask_grade"))
    single = agent(("Woran lag es denn nun?", "ask_reason"))
    kinds = check("ask_reason", "ask_grade", count=Counting.KINDS, met=2)
    assert count(kinds, talk(stacked, GRANT, single, GRANT)).amount == 2


def test_what_fails_a_condition_is_kept_as_refused() -> None:
    found = count(check("ask_reason", conditions=ANSWERED), talk(agent(("Woran?", "ask_reason"))))
    assert found.amount == 0
    assert [item.text for item in found.refused] == ["Woran?"]


def test_the_share_of_objections_counts_only_answers_of_the_right_kind() -> None:
    spoken = talk(
        customer(("Zu teuer.", "object_cost")),
        agent(("Es geht schnell.", "answer_time")),
        customer(("Keine Zeit.", "object_time")),
        agent(("Fünf Minuten reichen.", "answer_time")),
    )
    found = count(check("answer_cost", "answer_time", count=Counting.OBJECTIONS), spoken)
    assert (found.amount, found.missed) == (0.5, (0,))


def test_without_objections_their_share_is_not_observable() -> None:
    assert count(check("acknowledge", count=Counting.OBJECTIONS), talk(GRANT)).amount is None


def test_criticism_counts_as_a_reservation() -> None:
    spoken = talk(
        customer(("Unverschämt war das!", "complain")), agent(("Das verstehe ich.", "acknowledge"))
    )
    assert count(check("acknowledge", count=Counting.RESERVATIONS), spoken).amount == 1


def test_an_answer_is_taken_up_only_in_the_very_next_turn() -> None:
    spoken = talk(
        customer(("Weil es zu laut war.", "give_reason")),
        agent(("Aha.", "other")),
        customer(("Na ja.", "evade")),
        agent(("Das verstehe ich.", "acknowledge")),
    )
    assert count(check("acknowledge", count=Counting.ANSWERS), spoken).amount == 0


def test_a_check_after_an_objection_has_no_occasion_without_one() -> None:
    one = check("isolate", conditions=(Condition.AFTER_OBJECTION,))
    assert count(one, talk(GRANT, agent(("Guten Tag.", "greet")))).amount is None


def test_harm_said_twice_is_harm_done_twice() -> None:
    push = agent(("Nur heute!", "pressure"))
    assert count(check("pressure", harmful=True), talk(push, GRANT, push)).amount == 2
