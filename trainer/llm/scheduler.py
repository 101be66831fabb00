"""One model for all calls of a process: requests join and leave a running batch.

Every step reads each open reply's next tokens in a single pass: one, or as many as all replies
have pending where nothing but one token was allowed to follow. A new request is read by itself, as
far as it is not known from the talk's last turn, and joins the others (continuous batching, Yu et
al. 2022, "Orca").
"""

import atexit
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

import torch
from transformers import Cache, PreTrainedModel

from trainer.errors import LLMError
from trainer.llm.base import Sampling
from trainer.llm.draw import draw
from trainer.llm.keyvalues import Layer, Prefix, PrefixStore, joined, picked
from trainer.llm.ngrams import Ngrams
from trainer.llm.reply import END, Reply

_SHORT, _TOGETHER = 256, 16
"""Prompts of up to so many tokens are read together, up to so many at once."""


@dataclass(slots=True)
class _Batch:
    """The open replies and what the model has read of them, flush right."""

    replies: list[Reply] = field(default_factory=list)
    layers: tuple[Layer, ...] = ()

    @property
    def width(self) -> int:
        return self.layers[0].get_seq_length()

    def join(self, replies: Sequence[Reply], layers: Sequence[Layer]) -> None:
        self.layers = joined([self.layers, layers]) if self.replies else tuple(layers)
        self.replies.extend(replies)

    def leave(self, rows: Sequence[int]) -> None:
        """Drops rows and what only they had read."""
        stay = [row for row in range(len(self.replies)) if row not in set(rows)]
        self.replies = [self.replies[row] for row in stay]
        if stay:
            self.layers = picked(self.layers, stay, max(reply.read for reply in self.replies))
        else:
            self.layers = ()


