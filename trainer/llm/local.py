"""A chat model in a folder or in the hub's cache on this machine, run by transformers."""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import torch
from jinja2 import TemplateError
from safetensors import SafetensorError
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    PreTrainedConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)
from transformers.utils import logging

from trainer.errors import LLMError
from trainer.llm.base import SHIPPED, Material, Message, Sampling
from trainer.llm.chat import alternating, without_system
from trainer.llm.ngrams import Ngrams
from trainer.llm.scheduler import Scheduler
from trainer.watch import WATCH

EMBEDDED = Path(__file__).parent / "embedded" / SHIPPED
"""The shipped model."""

_MEMORY = 512 * 2**20
COMPACT = "wiederhoeren_compact"
"""Entry of a `config.json` that marks the shipped model."""
_SMALL = 10**9
"""Weights up to which a processor works in single precision: exact, and fast on any machine."""
_HEAD = 2**26
"""So many bytes of the weights, and their size, tell one fitting from another."""
_ANY_LENGTH = 2**31
_MATERIALS = 64
"""So many sets of lines are kept as tokens; a second try and a like move ask for the same ones."""
_ATTENTION = {"full_attention", "sliding_attention"}
_UNFINISHED = "�"
"""What a decoder shows for a letter of which only the first byte is there."""


class LocalLLM:
    """Streams replies of one model to any number of calls."""

    def __init__(self, where: Path | str, *, memory: int = _MEMORY) -> None:
        """Loads a model; nothing is fetched and no code of a repository is run.

        Args:
            where: A folder, or a hub id that was fetched before.
            memory: Bytes for what was read in earlier turns of the calls.

        Raises:
            LLMError: It is not there, damaged, too large, or no chat model.
        """
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        self._where = str(where)
        self._tokenizer = _load_tokenizer(self._where)
        model = _load_model(self._where)
        self.name = _name(self._where, model)
        self.compact = bool(getattr(model.config, COMPACT, False))
        self._longest = int(getattr(model.config, "max_position_embeddings", None) or _ANY_LENGTH)
        self._openers = _openers(self._tokenizer)
        self._ngrams = lru_cache(_MATERIALS)(self._ngrams_of)
        kept = 0 if self.compact else memory  # its requests do not grow with the call
        self._scheduler = Scheduler(model, _ends(model, self._tokenizer), memory=kept)
        WATCH.count_waiting(lambda: self._scheduler.waiting)

    def stream(self, messages: Sequence[Message], sampling: Sampling) -> Iterator[str]:
        """Yields the reply in pieces as they come; closing the iterator frees its place.

        Raises:
            LLMError: The template refuses the messages, the deadline has passed, or no text came.
        """
        prompt = self._checked_prompt(messages, sampling)
        reply = self._scheduler.start(prompt, sampling)
        empty = True
        try:
            for piece in _pieces(reply, self._tokenizer):
                empty = empty and not piece.strip()
                yield piece
        finally:
            reply.cancelled = True
        if empty:
            raise self._no_text()

    def draft(self, messages: Sequence[Message], sampling: Sampling, material: Material) -> str:
        """Returns a whole reply.

        Raises:
            LLMError: As in `stream`.
        """
        prompt = self._checked_prompt(messages, sampling)
        reply = self._scheduler.start(prompt, sampling, self._ngrams(material))
        try:
            deque(reply, maxlen=0)
        finally:
            reply.cancelled = True
        text = str(self._tokenizer.decode(reply.own, skip_special_tokens=True))
        if not text.strip():
            raise self._no_text()
        return text

    def _ngrams_of(self, material: Material) -> Ngrams:
        ended = [f"{line}{self._tokenizer.eos_token}" for line in material.lines]
        texts = self._tokenizer(ended, add_special_tokens=False)["input_ids"]
        return Ngrams(texts, material.words, self._openers)

    def _checked_prompt(self, messages: Sequence[Message], sampling: Sampling) -> list[int]:
        prompt = self._prompt(messages)
        if len(prompt) + sampling.max_tokens > self._longest:
            raise LLMError(
                f"this call is too long for {self.name}, which reads {self._longest} tokens; take "
                "a model with a longer context"
            )
        return prompt

    def _no_text(self) -> LLMError:
        return LLMError(f"the model {self.name} sent no text")

    def _prompt(self, messages: Sequence[Message]) -> list[int]:
        shaped = alternating(messages)
        try:
            return self._ids(shaped)
        except TemplateError:
            pass
        try:
            return self._ids(without_system(shaped))
        except TemplateError as error:
            raise LLMError(
                f"the chat template of {self.name} refuses the call: {error}; take another model"
            ) from error

    def _ids(self, messages: Sequence[Message]) -> list[int]:
        text = self._tokenizer.apply_chat_template(
            [{"role": message.role, "content": message.content} for message in messages],
            tokenize=False,
            add_generation_prompt=True,
            enable_thinking=False,  # templates that know no thinking ignore it
        )
        return list(self._tokenizer(str(text), add_special_tokens=False)["input_ids"])


