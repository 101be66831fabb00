"""Draws the next token from a model's scores."""

import torch

from trainer.llm.base import Sampling


def draw(logits: torch.Tensor, sampling: Sampling, generator: torch.Generator) -> int:
    """Draws one token.

    Args:
        logits: Scores of all tokens, shape (tokens,).
        sampling: Temperature, nucleus and the least share of the best token's probability.
        generator: The reply's own source of randomness.
    """
    if sampling.temperature == 0:
        return int(logits.argmax())
    shares = torch.softmax(logits.float() / sampling.temperature, dim=-1)
    ranked, order = shares.sort(descending=True)
    before = ranked.cumsum(0) - ranked
    allowed = (before < sampling.top_p) & (ranked >= sampling.min_p * ranked[0])
    at = torch.multinomial(ranked * allowed, 1, generator=generator)
    return int(order[at])
