"""The local back-end on real transformers models with random weights."""

import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from tests.llm.models import NO_SYSTEM, PLAIN, REFUSES_ALL, STRICT, write_model
from trainer.errors import LLMError
from trainer.llm.base import Material, Message, Sampling
from trainer.llm.local import LocalLLM

GREEDY = Sampling(temperature=0, max_tokens=24, timeout_s=60)
TALK = (
    Message("system", "Du bist Kundin."),
    Message("assistant", "Ja bitte?"),
    Message("user", "Guten Tag, hier ist die Gärtnerei Lindach."),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def llm(folder: Path) -> LocalLLM:
    return LocalLLM(folder)


def said(llm: LocalLLM, words: str, sampling: Sampling = GREEDY) -> str:
    return "".join(llm.stream([*TALK, Message("user", words)], sampling))


def reference(folder: Path, words: str) -> str:
    """What transformers itself generates."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder)
    ringing = {"role": "user", "content": "(Telefon klingelt)"}
    last = {"role": "user", "content": f"{TALK[2].content}\n{words}"}
    talk = [{"role": m.role, "content": m.content} for m in TALK[:2]]
    prompt = tokenizer.apply_chat_template(
        [talk[0], ringing, talk[1], last], tokenize=False, add_generation_prompt=True
    )
    ids = tokenizer(prompt, add_special_tokens=False, return_tensors="pt")
    found = model.generate(**ids, do_sample=False, max_new_tokens=24)
    return str(tokenizer.decode(found[0, ids["input_ids"].shape[1] :], skip_special_tokens=True))


def test_a_reply_is_the_one_that_transformers_generates(folder: Path, llm: LocalLLM) -> None:
    assert said(llm, "Wie geht es Ihnen?") == reference(folder, "Wie geht es Ihnen?")


def test_a_talk_that_goes_on_is_read_on_from_where_it_was(folder: Path, llm: LocalLLM) -> None:
    fresh = LocalLLM(folder, memory=0)
    words = "Wie geht es Ihnen?"
    for _ in range(3):
        assert said(llm, words) == said(fresh, words)
        words = f"{words} Und was darf ich Ihnen noch anbieten?"


def test_replies_drawn_together_are_those_drawn_alone(folder: Path, llm: LocalLLM) -> None:
    words = [f"{'Und was noch? ' * number}Nummer {number}?" for number in range(6)]
    alone = [said(llm, each) for each in words]
    together: dict[str, str] = {}
    threads = [
        threading.Thread(target=lambda w=each: together.update({w: said(llm, w)})) for each in words
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[each] for each in words] == alone
    assert len(set(alone)) > 1


def test_the_same_seed_gives_the_same_words(llm: LocalLLM) -> None:
    warm = [said(llm, "Hallo?", Sampling(1.2, seed=seed, max_tokens=16)) for seed in (7, 7, 8)]
    assert warm[0] == warm[1] != warm[2]


WRITTEN = ("Guten Tag, hier spricht die Kundin.", "Was ist denn?", "Ich habe gerade keine Zeit.")


def drafts(llm: LocalLLM, *written: str) -> list[str]:
    words = [*TALK, Message("user", "Hallo?")]
    material = Material(written, 2)
    return [llm.draft(words, Sampling(9, top_p=1, seed=seed), material) for seed in range(8)]


def test_a_draft_is_one_of_the_lines_it_was_given(llm: LocalLLM) -> None:
    found = set(drafts(llm, *WRITTEN))
    assert found <= set(WRITTEN)
    assert len(found) > 1


def test_drafts_change_over_where_two_lines_share_a_stretch(llm: LocalLLM) -> None:
    one, other = "Das ist mir zu teuer und zu viel.", "Das ist mir zu weit und zu laut."
    found = set(drafts(llm, one, other))
    assert found - {one, other}
    assert all(reply.startswith("Das ist mir zu ") for reply in found)


def test_the_same_seed_gives_the_same_drafts(llm: LocalLLM) -> None:
    assert drafts(llm, *WRITTEN) == drafts(llm, *WRITTEN)


def test_what_must_follow_is_read_in_one_pass(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    llm, widths = LocalLLM(folder), []
    model = llm._scheduler._model
    forward = model.forward

    def counted(*args, **kwargs):
        widths.append(kwargs["input_ids"].shape[1])
        return forward(*args, **kwargs)

    monkeypatch.setattr(model, "forward", counted)
    line = WRITTEN[0]
    assert set(drafts(llm, line)) == {line}
    assert len(widths) < len(line) and max(widths[1:]) > 1
    assert said(llm, "Hallo?") == said(LocalLLM(folder), "Hallo?")


def test_a_draft_ends_at_the_most_tokens_allowed(llm: LocalLLM) -> None:
    words = [*TALK, Message("user", "Hallo?")]
    short = Sampling(9, top_p=1, seed=7, max_tokens=5)
    found = llm.draft(words, short, Material(WRITTEN, 2))
    assert any(line.startswith(found) and line != found for line in WRITTEN)


def test_a_closed_stream_leaves_the_model_free(llm: LocalLLM) -> None:
    long = Sampling(temperature=1.5, seed=3, max_tokens=3000, timeout_s=120)
    stream = llm.stream(TALK, long)
    assert isinstance(stream, Iterator)
    assert len(list(islice(stream, 3))) == 3
    stream.close()  # type: ignore[attr-defined]
    begun = time.monotonic()
    assert said(llm, "Hallo?")
    assert time.monotonic() - begun < 5


def test_a_reply_that_takes_too_long_says_so(llm: LocalLLM) -> None:
    long = Sampling(temperature=1.5, seed=3, max_tokens=3000, timeout_s=0.002)
    with pytest.raises(LLMError, match=r"longer than 0\.002 s"):
        list(llm.stream(TALK, long))


def test_a_call_that_is_too_long_for_the_model_says_so(llm: LocalLLM) -> None:
    with pytest.raises(LLMError, match="too long"):
        said(llm, "Guten Tag! " * 1000)


@pytest.mark.parametrize("template", [PLAIN, NO_SYSTEM, STRICT])
def test_every_common_template_is_served(tmp_path: Path, template: str) -> None:
    assert said(LocalLLM(write_model(tmp_path, template=template)), "Hallo?")


def test_a_template_that_refuses_is_named(tmp_path: Path) -> None:
    llm = LocalLLM(write_model(tmp_path, template=REFUSES_ALL))
    with pytest.raises(LLMError, match="not in this mood"):
        said(llm, "Hallo?")


def test_a_model_without_a_template_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LLMError, match="no chat template"):
        LocalLLM(write_model(tmp_path, template=None))


def test_missing_models_are_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(LLMError, match="no model folder"):
        LocalLLM(tmp_path / "nothing")
    with pytest.raises(LLMError, match="model fetch nobody/nothing"):
        LocalLLM("nobody/nothing")


def test_damaged_weights_are_named(tmp_path: Path) -> None:
    write_model(tmp_path)
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(LLMError, match="fetch it anew"):
        LocalLLM(tmp_path)


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    write_model(tmp_path)
    (tmp_path / "model.safetensors").unlink()
    torch.save({}, tmp_path / "pytorch_model.bin")
    with pytest.raises(LLMError, match="cannot be loaded"):
        LocalLLM(tmp_path)


def test_no_code_of_a_model_folder_is_run(tmp_path: Path) -> None:
    write_model(tmp_path)
    config = tmp_path / "config.json"
    config.write_text(
        config.read_text().replace(
            '"model_type": "llama"',
            '"model_type": "evil", "auto_map": {"AutoConfig": "evil.EvilConfig"}',
        )
    )
    (tmp_path / "evil.py").write_text("raise SystemExit('run')")
    with pytest.raises(LLMError, match="cannot be loaded"):
        LocalLLM(tmp_path)
