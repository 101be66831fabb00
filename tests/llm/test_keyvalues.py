"""Kept keys and values: nothing but speed may depend on them."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.llm.models import write_model
from trainer.errors import LLMError
from trainer.llm import keyvalues
from trainer.llm.base import Message, Sampling
from trainer.llm.keyvalues import Layer, Prefix, PrefixStore, picked
from trainer.llm.local import LocalLLM

GREEDY = Sampling(temperature=0, max_tokens=6, timeout_s=60)


def layer(tokens: int, rows: int = 1) -> Layer:
    found = Layer()
    found.update(torch.rand(rows, 2, tokens, 4), torch.rand(rows, 2, tokens, 4))
    return found


def talk(tokens: int) -> Prefix:
    return Prefix(tuple(range(tokens)), (layer(tokens),))


def other_talk(shared: int, tokens: int) -> list[int]:
    return [*range(shared), *range(5000, 5000 + tokens - shared)]


def test_a_layer_keeps_what_it_takes_in_wherever_it_has_to_move() -> None:
    parts = [torch.rand(2, 3, tokens, 4) for tokens in (5, 1, 1, 300, 2)]
    grown = Layer()
    for part in parts:
        keys, values = grown.update(part, -part)
    assert torch.equal(keys, torch.cat(parts, dim=2))
    assert torch.equal(values, -keys)
    assert grown.get_seq_length() == 309


def test_a_layer_with_room_stays_where_it_is() -> None:
    grown = layer(10)
    before = grown.keys.data_ptr()
    grown.update(torch.rand(1, 2, keyvalues._ROOM, 4), torch.rand(1, 2, keyvalues._ROOM, 4))
    assert grown.keys.data_ptr() == before
    grown.update(torch.rand(1, 2, 1, 4), torch.rand(1, 2, 1, 4))
    assert grown.keys.data_ptr() != before


def test_a_talk_that_goes_on_is_given_away() -> None:
    store, kept = PrefixStore(2**20), talk(600)
    store.keep(kept)
    place = kept.layers[0].keys.data_ptr()
    known, layers = store.take(other_talk(550, 700))
    assert known == 550 == layers[0].get_seq_length()
    assert layers[0].keys.data_ptr() == place
    assert store.take(other_talk(550, 700)) == (0, ())


def test_of_another_talk_a_part_is_lent() -> None:
    store, kept = PrefixStore(2**20), talk(600)
    store.keep(kept)
    whole = kept.layers[0].keys.clone()
    known, layers = store.take(other_talk(100, 150))
    layers[0].update(torch.rand(1, 2, 50, 4), torch.rand(1, 2, 50, 4))
    assert known == 100
    assert torch.equal(kept.layers[0].keys, whole)
    assert store.take(other_talk(590, 620))[0] == 590


def test_the_last_token_of_a_prompt_is_always_left_to_be_read() -> None:
    store = PrefixStore(2**20)
    store.keep(talk(20))
    assert store.take(list(range(20)))[0] == 19


def test_the_least_recently_used_is_forgotten_first() -> None:
    one, two, three = (Prefix((number,) * 30, (layer(30),)) for number in (1, 2, 3))
    store = PrefixStore(one.size + two.size)
    store.keep(one)
    store.keep(two)
    store.keep(three)
    assert store.take([1, 1])[0] == 0
    assert store.take([3, 3])[0] == 1


def test_rows_are_copied_unless_all_stay() -> None:
    batch = (layer(8, rows=2),)
    (same,) = picked(batch, [0, 1], 8)
    assert same is batch[0]
    (last,) = picked(batch, [1], 3)
    assert torch.equal(last.keys, batch[0].keys[1:, :, -3:])
    assert last.keys.data_ptr() != batch[0].keys[1:, :, -3:].data_ptr()


def reply(llm: LocalLLM, said: list[Message]) -> str:
    try:
        return "".join(llm.stream(said, GREEDY))
    except LLMError as error:  # random weights may end at once
        return str(error)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[LocalLLM, LocalLLM]:
    """Returns the same model with memory and without."""
    folder = write_model(tmp_path_factory.mktemp("model"))
    return LocalLLM(folder), LocalLLM(folder, memory=0)


@settings(max_examples=15, deadline=None)
@given(
    turns=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 8)), min_size=2, max_size=8),
    room=st.integers(1, 40),
    last_turn=st.integers(1, 200),
)
def test_whoever_speaks_when_and_goes_back_where_hears_the_same(
    both: tuple[LocalLLM, LocalLLM], turns: list[tuple[int, int]], room: int, last_turn: int
) -> None:
    keeps, forgets = both
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyvalues, "_ROOM", room)
        patch.setattr(keyvalues, "_LAST_TURN", last_turn)
        for caller, turn in turns:
            lines = [f"Nummer {number} von {caller}, bitte?" for number in range(turn + 1)]
            said = [Message("system", "Du bist Kundin."), Message("user", " ".join(lines))]
            assert reply(keeps, said) == reply(forgets, said)
