from tests.scoring.talks import GRANT, OPENING, PICK_UP, SKILLED, agent, customer, rubric
from trainer.core.assessment import Assessment
from trainer.core.rubric import Condition
from trainer.core.turn import Turn
from trainer.scoring.assessor import assess
from trainer.scoring.pretence import Pretence
from trainer.scoring.texts import load_texts

TIME = customer(("Dafür habe ich wirklich keine Zeit, Frau Vogt.", "object_time"))
REASON = customer(("Die Pflanzen waren vertrocknet.", "give_reason"))
NO = customer(("Nein, ich möchte nicht mehr.", "decline"))


def scored(*turns: Turn) -> Assessment:
    return assess(turns, rubric(), {})


def test_every_check_of_the_rubric_has_its_texts_and_every_text_its_check() -> None:
    texts = load_texts()
    assert set(texts.checks) == {check.id for check in rubric().checks}
    assert set(texts.shortfalls) == {*Condition, *Pretence}
    of_principles = {c for c in texts.checks if not c.startswith("relationship.")}
    assert all(texts.checks[check].better for check in of_principles)


def test_every_check_that_can_be_partly_met_says_so() -> None:
    halves = [check for check in rubric().checks if check.partly < check.met]
    assert [check.id for check in halves if load_texts().checks[check.id].partly is None] == []


def test_two_points_come_from_different_principles() -> None:
    result = scored(PICK_UP, OPENING, TIME, agent(("Danke.", "appreciate")), REASON)
    first, second = result.advice
    assert first.check.split(".")[0] != second.check.split(".")[0]
    assert first.quote != second.quote


def test_the_better_sentence_takes_up_the_objection_and_the_name() -> None:
    result = scored(PICK_UP, OPENING, TIME, agent(("Danke.", "appreciate")), REASON)
    advice = next(a for a in result.advice if a.check.startswith("objections."))
    assert "Dafür habe ich wirklich keine Zeit" in advice.better
    assert advice.quote is not None and advice.quote.turn == 2
    assert "{" not in advice.better


def test_a_perfect_call_gets_no_made_up_advice() -> None:
    result = scored(*SKILLED)
    improvable = {f.id for f in result.findings if f.result in ("not", "partly")}
    assert {advice.check for advice in result.advice} <= improvable
    assert result.strength is not None


def test_a_harder_check_is_not_advised_before_the_easier_one() -> None:
    result = scored(PICK_UP, OPENING, GRANT, agent(("Zehn Prozent.", "offer_discount")), NO)
    assert "needs.breadth" not in {advice.check for advice in result.advice}


def test_after_a_no_the_better_sentence_does_not_go_on_selling() -> None:
    turns = [*SKILLED[:-2], NO, agent(("Tschüss.", "farewell")), customer(("Tschüss.", "farewell"))]
    advice = [a for a in scored(*turns).advice if a.check == "close.terms"]
    assert all("vermerke" in a.better for a in advice)


def test_an_attempt_that_did_not_count_is_explained() -> None:
    early = agent(
        ("Woran lag es?", "ask_reason"), ("Egal.", "other"), ("Wir haben Neues.", "other")
    )
    result = scored(PICK_UP, OPENING, GRANT, early, GRANT)
    finding = next(f for f in result.findings if f.id == "needs.reason")
    assert "kam Ihr Gegenüber nicht zu Wort" in finding.reason.de
    assert finding.due == 3


def test_harm_that_was_not_done_is_told_as_what_went_well() -> None:
    result = scored(*SKILLED)
    polite = next(f for f in result.findings if f.id == "relationship.polite")
    assert polite.reason.de == "Sie blieben höflich." and polite.quotes == ()


def test_a_check_added_by_a_coach_speaks_through_its_title() -> None:
    data = rubric().model_dump(mode="json")
    first = data["principles"]["lead"]["checks"][0]
    first["weight"] /= 2
    check = first | {"id": "lead.hello", "acts": ["greet"]}
    data["principles"]["lead"]["checks"].append(check)
    result = assess(SKILLED, type(rubric()).model_validate(data), {})
    hello = next(f for f in result.findings if f.id == "lead.hello")
    assert hello.reason.de == "Erfüllt: Sich mit Namen und Firma vorstellen."
