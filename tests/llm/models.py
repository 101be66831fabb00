"""Small chat models with random weights, written to a folder as any other model is."""

from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

PLAIN = (
    "{% for m in messages %}<{{ m.role }}>{{ m.content }}</s>{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% endif %}"
)
NO_SYSTEM = (
    "{% if messages[0].role == 'system' %}{{ raise_exception('no system role') }}{% endif %}"
    + PLAIN
)
STRICT = (
    "{% for m in messages if m.role != 'system' %}"
    "{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('roles must alternate user/assistant') }}{% endif %}{% endfor %}" + PLAIN
)
REFUSES_ALL = "{{ raise_exception('not in this mood') }}"

_TEXT = ("Guten Tag, hier spricht die Kundin.", "Was möchten Sie denn? Schöne Grüße, tschüss!")


def write_model(
    folder: Path,
    *,
    template: str | None = PLAIN,
    width: int = 64,
    layers: int = 2,
    inner: int = 128,
    spread: float = 0.4,
) -> Path:
    """Writes a Llama with random weights and a byte tokenizer."""
    torch.manual_seed(1)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    roles = ["<system>", "<user>", "<assistant>"]
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=["</s>", *roles], initial_alphabet=alphabet
    )
    tokenizer.train_from_iterator(_TEXT, trainer)
    wrapped = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="</s>")
    wrapped.chat_template = template
    wrapped.save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=len(wrapped),
        hidden_size=width,
        intermediate_size=inner,
        num_hidden_layers=layers,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=4096,
        eos_token_id=wrapped.eos_token_id,
        initializer_range=spread,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder
