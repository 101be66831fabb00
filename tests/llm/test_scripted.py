import pytest

from trainer.errors import LLMError
from trainer.llm.base import LLM, Message, Sampling
from trainer.llm.scripted import ScriptedLLM

ASK = [Message("user", "Guten Tag.")]


def test_the_replies_come_in_order_piece_by_piece() -> None:
    llm: LLM = ScriptedLLM(["Guten Tag auch.", "Ja?"])
    assert list(llm.stream(ASK, Sampling())) == ["Guten", " Tag", " auch."]
    assert "".join(llm.stream(ASK, Sampling())) == "Ja?"


def test_an_error_in_the_list_is_raised_in_its_turn() -> None:
    llm = ScriptedLLM([LLMError("gone"), "Wieder da."])
    with pytest.raises(LLMError, match="gone"):
        list(llm.stream(ASK, Sampling()))
    assert "".join(llm.stream(ASK, Sampling())) == "Wieder da."


def test_running_out_of_replies_is_an_error_that_says_so() -> None:
    with pytest.raises(LLMError, match="no scripted reply"):
        list(ScriptedLLM([]).stream(ASK, Sampling()))


def test_what_was_asked_is_kept() -> None:
    llm = ScriptedLLM(["Ja."])
    list(llm.stream(ASK, Sampling()))
    assert llm.asked == [ASK]
