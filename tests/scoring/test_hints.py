"""Hints fit the moment: what the customer just said, then the guide's way."""

import re

import pytest

from tests.scoring.talks import agent, customer, rubric
from trainer.core.acts import GUIDE_QUESTIONS
from trainer.core.turn import Turn
from trainer.scoring.hints import hint_for, load_wording
from trainer.scoring.texts import SLOTS

PICK_UP = customer(("Ja, Yilmaz?", "pick_up"))
OPENING = agent(
    ("Guten Tag, Lena Vogt von Fitwerk.", "greet introduce"),
    ("Ich rufe an, weil Sie fehlen.", "state_reason"),
    ("Passt es kurz?", "ask_permission"),
)
GRANTED = customer(("Ja, kurz.", "grant_time"))
AGENDA = agent(("Erst zwei Fragen, dann ein Vorschlag.", "set_agenda"))
WHY = agent(("Was war der Grund?", "ask_reason"))
REASON = customer(("Man hat mich am Empfang einfach stehen lassen", "give_reason"))
SORRY = agent(("Da haben Sie recht, das tut mir leid.", "accept_criticism apologize acknowledge"))
YES = customer(("Danke.", "thank"))


def check_of(*turns: Turn) -> str:
    return hint_for(turns, rubric()).check


def test_the_way_goes_from_the_opening_over_the_reason_to_the_close() -> None:
    assert check_of(PICK_UP) == "lead.introduce"
    assert check_of(PICK_UP, OPENING, GRANTED) == "lead.agenda"
    begun = (PICK_UP, OPENING, GRANTED, AGENDA, YES)
    assert check_of(*begun) == "needs.reason"
    told = (*begun, WHY, REASON, SORRY, YES)
    assert check_of(*told).startswith("needs.")
    offered = (*told, agent(("Sie bekommen einen festen Trainer.", "offer_staff")), YES)
    asked = [agent((f"Was noch, {act}?", str(act))) for act in GUIDE_QUESTIONS]
    fully = [turn for question in asked for turn in (question, YES)]
    done = (*told, *fully, agent(("Mehr dazu?", "probe")), YES, *offered[-2:])
    assert check_of(*done).startswith(("close.", "needs.summary"))


def test_an_objection_just_raised_comes_before_everything_else_in_the_customers_words() -> None:
    busy = customer(("Ich habe gerade überhaupt keine Zeit", "object_time"))
    hint = hint_for((PICK_UP, OPENING, busy), rubric())
    assert hint.check == "objections.understand"
    assert "Ich habe gerade überhaupt keine Zeit" in hint.text.de


def test_an_answer_is_proposed_only_once_the_customer_has_told_something() -> None:
    costly = customer(("Das ist mir viel zu teuer", "object_cost"))
    understood = agent(("Das verstehe ich.", "acknowledge"), ("Was steckt dahinter?", "isolate"))
    early = (PICK_UP, OPENING, costly, understood, costly)
    assert check_of(*early) != "objections.answer"
    late = (PICK_UP, OPENING, GRANTED, WHY, REASON, SORRY, costly, understood, costly)
    assert check_of(*late) == "objections.answer"


def test_criticism_is_to_be_accepted_first() -> None:
    hint = hint_for((PICK_UP, OPENING, GRANTED, WHY, REASON), rubric())
    assert hint.check == "relationship.accept_criticism"
    assert "einfach stehen lassen" in hint.text.de


def test_after_a_no_nothing_is_to_be_sold() -> None:
    for no in ("decline", "opt_out"):
        refused = customer(("Nein, lassen Sie das bitte.", no))
        assert "Nein" in hint_for((PICK_UP, OPENING, refused, SORRY, YES), rubric()).text.de


def test_a_question_that_was_asked_is_not_proposed_again() -> None:
    asked = (PICK_UP, OPENING, GRANTED, AGENDA, YES, WHY, REASON, SORRY, YES)
    assert hint_for(asked, rubric()).text not in load_wording().questions[GUIDE_QUESTIONS[0]]


def test_a_check_that_is_switched_off_gives_no_hint() -> None:
    book = rubric()
    lead = book.principles["lead"]
    checks = tuple(
        check.model_copy(update={"enabled": check.id != "lead.introduce"}) for check in lead.checks
    )
    part = lead.model_copy(update={"checks": checks})
    without = book.model_copy(update={"principles": {**book.principles, "lead": part}})
    assert hint_for((PICK_UP,), without).check != "lead.introduce"


@pytest.mark.parametrize("turns", [(), (OPENING,), (customer(),)], ids=["empty", "mine", "silent"])
def test_there_is_always_a_hint(turns: tuple[Turn, ...]) -> None:
    assert hint_for(turns, rubric()).text.de


def test_every_wording_ends_without_slots_and_names_checks_that_exist() -> None:
    wording = load_wording()
    known = {check.id for check in rubric().checks}
    assert set(wording.checks) <= known
    assert set(wording.questions) == set(GUIDE_QUESTIONS)
    for texts in (*wording.checks.values(), *wording.questions.values(), wording.after_no):
        for text in texts:
            slots = set(re.findall(r"\{(\w+)\}", text.de))
            assert slots == set(re.findall(r"\{(\w+)\}", text.en)) and slots <= SLOTS
        assert "{" not in texts[-1].de
