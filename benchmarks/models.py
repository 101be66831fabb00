"""Language models at work: waiting time as a call grows, and many calls at once.

Run: PYTHONPATH=. .venv/bin/python benchmarks/models.py
"""

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaConfig, LlamaForCausalLM

from trainer.catalog import load_catalog
from trainer.core.acts import CustomerAct, Speaker
from trainer.core.plan import Fact, Mood, Move, TurnPlan
from trainer.core.turn import Turn
from trainer.errors import LLMError
from trainer.learn.corpus import turn_text
from trainer.learn.speech.calls import call_lines
from trainer.llm.base import LLM, Material, Message, Sampling
from trainer.llm.local import EMBEDDED, LocalLLM
from trainer.llm.ngrams import Ngrams
from trainer.nlg.brief import Brief
from trainer.nlg.prompt import build_messages
from trainer.nlg.request import Request, request_messages
from trainer.settings import Settings

RESULT = Path(__file__).parent / "results" / "2026-11-26-models.md"
SIZES = {"60 M": (640, 10, 16), "500 M": (1600, 14, 4)}
"""Width, layers, and calls with kept keys and values; without, one call shows enough."""
TURNS = (2, 10, 30)
APART = 7
"""So many turns one call begins after another, so that every turn meets the machine's moods."""
CALLS = (1, 4, 8, 16)
ROUNDS = 10
CORPUS = Path(__file__).parent.parent / "trainer" / "corpus"


def write_random(folder: Path, width: int, layers: int) -> Path:
    """Writes a Llama with random weights and the shipped model's tokenizer."""
    torch.manual_seed(1)
    tokenizer = AutoTokenizer.from_pretrained(EMBEDDED)
    tokenizer.save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=width,
        intermediate_size=4 * width,
        num_hidden_layers=layers,
        num_attention_heads=width // 64,
        num_key_value_heads=width // 64,
        max_position_embeddings=8192,
        eos_token_id=tokenizer.eos_token_id,
        initializer_range=0.02,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder


def growing_talk(turns: int) -> list[Turn]:
    """Returns a talk of so many trainee turns and the customer's answers, from the corpus.

    All have about the same length, so that only the length of the call grows.
    """
    path = CORPUS / "reply_5.jsonl"
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [(entry["context"], turn_text(entry)) for entry in entries]
    alike = [pair for pair in pairs if all(50 <= len(text) <= 80 for text in pair)]
    talk = []
    for asked, answered in islice(cycle(alike), turns):
        talk.append(Turn(Speaker.TRAINEE, asked, ()))
        talk.append(Turn(Speaker.CUSTOMER, answered, ()))
    return talk


def prompts(number: int) -> Iterator[tuple[int, list[Message]]]:
    """Yields turn and prompt of every turn of a call; each call has a talk of its own."""
    settings = Settings()
    persona = next(iter(load_catalog(settings.personas, settings.rubrics).personas.values()))
    plan = TurnPlan((Move(CustomerAct.GIVE_REASON, fact=Fact.REASON),), Mood.NEUTRAL)
    talk = growing_talk(max(TURNS) + number)[2 * number :]
    for turn in range(1, max(TURNS) + 1):
        brief = Brief(persona, plan, tuple(talk[: 2 * turn - 1]), Random(turn))
        yield turn, build_messages(brief, plan.moves)


def first_token_s(llm: LLM, messages: Sequence[Message]) -> float:
    """Returns the seconds to the first piece of a reply of four tokens."""
    began = perf_counter()
    stream = llm.stream(messages, Sampling(seed=1, max_tokens=4, timeout_s=600))
    with suppress(LLMError):  # random weights may end at once; the prompt was read all the same
        next(stream)
    waited = perf_counter() - began
    list(stream)
    return waited


def waits(llm: LLM, calls: int) -> dict[int, float]:
    """Returns the median wait at each turn of the calls."""
    played = sorted(
        (
            (turn + APART * number, turn, messages)
            for number in range(calls)
            for turn, messages in prompts(number)
        ),
        key=lambda one: one[:2],
    )
    found = defaultdict(list)
    for _, turn, messages in played:
        found[turn].append(first_token_s(llm, messages))
    return {turn: median(waited) for turn, waited in found.items()}


def cache_table() -> Iterator[str]:
    """Yields the rows of the table on kept keys and values."""
    yield "| model | keeps | turn 2 | turn 10 | turn 30 | 30 / 2 | longest wait |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for size, (width, layers, kept) in SIZES.items():
        with TemporaryDirectory() as folder:
            path = write_random(Path(folder), width, layers)
            for name, memory, calls in (("yes", 2**31, kept), ("no", 0, 1)):
                llm = LocalLLM(path, memory=memory)
                first_token_s(llm, [Message("user", "Hallo?")])
                found = waits(llm, calls)
                cells = " | ".join(f"{found[turn]:.2f} s" for turn in TURNS)
                growth = f"{found[30] / found[2]:.2f}"
                turn = max(found, key=lambda one: found[one])
                longest = f"{found[turn]:.2f} s at turn {turn}"
                yield f"| {size} | {name} | {cells} | {growth} | {longest} |"


