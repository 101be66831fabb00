import pytest

from trainer.errors import LLMError, SlowLLMError
from trainer.llm.base import Material, Message, Sampling
from trainer.llm.resting import RestingLLM
from trainer.llm.scripted import ScriptedLLM

TALK = (Message("user", "Guten Tag."),)
SLOW = SlowLLMError("the server took longer than 20 s")


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def resting(*replies: str | LLMError) -> tuple[RestingLLM, ScriptedLLM, Clock]:
    model, clock = ScriptedLLM(replies), Clock()
    return RestingLLM(model, rest_s=30, clock=clock), model, clock


def said(llm: RestingLLM) -> str:
    return "".join(llm.stream(TALK, Sampling()))


def drafted(llm: RestingLLM) -> str:
    return llm.draft(TALK, Sampling(), Material((), 3))


@pytest.mark.parametrize("ask", [said, drafted])
def test_a_slow_model_is_left_alone_and_then_asked_again(ask) -> None:
    llm, model, clock = resting(SLOW, "Ja, wer ist da?", "Hallo?")
    with pytest.raises(SlowLLMError, match="longer than 20 s"):
        ask(llm)
    clock.now += 29
    with pytest.raises(SlowLLMError, match="longer than 20 s"):
        ask(llm)
    assert len(model.asked) == 1
    clock.now += 2
    assert ask(llm) == "Ja, wer ist da?"
    assert ask(llm) == "Hallo?"


def test_only_one_caller_at_a_time_finds_out_how_it_is() -> None:
    llm, model, clock = resting(SLOW, "Ja, wer ist da?", "Hallo?")
    with pytest.raises(SlowLLMError):
        said(llm)
    clock.now += 31

    class Asks(ScriptedLLM):
        """While the model thinks, somebody else asks."""

        def stream(self, messages, sampling):
            with pytest.raises(SlowLLMError):
                said(llm)
            return model.stream(messages, sampling)

    llm.model = Asks([])
    assert said(llm) == "Ja, wer ist da?"
    assert len(model.asked) == 2


def test_any_other_fault_is_passed_on_and_the_next_turn_asks_again() -> None:
    llm, model, _ = resting(LLMError("this call is too long"), "Hallo?")
    with pytest.raises(LLMError, match="too long"):
        said(llm)
    assert said(llm) == "Hallo?"
    assert len(model.asked) == 2


def test_it_goes_by_the_models_name_and_form() -> None:
    llm = RestingLLM(ScriptedLLM([], compact=True))
    assert (llm.name, llm.compact) == ("scripted", True)
