import pytest

from tests.nlg.builders import customer, trainee
from trainer.nlg.heard import hear_customer
from trainer.nlg.words import numbers, sentences, spell, stem

TALK = [trainee("Danke schön."), customer("Na gut. Das klingt für mich erst mal ganz ordentlich!")]


@pytest.mark.parametrize(
    "text",
    [
        "Das klingt für mich erst mal ganz ordentlich.",
        "das klingt fuer mich erst mal ganz ordentlich",
        "Das klingt für mich ganz ordentlich.",
        "Hm. Das klingt für mich erst mal ganz ordentlich.",
    ],
)
def test_the_same_or_nearly_the_same_words_are_noticed(text: str) -> None:
    assert hear_customer(TALK).resembles(text)


@pytest.mark.parametrize("text", ["Das ist mir zu teuer.", "Gut, machen wir.", "Danke schön."])
def test_other_words_are_not(text: str) -> None:
    assert not hear_customer(TALK).resembles(text)


def test_a_word_alone_counts_only_alone() -> None:
    heard = hear_customer([customer("Ja.")])
    assert heard.resembles("Ja.")
    assert not heard.resembles("Ja. Aber erst nächste Woche.")


def test_what_is_added_is_heard() -> None:
    heard = hear_customer([]).and_also("Das überlege ich mir.")
    assert heard.resembles("Das überlege ich mir!")


@pytest.mark.parametrize(
    ("number", "spoken"), [(0, "null"), (7, "sieben"), (21, "einundzwanzig"), (30, "dreißig"),
                           (150, "hundertfünfzig"), (299, "zweihundertneunundneunzig"),
                           (2000, "zweitausend")],
)  # fmt: skip
def test_numbers_are_spelled_as_spoken(number: int, spoken: str) -> None:
    assert spell(number) == spoken


def test_numbers_are_found_in_digits_and_words_alike() -> None:
    assert numbers("20 Prozent") == numbers("zwanzig Prozent") == {stem("zwanzig")}
    assert not numbers("Da hab ich meine Zweifel, achten Sie auf die Einzelheiten.")


def test_sentences_are_cut_and_joined_without_loss() -> None:
    text = "Ja. Das war am 3. März, sagte Dr. Weiß … und dann? „Nie wieder!“ So war's."
    assert " ".join(sentences(text)) == text
    assert sentences("Gut. Machen wir!") == ["Gut.", "Machen wir!"]


def test_single_words_in_a_row_said_before_are_noticed() -> None:
    heard = hear_customer([customer("Aha. Und?")])
    assert heard.resembles("Aha. Und?")
    assert not heard.resembles("Aha. Was?")
