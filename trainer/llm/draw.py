"""Draws the next token from a model's scores."""

from collections.abc import Sequence

import torch

from trainer.llm.base import Sampling


def draw(
    logits: torch.Tensor,
    sampling: Sampling,
    generator: torch.Generator,
    allowed: Sequence[int] | None = None,
) -> int:
    """Draws one token.

    Args:
        logits: Scores of all tokens, shape (tokens,).
        sampling: Temperature, nucleus and the least share of the best token's probability.
        generator: The reply's own source of randomness.
        allowed: The only tokens that may be drawn; None for all.
    """
    if allowed is not None:
        only = torch.tensor(allowed)
        return int(only[draw(logits[only], sampling, generator)])
    if sampling.temperature == 0:
        return int(logits.argmax())
    shares = torch.softmax(logits.float() / sampling.temperature, dim=-1)
    likely = (shares >= sampling.min_p * shares.max()).nonzero().flatten()
    ranked, order = shares[likely].sort(descending=True)
    before = ranked.cumsum(0) - ranked
    at = torch.multinomial(ranked * (before < sampling.top_p), 1, generator=generator)
    return int(likely[order[at]])
