"""Fitting a network of the shipped kind, small and short, to the end."""

from pathlib import Path
from random import Random

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerBase

from trainer.core.plan import Length, Mood
from trainer.learn.speech.batches import LONGEST, TOKENS, Row, batches, rows_of
from trainer.learn.speech.line import Line
from trainer.learn.speech.network import ship
from trainer.learn.speech.tokenizer import fit_tokenizer
from trainer.learn.speech.training import Fitting, Stage, perplexity
from trainer.llm.base import Sampling
from trainer.llm.local import LocalLLM
from trainer.nlg.request import MARKS, Request, request_messages

pytestmark = pytest.mark.slow

NAMES = ("Brandner", "Petersen", "Kaczmarek", "Yilmaz")
LINES = [
    Line(Request(heard=heard, acts=("pick_up",), notes=name, length=Length.SHORT), text, name)
    for name in NAMES
    for heard, text in (("", f"Ja, {name}?"), ("Guten Tag.", f"{name}, hallo."))
]


@pytest.fixture(scope="module")
def tokenizer() -> PreTrainedTokenizerBase:
    return fit_tokenizer(line.text for line in LINES * 20)


def network(tokenizer: PreTrainedTokenizerBase) -> LlamaForCausalLM:
    torch.manual_seed(0)
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=64,
            intermediate_size=128,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=2,
            max_position_embeddings=256,
            tie_word_embeddings=True,
            pad_token_id=tokenizer.pad_token_id,
            eos_token_id=tokenizer.eos_token_id,
        )
    )


def test_every_mark_is_one_token(tokenizer: PreTrainedTokenizerBase) -> None:
    assert all(len(tokenizer(mark)["input_ids"]) == 1 for mark in MARKS)


def test_any_text_comes_back_as_it_was(tokenizer: PreTrainedTokenizerBase) -> None:
    text = "Größe 47½, „schön“ – na? 🙂"
    assert tokenizer.decode(tokenizer(text)["input_ids"]) == text


def test_only_what_is_said_and_heard_is_learnt(tokenizer: PreTrainedTokenizerBase) -> None:
    request = Request("Guten Tag.", ("greet",), mood=Mood.OPEN, said="Moment.")
    row = rows_of([Line(request, "Hallo!", "")], tokenizer)[0]
    inputs, labels = next(batches([row], Random(0), 0))
    learnt = tokenizer.decode(inputs[labels >= 0])
    assert learnt == "Guten Tag.Hallo!<|e|>"


def test_batches_hold_every_row_once_and_are_not_too_large(
    tokenizer: PreTrainedTokenizerBase,
) -> None:
    rows = [Row(tuple(range(1, 1 + length)), 1, (0, 0)) for length in range(5, LONGEST)] * 3
    found = list(batches(rows, Random(0), 0))
    assert sum(len(inputs) for inputs, _ in found) == len(rows)
    assert all(inputs.numel() <= TOKENS for inputs, _ in found)
    lengths = sorted(int((row > 0).sum()) for inputs, _ in found for row in inputs)
    assert lengths == sorted(len(row.ids) for row in rows)


def test_a_fitted_network_says_what_it_was_asked_for(
    tokenizer: PreTrainedTokenizerBase, tmp_path: Path
) -> None:
    rows = rows_of(LINES * 16, tokenizer)
    small = network(tokenizer)
    before = perplexity(small, rows, 0)
    stage = Stage("small", 600_000, 4e-3, cooled=0.5)
    Fitting(small, rows, stage, tmp_path / "small.pt").run(lambda *_: None)
    assert perplexity(small, rows, 0) < 2 < before
    ship(small, tokenizer, tmp_path / "model")
    llm = LocalLLM(tmp_path / "model")
    assert llm.compact
    said = "".join(llm.stream(request_messages(LINES[2].request), Sampling(0, max_tokens=12)))
    assert said == "Ja, Petersen?"


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not(
    tokenizer: PreTrainedTokenizerBase, tmp_path: Path
) -> None:
    rows = rows_of(LINES * 40, tokenizer)
    whole, parts = network(tokenizer), network(tokenizer)
    stage = Stage("run", 40_000, 1e-3, cooled=0.5)
    Fitting(whole, rows, stage, tmp_path / "whole.pt").run(lambda *_: None)

    class Stopped(Exception):
        pass

    def stop(*_: float) -> None:
        raise Stopped

    path = tmp_path / "parts.pt"
    first = Fitting(parts, rows, stage, path)
    with pytest.raises(Stopped):
        first.run(stop, every=3)
    first.save()
    second = Fitting(network(tokenizer), rows, stage, path)
    assert second.step == 3
    second.run(lambda *_: None)
    for one, other in zip(whole.parameters(), second.network.parameters(), strict=True):
        assert torch.allclose(one, other, atol=1e-5)