def _pieces(ids: Iterable[int], tokenizer: PreTrainedTokenizerBase) -> Iterator[str]:
    """Yields text as soon as it is sure: half letters wait for their other half."""
    pending: list[int] = []
    shown = ""
    for token in ids:
        pending.append(token)
        text = str(tokenizer.decode(pending, skip_special_tokens=True))
        if text.endswith(_UNFINISHED) or text == shown:
            continue
        yield text.removeprefix(shown)
        shown = text


def _openers(tokenizer: PreTrainedTokenizerBase) -> frozenset[int]:
    """Returns the tokens that begin a word after a blank, in either common spelling."""
    return frozenset(at for token, at in tokenizer.get_vocab().items() if token[0] in "Ġ▁")


def _load_tokenizer(where: str) -> PreTrainedTokenizerBase:
    try:
        tokenizer = AutoTokenizer.from_pretrained(where, local_files_only=True)  # nosec B615
    except (OSError, ValueError, KeyError) as error:
        raise _unusable(where, error) from error
    if not tokenizer.chat_template:
        raise LLMError(f"{where} has no chat template; take an instruction-tuned model")
    return tokenizer


def _load_model(where: str) -> PreTrainedModel:
    try:
        config = AutoConfig.from_pretrained(where, local_files_only=True)  # nosec B615
        _check_layers(where, config)
        model: PreTrainedModel = AutoModelForCausalLM.from_pretrained(  # nosec B615
            where, local_files_only=True, use_safetensors=True, dtype="auto"
        )
        model.train(mode=False)
        if torch.cuda.is_available():
            model.to(torch.device("cuda"))  # type: ignore[arg-type]
        elif model.num_parameters() <= _SMALL:
            model.float()  # type: ignore[no-untyped-call]
    except (OSError, ValueError, KeyError, RuntimeError, MemoryError, SafetensorError) as error:
        raise _unusable(where, error) from error
    return model


def _check_layers(where: str, config: PreTrainedConfig) -> None:
    other = set(getattr(config, "layer_types", None) or ()) - _ATTENTION
    if other:
        raise LLMError(
            f"{where} has layers of the kind {', '.join(sorted(other))}, which cannot be run here; "
            "serve it with vLLM and use the back-end openai"
        )


def _unusable(where: str, error: Exception) -> LLMError:
    folder = Path(where)
    if folder.is_dir():
        reason = str(error).strip().split("\n")[0]
        return LLMError(f"the model in {where} cannot be loaded: {reason}; fetch it anew")
    if folder.is_absolute() or where.startswith("."):
        return LLMError(f"there is no model folder {where}; check WIEDERHOEREN_MODEL")
    return LLMError(
        f"the model {where} is not on this machine; fetch it with: "
        f"python -m trainer model fetch {where}"
    )


def _name(where: str, model: PreTrainedModel) -> str:
    """Names the model and, of a folder, what its weights are, so that a call can be traced."""
    folder = Path(where)
    if not folder.is_dir():
        revision = getattr(model.config, "_commit_hash", None)
        return f"{where}@{revision[:12]}" if revision else where
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.safetensors")):
        with path.open("rb") as weights:
            digest.update(weights.read(_HEAD))
        digest.update(str(path.stat().st_size).encode())
    return f"{folder.name}-{digest.hexdigest()[:12]}"


def _ends(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> frozenset[int]:
    named = model.generation_config.eos_token_id if model.generation_config else None
    several = named if isinstance(named, list) else [named]
    return frozenset(end for end in (*several, tokenizer.eos_token_id) if end is not None)
