import pytest

from tests.scoring.talks import agent, customer
from trainer.scoring.balance import balance_of


def test_words_and_questions_are_counted_by_speaker() -> None:
    talk = [
        customer(("Ja, bitte?", "pick_up")),
        agent(("Guten Tag, Frau Groß-Öztürk.", "greet"), ("Passt es gerade?", "ask_permission")),
        customer(("Ja.", "grant_time")),
        agent(("Erzählen Sie mir vom Grund", "ask_reason")),
    ]
    balance = balance_of(talk)
    assert (balance.trainee_words, balance.customer_words) == (12, 3)
    assert balance.talk_share == pytest.approx(12 / 15)
    assert (balance.questions, balance.trainee_turns, balance.question_rate) == (2, 2, 1.0)


def test_a_talk_without_a_word_has_no_shares() -> None:
    for talk in ([], [agent(("…", "other"))]):
        balance = balance_of(talk)
        assert balance.talk_share is None
    assert balance_of([]).question_rate is None