class Scheduler:
    """Draws replies for any number of threads with one model."""

    def __init__(self, model: PreTrainedModel, ends: frozenset[int], *, memory: int) -> None:
        """Starts the thread that owns the model.

        Args:
            model: A decoder that attends to all it has read.
            ends: Tokens that end a reply.
            memory: Bytes for what was read in earlier turns.
        """
        self._model, self._ends = model, ends
        self._prefixes, self._remembers = PrefixStore(memory), memory > 0
        self._waiting: queue.SimpleQueue[Reply | None] = queue.SimpleQueue()
        self._batch = _Batch()
        self._closed = False
        self._worker = threading.Thread(target=self._work, name="language-model", daemon=True)
        self._worker.start()
        atexit.register(self._close)

    def start(self, ids: Sequence[int], sampling: Sampling, allowed: Ngrams | None = None) -> Reply:
        """Queues a prompt; the tokens come by iterating over what is returned."""
        generator = torch.Generator()
        if sampling.seed is None:
            generator.seed()
        else:
            generator.manual_seed(sampling.seed)
        deadline = time.monotonic() + sampling.timeout_s
        reply = Reply(list(ids), sampling, generator, deadline, len(ids), allowed)
        self._waiting.put(reply)
        return reply

    @property
    def waiting(self) -> int:
        """How many prompts nobody has begun to read."""
        return self._waiting.qsize()

    def _close(self) -> None:
        """Lets the thread end before the interpreter does; torch aborts the process otherwise."""
        self._waiting.put(END)
        self._worker.join(timeout=5)

    def _work(self) -> None:
        with torch.inference_mode():
            while not self._closed:
                try:
                    self._admit()
                    self._step()
                except Exception as error:  # noqa: BLE001 - what a model throws must reach who waits
                    self._fail(error)

    def _admit(self) -> None:
        """Reads what is waiting; sleeps when nothing is open."""
        wait = not self._batch.replies
        fresh: list[Reply] = []
        while wait or not self._waiting.empty():
            reply = self._waiting.get()
            if reply is END:
                self._closed = True
                return
            wait = False
            if self._is_open(reply):
                fresh.append(reply)
        for group in self._groups(fresh):
            try:
                self._read(group)
            except Exception as error:  # noqa: BLE001 - these replies break, the others go on
                for reply in group:
                    reply.put(_broken(error))

    def _groups(self, replies: Sequence[Reply]) -> Iterator[list[Reply]]:
        """Yields what is read together: short prompts of which nothing is known."""
        together = [reply for reply in replies if len(reply.ids) <= _SHORT and not self._remembers]
        yield from ([reply] for reply in replies if reply not in together)
        yield from (together[at : at + _TOGETHER] for at in range(0, len(together), _TOGETHER))

    def _read(self, replies: Sequence[Reply]) -> None:
        """Reads prompts, flush right; a single one from where it is not known."""
        known, layers = self._prefixes.take(replies[0].ids) if len(replies) == 1 else (0, ())
        cache, device = _cache_of(layers), self._model.device
        width = max(len(reply.ids) for reply in replies)
        pads = [width - len(reply.ids) for reply in replies]
        ids = [[0] * pad + reply.ids[known:] for pad, reply in zip(pads, replies, strict=True)]
        start = torch.tensor(pads, device=device)[:, None]
        places = torch.arange(width, device=device)
        found = self._model(
            input_ids=torch.tensor(ids, device=device),
            attention_mask=(places >= start).long() if any(pads) else None,
            position_ids=(places - start).clamp(min=0)[:, known:],
            cache=cache,
            logits_to_keep=1,
        )
        for reply in replies:
            reply.read = len(reply.ids)
        ended = self._draw(replies, found.logits)
        others = len(self._batch.replies)
        self._batch.join(replies, cast("list[Layer]", cache.layers))
        self._release([others + row for row in ended])

    def _step(self) -> None:
        batch = self._batch
        if not batch.replies:
            return
        device = self._model.device
        many = min(reply.pending for reply in batch.replies)
        next_ids = [reply.ids[reply.read :][:many] for reply in batch.replies]
        read = torch.tensor([[reply.read] for reply in batch.replies], device=device)
        mask = torch.arange(batch.width + many, device=device) >= batch.width - read
        found = self._model(
            input_ids=torch.tensor(next_ids, device=device),
            attention_mask=mask.long() if len(batch.replies) > 1 else None,
            position_ids=read + torch.arange(many, device=device),
            cache=_cache_of(batch.layers),
            logits_to_keep=1,
        )
        for reply in batch.replies:
            reply.read += many
        self._release(self._draw(batch.replies, found.logits))

    def _draw(self, replies: Sequence[Reply], logits: torch.Tensor) -> list[int]:
        """Goes on with each reply; returns the rows of those that end.

        Args:
            replies: Whose latest tokens were read.
            logits: Scores of what follows the last of these, shape (replies, 1, tokens).
        """
        scores = logits[:, -1].float().log_softmax(-1).cpu()
        return [row for row, reply in enumerate(replies) if self._take(reply, scores[row])]

    def _take(self, reply: Reply, scores: torch.Tensor) -> bool:
        """Draws a token unless others have to be read first; returns whether the reply ends."""
        if not self._is_open(reply):
            return True
        if reply.pending == 0:
            token = draw(scores, reply.sampling, reply.generator, reply.may_follow())
            if token in self._ends:
                reply.put(END)
                return True
            self._append(reply, token)
        if reply.drawn >= reply.sampling.max_tokens:
            reply.put(END)
            return True
        return False

    def _append(self, reply: Reply, token: int) -> None:
        """Adds a token and whatever must follow it; the end is left to be drawn."""
        reply.ids.append(token)
        if reply.allowed is None:  # whoever waits for a draft waits for the whole of it
            reply.put(token)
        while (
            reply.drawn < reply.sampling.max_tokens and (forced := reply.must_follow()) is not None
        ):
            if forced in self._ends:
                return
            reply.ids.append(forced)

    def _release(self, rows: Sequence[int]) -> None:
        """Lets replies that ended go, and keeps what was read for the talks' next turns."""
        if not rows:
            return
        for row in rows if self._remembers else ():
            reply = self._batch.replies[row]
            layers = picked(self._batch.layers, [row], reply.read)
            self._prefixes.keep(Prefix(tuple(reply.ids[: reply.read]), layers))
        self._batch.leave(rows)

    @staticmethod
    def _is_open(reply: Reply) -> bool:
        return not reply.cancelled and time.monotonic() < reply.deadline

    def _fail(self, error: Exception) -> None:
        for reply in self._batch.replies:
            reply.put(_broken(error))
        self._batch = _Batch()


def _broken(error: Exception) -> LLMError:
    reason = str(error).strip().split("\n")[0] or type(error).__name__
    return LLMError(f"the language model broke off: {reason}; the call goes on without it")


def _cache_of(layers: Sequence[Layer]) -> Cache:
    return Cache(layers=list(layers)) if layers else Cache(layer_class_to_replicate=Layer)
