from tests.scoring.talks import GRANT, OPENING, PICK_UP, agent, customer, talk
from trainer.core.rubric import Condition
from trainer.scoring.conditions import _TESTS, holds
from trainer.scoring.evidence import Talk
from trainer.scoring.objections import WINDOW


def true_for(condition: Condition, spoken: Talk, act: str) -> list[bool]:
    return [holds(condition, spoken, item) for item in spoken.trainee((act,))]


def test_every_condition_of_the_rubric_is_implemented() -> None:
    assert set(_TESTS) == set(Condition)


def test_opening_is_the_first_three_trainee_turns() -> None:
    turns = [agent((f"Danke {n}.", "appreciate")) for n in range(4)]
    spoken = talk(*(turn for pair in zip(turns, [GRANT] * 4, strict=True) for turn in pair))
    assert true_for(Condition.OPENING, spoken, "appreciate") == [True, True, True, False]


def test_a_question_is_answered_when_the_customer_speaks_next() -> None:
    asked = agent(("Woran lag es?", "ask_reason"))
    assert true_for(Condition.ANSWERED, talk(asked, GRANT), "ask_reason") == [True]
    assert true_for(Condition.ANSWERED, talk(asked), "ask_reason") == [False]
    assert true_for(Condition.ANSWERED, talk(asked, customer((" ", ""))), "ask_reason") == [False]


def test_a_question_talked_over_is_not_answered() -> None:
    asked = agent(("Woran lag es?", "ask_reason"), ("Egal.", "other"), ("Also.", "other"))
    assert true_for(Condition.ANSWERED, talk(asked, GRANT), "ask_reason") == [False]


def test_a_summary_the_customer_rejects_is_not_confirmed() -> None:
    said = agent(("Sie wollen es billiger.", "summarize"))
    no = customer(("Nein, so war das nicht.", "disconfirm"))
    assert true_for(Condition.CONFIRMED, talk(said, no), "summarize") == [False]
    assert true_for(Condition.CONFIRMED, talk(said, GRANT), "summarize") == [True]


def test_before_offer_ends_with_the_turn_of_the_first_offer() -> None:
    ask, offer = agent(("Woran lag es?", "ask_reason")), agent(("Zehn Prozent.", "offer_discount"))
    spoken = talk(ask, GRANT, offer, GRANT, ask)
    assert true_for(Condition.BEFORE_OFFER, spoken, "ask_reason") == [True, False]


def test_a_benefit_before_the_reason_is_known_does_not_count_as_after_it() -> None:
    benefit = agent(("Für Sie heißt das: Ruhe.", "benefit"))
    reason = customer(("Weil es zu laut war.", "give_reason"))
    spoken = talk(benefit, reason, benefit)
    assert true_for(Condition.AFTER_REASON, spoken, "benefit") == [False, True]


def test_a_reaction_to_an_objection_must_come_within_the_window() -> None:
    objection = customer(("Zu teuer.", "object_cost"))
    later = [agent((f"Verstehe {n}.", "acknowledge")) for n in range(WINDOW + 1)]
    assert true_for(Condition.AFTER_OBJECTION, talk(objection, *later), "acknowledge") == [
        True,
        True,
        False,
    ]


def test_criticism_is_a_complaint_or_a_reason() -> None:
    sorry = agent(("Das tut mir leid.", "apologize"))
    complaint = customer(("Unverschämt war das!", "complain"))
    assert true_for(Condition.AFTER_CRITICISM, talk(complaint, sorry), "apologize") == [True]
    assert true_for(Condition.AFTER_CRITICISM, talk(GRANT, sorry), "apologize") == [False]


