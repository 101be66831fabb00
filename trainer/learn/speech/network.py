"""The architecture of the shipped model: a small Llama."""

from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerBase

from trainer.llm.local import COMPACT

WIDTH, LAYERS, HEADS, INNER = 384, 5, 6, 1024
CONTEXT = 512
"""Tokens it can look back on; a request and its line have about 80."""


def new_network(tokenizer: PreTrainedTokenizerBase) -> LlamaForCausalLM:
    """Returns a network with random weights: 11 million, those of the embedding shared."""
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=WIDTH,
            intermediate_size=INNER,
            num_hidden_layers=LAYERS,
            num_attention_heads=HEADS,
            num_key_value_heads=HEADS,
            max_position_embeddings=CONTEXT,
            tie_word_embeddings=True,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def ship(network: LlamaForCausalLM, tokenizer: PreTrainedTokenizerBase, folder: Path) -> None:
    """Writes the model as any chat model for transformers is written, two bytes a weight."""
    setattr(network.config, COMPACT, True)
    half = LlamaForCausalLM(network.config).to(torch.bfloat16)  # type: ignore[arg-type]
    half.load_state_dict(network.state_dict())
    assert half.generation_config is not None  # every model that can speak has one
    half.generation_config.do_sample = True  # servers draw only where it says so
    half.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
