"""Fits the network on rows of tokens: Muon for the matrices, AdamW for the rest."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from torch.nn import functional
from transformers import LlamaForCausalLM
from transformers.modeling_outputs import BaseModelOutputWithPast

from trainer.learn.speech.batches import Row, batches

_CLIP = 1.0


@dataclass(frozen=True, slots=True)
class Stage:
    """One stretch of fitting.

    Attributes:
        name: Of its checkpoint.
        tokens: How many tokens, padding included, it sees.
        rate: Highest learning rate.
        cooled: Share of the steps at the end in which the rate falls to a twentieth.
        warm: Share of the steps at the start in which it rises.
    """

    name: str
    tokens: int
    rate: float
    cooled: float
    warm: float = 0.02

    def rate_at(self, done: float) -> float:
        """Returns the learning rate after a share of the stage."""
        if done < self.warm:
            return self.rate * (done + 1e-3) / self.warm
        left = (1 - done) / self.cooled if self.cooled else 1.0
        return self.rate * max(0.05, min(1.0, left))


class Fitting:
    """A stage that can stop at any step and go on later with the same batches."""

    def __init__(
        self,
        network: LlamaForCausalLM,
        rows: Sequence[Row],
        stage: Stage,
        checkpoint: Path,
        *,
        compiled: bool = False,
    ) -> None:
        """Takes up the checkpoint where there is one.

        Args:
            network: Is changed in place.
            rows: What to fit on.
            stage: How long and how fast.
            checkpoint: A file; the run goes on from it when it is there.
            compiled: Half as fast again, but it wants a C++ compiler.
        """
        self.network, self._rows, self._stage = network, rows, stage
        self._checkpoint = checkpoint
        self._body = torch.compile(network.model, dynamic=True) if compiled else network.model
        matrices = [p for p in network.model.layers.parameters() if p.ndim == 2]
        known = {id(p) for p in matrices}
        rest = [p for p in network.parameters() if id(p) not in known]
        self._optimizers = (
            torch.optim.Muon(matrices, lr=stage.rate, adjust_lr_fn="match_rms_adamw"),
            torch.optim.AdamW(rest, lr=stage.rate, betas=(0.9, 0.95), weight_decay=0.0, fused=True),
        )
        self.step = self.seen = 0
        if checkpoint.exists():
            self._load()

    def run(self, report: Callable[[float, float], None], *, every: int = 50) -> None:
        """Fits to the end of the stage.

        Args:
            report: Called with the share done and the mean loss since the last report.
            every: Steps between two reports; a checkpoint is written every ten of them.
        """
        losses: list[float] = []
        if self.seen >= self._stage.tokens:
            return
        for inputs, labels in self._batches():
            losses.append(self._fit(inputs, labels))
            self.step += 1
            self.seen += inputs.numel()
            if self.step % every == 0:
                report(min(1.0, self.seen / self._stage.tokens), math.fsum(losses) / len(losses))
                losses.clear()
            if self.step % (10 * every) == 0:
                self.save()
            if self.seen >= self._stage.tokens:
                break
        self.save()

    def _batches(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        pad = int(self.network.config.pad_token_id or 0)
        done, epoch = self.step, 0
        while True:
            for inputs, labels in batches(self._rows, Random(epoch), pad):
                if done:
                    done -= 1
                    continue
                yield inputs, labels
            epoch += 1

    def _fit(self, inputs: torch.Tensor, labels: torch.Tensor) -> float:
        rate = self._stage.rate_at(self.seen / self._stage.tokens)
        for optimizer in self._optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate
        loss = loss_of(self.network, inputs, labels, self._body)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        for optimizer in self._optimizers:
            optimizer.step()  # type: ignore[no-untyped-call]
            optimizer.zero_grad()
        return loss.item()

    def save(self) -> None:
        """Writes the checkpoint; what is there is replaced only when the new one is whole."""
        state = {
            "network": self.network.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self._optimizers],
            "step": self.step,
            "seen": self.seen,
        }
        partial = self._checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(self._checkpoint)

    def _load(self) -> None:
        state = torch.load(self._checkpoint, weights_only=True)
        self.network.load_state_dict(state["network"])
        for optimizer, kept in zip(self._optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(kept)
        self.step, self.seen = state["step"], state["seen"]


def loss_of(
    network: LlamaForCausalLM,
    inputs: torch.Tensor,
    labels: torch.Tensor,
    body: Callable[..., BaseModelOutputWithPast] | None = None,
) -> torch.Tensor:
    """Returns the mean cross-entropy in nats over the labelled tokens, a scalar tensor."""
    with torch.autocast("cpu", torch.bfloat16):
        read = (network.model if body is None else body)(input_ids=inputs)
        learnt = labels[:, 1:] >= 0
        logits = network.lm_head(read[0][:, :-1][learnt])
    return functional.cross_entropy(logits.float(), labels[:, 1:][learnt])


def perplexity(network: LlamaForCausalLM, rows: Sequence[Row], pad: int) -> float:
    """Returns the perplexity of a token of the lines, what was heard before them included."""
    total = counted = 0.0
    with torch.inference_mode():
        for inputs, labels in batches(rows, Random(0), pad):
            learnt = int((labels[:, 1:] >= 0).sum())
            total += loss_of(network, inputs, labels).item() * learnt
            counted += learnt
    return math.exp(total / counted)