def requests(number: int) -> Iterator[list[Message]]:
    """Yields what one call asks the shipped model for."""
    talk = growing_talk(ROUNDS + number)[2 * number :]
    for turn in talk[::2]:
        yield request_messages(Request(heard=turn.text, acts=("elaborate",), mood=Mood.NEUTRAL))


def at_once(calls: int, reply: Callable[[Sequence[Message]], None]) -> tuple[float, list[float]]:
    """Plays calls side by side.

    Returns:
        Replies a second, and the seconds to the end of each reply: the shipped model's line is
        shown when the whole of it has been verified.
    """
    waited: list[float] = []

    def play(number: int) -> None:
        for messages in requests(number):
            began = perf_counter()
            reply(messages)
            waited.append(perf_counter() - began)

    threads = [threading.Thread(target=play, args=(number,)) for number in range(calls)]
    began = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(waited) / (perf_counter() - began), waited


def concurrency_table() -> Iterator[str]:
    """Yields the rows of the table on calls at once."""
    llm = LocalLLM(EMBEDDED)
    lock = threading.Lock()
    sampling = Sampling(seed=1, min_p=0.02, temperature=1.6, timeout_s=600)
    material = Material(tuple(line.text for line in call_lines()[:200]), 3)

    def batched(messages: Sequence[Message]) -> None:
        llm.draft(messages, sampling, material)

    def locked(messages: Sequence[Message]) -> None:
        with lock:
            llm.draft(messages, sampling, material)

    generate = plain_generate(material, sampling)

    def generated(messages: Sequence[Message]) -> None:
        with lock:
            generate(messages)

    at_once(1, batched)
    at_once(1, generated)
    yield "| calls | way | replies/s | batched is faster by | p50 / p95 |"
    yield "| --- | --- | --- | --- | --- |"
    for calls in CALLS:
        rate, waited = at_once(calls, batched)
        yield f"| {calls} | batched | {rate:.1f} | | {_percentiles(waited)} |"
        for name, way in (
            ("a lock around our own reading", locked),
            ("a lock around `generate`", generated),
        ):
            slow, queued = at_once(calls, way)
            yield f"| {calls} | {name} | {slow:.1f} | {rate / slow:.2f} | {_percentiles(queued)} |"


def plain_generate(material: Material, sampling: Sampling) -> Callable[[Sequence[Message]], None]:
    """Returns what words a request with nothing but transformers, held to the same stretches."""
    tokenizer = AutoTokenizer.from_pretrained(EMBEDDED)
    model = AutoModelForCausalLM.from_pretrained(EMBEDDED, dtype=torch.float32)
    openers = {at for token, at in tokenizer.get_vocab().items() if token[0] in "Ġ▁"}
    ended = [f"{line}{tokenizer.eos_token}" for line in material.lines]
    written = tokenizer(ended, add_special_tokens=False)["input_ids"]
    allowed = Ngrams(written, material.words, openers)

    def word(messages: Sequence[Message]) -> None:
        talk = [{"role": message.role, "content": message.content} for message in messages]
        ids = tokenizer.apply_chat_template(
            talk, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        start = ids["input_ids"].shape[1]
        torch.manual_seed(sampling.seed or 0)
        model.generate(
            **ids,
            do_sample=True,
            temperature=sampling.temperature,
            min_p=sampling.min_p,
            top_k=0,
            max_new_tokens=sampling.max_tokens,
            prefix_allowed_tokens_fn=lambda _, drawn: list(allowed.after(drawn[start:].tolist())),
        )

    return word


def _percentiles(seconds: Sequence[float]) -> str:
    return " / ".join(f"{np.percentile(seconds, q):.2f} s" for q in (50, 95))


def _calls() -> str:
    return " and ".join(str(calls) for _, _, calls in SIZES.values())


def measure() -> str:
    """Returns both tables as Markdown."""
    return "\n".join(
        (
            "# Language models, 2026-11-26",
            "",
            "Random weights, the shipped tokenizer, single precision, calls of 30 turns; seconds "
            f"to the first token. Where the cache is kept: medians of {_calls()} calls, each "
            f"{APART} turns behind the one before, turn by turn; where not: one call. The longest "
            "wait is a turn at which the oldest turns are dropped and the others read anew.",
            "",
            *cache_table(),
            "",
            f"The shipped model, {ROUNDS} lines a call, side by side; seconds to the whole line.",
            "",
            *concurrency_table(),
            "",
        )
    )


if __name__ == "__main__":
    report = measure()
    RESULT.write_text(report, encoding="utf-8")
    print(report)