def test_an_answer_comes_after_understanding_in_the_same_or_the_turn_before() -> None:
    bare = agent(("Dafür hält es länger.", "answer_cost"))
    kind = agent(("Das verstehe ich.", "acknowledge"), ("Es hält länger.", "answer_cost"))
    wrong = agent(("Es hält länger.", "answer_cost"), ("Das verstehe ich.", "acknowledge"))
    assert true_for(Condition.AFTER_UNDERSTANDING, talk(bare), "answer_cost") == [False]
    assert true_for(Condition.AFTER_UNDERSTANDING, talk(kind), "answer_cost") == [True]
    assert true_for(Condition.AFTER_UNDERSTANDING, talk(wrong), "answer_cost") == [False]
    assert true_for(Condition.AFTER_UNDERSTANDING, talk(kind, GRANT, bare), "answer_cost") == [
        True,
        True,
    ]


def test_a_check_needs_an_answer_before_it() -> None:
    check = agent(("Ist das geklärt?", "check_resolved"))
    answer = agent(("Es hält länger.", "answer_cost"))
    condition = Condition.AFTER_REPLY_TO_OBJECTION
    assert true_for(condition, talk(check), "check_resolved") == [False]
    assert true_for(condition, talk(answer, GRANT, check), "check_resolved") == [True]


def test_after_no_needs_a_refusal_before() -> None:
    push = agent(("Jetzt kommen Sie schon.", "pressure"))
    spoken = talk(push, customer(("Nein, danke.", "decline")), push)
    assert true_for(Condition.AFTER_NO, spoken, "pressure") == [False, True]


def test_a_reflex_is_an_answer_straight_after_an_objection_without_understanding() -> None:
    objection = customer(("Zu teuer.", "object_cost"))
    reflex = agent(("Zehn Prozent Rabatt.", "offer_discount"))
    kind = agent(("Verstehe ich.", "acknowledge"), ("Zehn Prozent.", "offer_discount"))
    condition = Condition.WITHOUT_UNDERSTANDING
    assert true_for(condition, talk(objection, reflex), "offer_discount") == [True]
    assert true_for(condition, talk(objection, kind), "offer_discount") == [False]
    assert true_for(condition, talk(GRANT, reflex), "offer_discount") == [False]


def test_a_summary_must_carry_a_word_the_customer_said_before() -> None:
    reason = customer(("Die Lieferung kam nie pünktlich.", "give_reason"))
    heard = agent(("Es ging also um verspätete Lieferungen.", "summarize"))
    unheard = agent(("Es ging also um alles Mögliche.", "summarize"))
    condition = Condition.CARRIES_CUSTOMER_WORDS
    assert true_for(condition, talk(reason, heard), "summarize") == [True]
    assert true_for(condition, talk(reason, unheard), "summarize") == [False]
    assert true_for(condition, talk(heard, reason), "summarize") == [False]


def test_the_customers_sentence_said_again_is_not_the_trainees_own_words() -> None:
    reason = customer(("Die Lieferung kam leider nie pünktlich an.", "give_reason"))
    copy = agent(("Also: Die Lieferung kam leider nie pünktlich an.", "summarize"))
    own = agent(("Sie konnten sich auf die Lieferung nicht verlassen.", "summarize"))
    assert true_for(Condition.OWN_WORDS, talk(reason, copy), "summarize") == [False]
    assert true_for(Condition.OWN_WORDS, talk(reason, own), "summarize") == [True]


def test_a_step_is_concrete_with_a_day_or_a_time_and_never_with_irgendwann() -> None:
    steps = ("Ich rufe Sie am Freitag an.", "Ich schicke Ihnen was.", "Irgendwann im Mai.")
    spoken = talk(*(agent((text, "next_step")) for text in steps))
    assert true_for(Condition.CONCRETE, spoken, "next_step") == [True, False, False]


def test_at_end_is_the_last_three_trainee_turns() -> None:
    turns = [agent((f"Danke {n}.", "appreciate")) for n in range(5)]
    assert true_for(Condition.AT_END, talk(*turns), "appreciate") == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_a_monologue_has_more_segments_than_count() -> None:
    long = agent(*[(f"Satz {n}.", "benefit") for n in range(9)])
    assert all(true_for(Condition.MONOLOGUE, talk(long), "benefit"))
    assert not any(true_for(Condition.MONOLOGUE, talk(PICK_UP, OPENING), "introduce"))
