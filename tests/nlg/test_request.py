from hypothesis import given
from hypothesis import strategies as st

from tests.nlg.builders import brief, plan, trainee
from tests.personas import make_persona
from trainer.core.acts import CustomerAct
from trainer.core.plan import Fact, Length, Mood, Move, Objection, Style
from trainer.nlg.request import MARKS, Request, length_of, request_for, request_messages, spoken

ASKED = trainee("Woran lag es denn?", "ask_reason")


def test_a_request_names_speaker_plan_note_and_what_was_heard() -> None:
    request = Request(
        heard="Woran lag es denn?",
        acts=("give_reason",),
        notes="40 Euro mehr",
        said="Ach so.",
        mood=Mood.SCEPTICAL,
        style=Style.TERSE,
        length=Length.SHORT,
        industry="Kletterhalle",
    )
    system, user = request_messages(request)
    assert system.content == "[knapp]Kletterhalle"
    assert user.content == (
        "Woran lag es denn?\n[give_reason][skeptisch][short]vierzig Euro mehr|Ach so."
    )


def test_only_the_end_of_a_long_turn_is_passed_on() -> None:
    heard = " ".join(f"wort{number}" for number in range(100))
    user = request_messages(Request(heard=heard))[1].content
    assert "wort99" in user
    assert "wort59" not in user
    endless = request_messages(Request(heard="aber" * 2000))[1].content
    assert len(endless) < 500


def test_every_act_mood_style_and_length_has_its_mark() -> None:
    assert len(MARKS) == len(set(MARKS))
    assert {"[pick_up]", "[abweisend]", "[redselig]", "[long]"} <= set(MARKS)


def test_a_fact_brings_its_note_and_other_moves_bring_none() -> None:
    reason = Move(CustomerAct.GIVE_REASON, fact=Fact.REASON)
    thanks = Move(CustomerAct.THANK)
    wanted = brief(plan(reason, thanks), ASKED)
    persona = make_persona()
    assert request_for(reason, wanted, []).notes == persona.facts[Fact.REASON].note
    assert request_for(thanks, wanted, []).notes == ""


def test_an_objection_brings_its_note_where_it_is_raised_not_where_it_is_settled() -> None:
    raised = Move(CustomerAct.OBJECT_COST, objection=Objection.COST)
    settled = Move(CustomerAct.CONCEDE, objection=Objection.COST)
    wanted = brief(plan(raised, settled), ASKED)
    assert request_for(raised, wanted, []).notes == make_persona().objections[Objection.COST].note
    assert request_for(settled, wanted, []).notes == ""


def test_who_picks_up_says_their_name() -> None:
    wanted = brief(plan(CustomerAct.PICK_UP))
    assert request_for(wanted.plan.moves[0], wanted, []).notes == make_persona().name.last


def test_lengths() -> None:
    assert length_of("Ja, hallo?") is Length.SHORT
    assert length_of("Das kann ich Ihnen so schnell nicht sagen.") is Length.MEDIUM
    assert length_of(" ".join(["Wort"] * 15)) is Length.LONG


def test_numbers_are_spoken_and_other_figures_stay() -> None:
    assert spoken("9 Tage, 150 Euro, Note 4; 3.500 Euro, B2B") == (
        "neun Tage, hundertfünfzig Euro, Note vier; 3.500 Euro, B2B"
    )


@given(st.text(max_size=80))
def test_any_note_can_be_spoken(note: str) -> None:
    assert len(spoken(note).split()) == len(note.split())
