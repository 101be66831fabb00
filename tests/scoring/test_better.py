"""A better sentence, said where it is proposed, is heard as what the check asks for."""

import pytest

from tests.scoring.talks import GRANT, OPENING, PICK_UP, agent, customer, rubric
from trainer.core.acts import Speaker
from trainer.core.assessment import Advice, Assessment
from trainer.core.plan import Objection
from trainer.core.rubric import Check, Condition
from trainer.core.turn import Recognizer, Turn
from trainer.nlu.recognizer import load_recognizer
from trainer.scoring.assessor import assess
from trainer.scoring.texts import Sentence, load_texts
from trainer.scoring.words import echoes
from trainer.settings import Settings

OBJECTED = {
    None: "Das müsste ich sehen, um es zu glauben",
    Objection.TIME: "Dafür habe ich wirklich keine Zeit",
    Objection.COST: "Das ist mir einfach zu teuer",
    Objection.UNCERTAINTY: "Trauen tu ich der Sache nicht",
}
SAID = (
    {
        "grund": "Elf Meldungen, alle angeblich erledigt",
        "wunsch": "Wenn ich mich beschwere, will ich gehört werden",
        "worte": "Die Zeitung lag nass vor dem Tor, oder sie kam erst nach zehn",
    },
    {
        "grund": "Ihr Fahrer hat meine Mitarbeiterin angeblafft, vor Patienten",
        "wunsch": "Es müsste jemand ans Telefon gehen, der mich kennt",
        "worte": "Ich habe in vier Monaten elf Störungen gemeldet",
    },
    {
        "grund": "Stapelpost holt für drei fünfzig ab, bei Ihnen bin ich bei drei neunzig",
        "wunsch": "Rechnungen, die stimmen, und zwar beim ersten Mal",
        "worte": "Ich kam mir vor, als gäbe es mich gar nicht",
    },
)
CHECKS = [check for check in rubric().checks if load_texts().checks[check.id].better]
_OF_WORDS = {Condition.CARRIES_CUSTOMER_WORDS, Condition.OWN_WORDS}


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return load_recognizer(Settings().recognizer)


def filled(sentence: Sentence, said: dict[str, str]) -> str:
    return sentence.text.format(
        anrede="Frau Yilmaz",
        name="Lena Vogt",
        firma="von der Gärtnerei Kolb",
        einwand=OBJECTED[sentence.objection],
        **said,
    )


def does(text: str, heard: str, check: Check, recognizer: Recognizer) -> bool:
    """Whether a sentence does what a check counts or, of a harmful one, is free of it."""
    segments = recognizer.label(text, speaker=Speaker.TRAINEE, context=heard)
    acts = {a for part in segments for a, p in part.acts.items() if p >= rubric().confidence}
    return acts.isdisjoint(check.acts) if check.harmful else not acts.isdisjoint(check.acts)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_better_sentence_is_heard_as_what_its_check_asks_for(
    check: Check, recognizer: Recognizer
) -> None:
    for sentence in load_texts().checks[check.id].better:
        heard = [OBJECTED[sentence.objection] if "einwand" in sentence.slots else s["worte"]
                 for s in SAID]  # fmt: skip
        counted = [
            does(filled(sentence, said), f"{words}.", check, recognizer)
            for said, words in zip(SAID, heard, strict=True)
        ]
        # Somebody else's words within a sentence can hide its act; mostly they must not.
        assert sum(counted) > len(counted) / 2, sentence.text


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_where_the_customers_words_are_asked_for_a_sentence_has_room_for_them(check: Check) -> None:
    if _OF_WORDS & {*check.conditions}:
        slots = [sentence.slots & {"grund", "wunsch"} for sentence in texts_of(check)]
        assert sum(map(bool, slots)) >= 2


def texts_of(check: Check) -> tuple[Sentence, ...]:
    return load_texts().checks[check.id].better


def scored(*turns: Turn) -> Assessment:
    return assess([PICK_UP, OPENING, *turns], rubric(), {})


def words_of(advice: tuple[Advice, ...]) -> str:
    return " ".join(item.better for item in advice)


def test_the_longest_statement_is_quoted_or_none() -> None:
    long = (
        "Zwei Häuser ohne Aufzug, elf Tage das eine, sechs das andere, und ich telefoniere neunmal "
        "mit einer Leitstelle, die nie zurückruft."
    )
    reason = customer(("Ich erzähle es Ihnen gern.", "give_reason"), (long, "give_reason"))
    result = scored(GRANT, agent(("Woran lag es?", "ask_reason")), reason, agent(("Aha.", "other")))
    assert "erzähle es Ihnen gern" not in words_of(result.advice)


def test_a_question_is_not_quoted_as_an_objection() -> None:
    doubt = customer(("Zu teuer.", "object_cost"), ("Das sagt man doch so, oder?", "object_cost"))
    result = scored(
        GRANT, agent(("Zehn Prozent.", "offer_discount")), doubt, agent(("Gut.", "other"))
    )
    better = next(a.better for a in result.advice if a.check.startswith("objections."))
    assert "Zu teuer" in better and "sagt man" not in better


def test_how_somebody_picked_up_is_never_taken_up() -> None:
    hello = customer(("Ja, hallo, hier ist Becker.", "pick_up"))
    denied = agent(("Das stimmt so nicht.", "contradict"))
    turns = [hello, denied, customer(("Aha.", "other")), OPENING, GRANT]
    advice = assess(turns, rubric(), {}).advice
    assert any("ernst" in item.better for item in advice)
    assert "hallo, hier ist" not in words_of(advice)


def test_where_nothing_was_told_there_is_nothing_to_sum_up_or_dig_into() -> None:
    aha = customer(("Aha.", "other"))
    result = scored(GRANT, agent(("Zehn Prozent.", "offer_discount")), aha, agent(("Ja.", "other")))
    told = {"needs.dig", "needs.summary", "needs.return_if", "needs.take_up"}
    assert told.isdisjoint(advice.check for advice in result.advice)


def test_what_is_proposed_is_no_echo_of_what_was_just_heard() -> None:
    heard = "Trotzdem möchte ich das in aller Ruhe prüfen, bevor ich mich dazu äußere."
    doubt = customer((heard, "object_uncertainty"))
    result = scored(
        GRANT, agent(("Zehn Prozent.", "offer_discount")), doubt, agent(("Gut.", "other"))
    )
    assert result.advice and not any(echoes(advice.better, heard) for advice in result.advice)


def test_who_asked_for_no_reason_hears_of_that_before_the_way_through_the_call() -> None:
    sold = agent(("Zehn Prozent.", "offer_discount"))
    result = scored(
        GRANT, sold, customer(("Zu teuer.", "object_cost")), agent(("Na gut.", "other"))
    )
    checks = [advice.check for advice in result.advice]
    assert "needs.reason" in checks and "lead.agenda" not in checks
