"""The trust curve says which line moved the customer, and by how much."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.personas import make_persona
from trainer.core.acts import Speaker
from trainer.core.text import Language
from trainer.core.turn import Turn
from trainer.dialogue.state import DialogueState, Effect
from trainer.practice import Review
from trainer.store.calls import CallRecord, TurnRecord
from trainer.ui.texts import Texts
from trainer.ui.trust import cause_name, curve

AT = datetime(2026, 11, 25, tzinfo=UTC)
START = DialogueState(trust=0.45, patience=0.8)


def review(*states: DialogueState) -> Review:
    """A call in which customer turns leave these states; the trainee says the turn's number."""
    turns = tuple(
        TurnRecord(
            index=index,
            turn=Turn(
                Speaker.TRAINEE if index % 2 else Speaker.CUSTOMER,
                text=f"Satz {index}",
                segments=(),
            ),
            at=AT,
        )
        for index in range(2 * len(states) - 1)
    )
    call = CallRecord(
        id="c", person="p", persona={}, seed=1, versions={}, started_at=AT, ended_at=AT, turns=turns
    )
    return Review(call, make_persona(), {2 * n: state for n, state in enumerate(states)})


def test_the_first_point_is_the_trust_at_picking_up() -> None:
    (point,) = curve(review(START))
    assert (point.turn, point.trust, point.change) == (None, 45, 0)


def test_each_later_point_names_the_line_before_it_and_the_change() -> None:
    _, up, down = curve(review(START, replace(START, trust=0.6), replace(START, trust=0.52)))
    assert (up.turn, up.said, up.trust, up.change) == (1, "Satz 1", 60, 15)
    assert (down.turn, down.said, down.trust, down.change) == (3, "Satz 3", 52, -8)


def test_causes_are_those_of_trust_strongest_first() -> None:
    moved = replace(
        START,
        trust=0.4,
        effects=(
            Effect("greet", trust=0.01),
            Effect("long_call", patience=-0.1),
            Effect("premature_offer", trust=-0.06),
        ),
    )
    assert curve(review(START, moved))[1].causes == ("premature_offer", "greet")


def test_a_cause_is_named_in_the_language_of_the_page() -> None:
    assert cause_name("stacked", Texts(Language.GERMAN)) == "mehrere Fragen auf einmal"
    assert cause_name("stacked", Texts(Language.ENGLISH)) == "several questions at once"
