"""What a chat model is shown of a long call."""

from tests.nlg.builders import brief, customer, plan, trainee
from trainer.core.acts import CustomerAct
from trainer.llm.base import Message
from trainer.nlg.prompt import build_messages


def shown(exchanges: int) -> list[Message]:
    """Returns the messages at a trainee's turn, counted from one."""
    talk = [turn for n in range(exchanges) for turn in (trainee(f"Frage {n}?"), customer(f"{n}."))]
    wanted = plan(CustomerAct.CONFIRM)
    return build_messages(brief(wanted, *talk[:-1]), wanted.moves)


def test_a_talk_only_grows_but_for_the_turns_at_which_much_is_dropped_at_once() -> None:
    anew = []
    for exchange in range(1, 50):
        before, after = shown(exchange), shown(exchange + 1)
        if after[: len(before) - 1] != before[:-1]:  # the last one ended with the plan
            anew.append(exchange + 1)
    assert anew == [21, 33, 45]


def test_a_long_talk_is_cut_at_its_beginning_and_never_to_little() -> None:
    for exchange in (21, 40, 90):
        header, *talk = shown(exchange)
        assert header.role == "system"
        assert 17 <= len(talk) <= 40
        assert talk[0].content == f"Frage {exchange - (len(talk) + 1) // 2}?"
        assert talk[-1].content.startswith(f"Frage {exchange - 1}?\n[Plan:")
