import pytest

from trainer.core.acts import CustomerAct
from trainer.core.plan import Cue, Objection
from trainer.simulation.agent import Agent, Heard
from trainer.simulation.careful import average, skilled
from trainer.simulation.careless import discount, silent
from trainer.simulation.needs import offers_by_need
from trainer.simulation.skills import SKILLS
from trainer.simulation.wordings import load_wordings

C = CustomerAct


def tell(agent: Agent, skill, *acts: CustomerAct, text: str = "Ja.", cues=()) -> tuple[str, ...]:
    heard = Heard(text, acts, cues)
    agent.listen(heard)
    skill(agent, heard)
    return agent.meant


def test_the_skilled_agent_opens_fully_then_looks_behind_an_objection_then_answers_it(
    agent: Agent,
) -> None:
    assert tell(agent, skilled, C.PICK_UP) == (
        "greet",
        "introduce",
        "state_reason",
        "ask_permission",
    )
    assert tell(agent, skilled, C.OBJECT_TIME) == ("acknowledge", "isolate")
    assert "answer_time" in tell(agent, skilled, C.OBJECT_TIME)
    assert agent.open_topic is Objection.TIME


def test_the_skilled_agent_does_not_ask_what_it_was_told_already(agent: Agent) -> None:
    tell(agent, skilled, C.PICK_UP)
    tell(agent, skilled, C.GIVE_REASON)
    for _ in range(8):
        assert "ask_reason" not in tell(agent, skilled, C.GIVE_PRIORITY)
    assert "ask_priority" not in agent.meant


def test_the_skilled_agent_answers_questions_back(agent: Agent) -> None:
    tell(agent, skilled, C.PICK_UP)
    assert "inform_number" in tell(agent, skilled, C.ASK_WHO, cues=(Cue.NUMBER,))
    assert "inform_writing" in tell(agent, skilled, C.ASK_DETAILS, cues=(Cue.IN_WRITING,))
    assert "inform_price" in tell(agent, skilled, C.ASK_PRICE)


def test_a_no_is_respected_by_the_skilled_and_ends_the_call(agent: Agent) -> None:
    tell(agent, skilled, C.PICK_UP)
    assert tell(agent, skilled, C.OPT_OUT) == ("respect_optout", "farewell")


def test_the_average_agent_answers_objections_mostly_without_looking_behind_them(
    agent: Agent,
) -> None:
    tell(agent, average, C.PICK_UP)
    meant = [tell(agent, average, C.OBJECT_COST) for _ in range(100)]
    assert 0.6 < sum("answer_cost" in one for one in meant) / 100 < 0.95


def test_the_discount_thrower_offers_nothing_else(agent: Agent) -> None:
    offered = {m for _ in range(30) for m in tell(agent, discount, C.CHALLENGE)}
    assert {m for m in offered if m.startswith("offer_")} == {"offer_discount"}


def test_the_silent_agent_says_no_words(agent: Agent) -> None:
    words = [silent(agent, Heard("Hallo?", (C.PICK_UP,))).strip(" .…") for _ in range(20)]
    assert set(words) <= {"", "Hm", "Äh"}


@pytest.mark.parametrize("skill", sorted(SKILLS))
def test_whatever_the_customer_does_every_agent_has_a_turn(agent: Agent, skill: str) -> None:
    for act in [*CustomerAct, *CustomerAct]:
        agent.won = agent.lost = False
        tell(agent, SKILLS[skill], act)
        assert set(agent.meant) <= set(load_wordings())


@pytest.mark.parametrize(
    ("told", "offer"),
    [
        ("Dreimal hab ich um Rückruf gebeten, keiner hat sich gemeldet.", "offer_service"),
        ("Der Mitarbeiter war frech und der Ton unmöglich.", "offer_staff"),
        ("Die Qualität ließ nach, die Ware war nicht mehr frisch.", "offer_product"),
        ("Mir war es zu teuer, vierzig Euro mehr im Monat.", "offer_discount"),
    ],
)
def test_the_offer_follows_from_what_was_told(told: str, offer: str) -> None:
    assert offers_by_need([told])[0] == offer
