"""The tokenizer of the shipped model: byte-level BPE with one token for each mark of a request."""

from collections.abc import Iterable

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from trainer.nlg.request import MARKS

SIZE = 6144
"""Entries, marks included."""

BOS, END, PAD = "<|s|>", "<|e|>", "<|p|>"
_ROLES = {"system": "<|wer|>", "user": "<|anruf|>", "assistant": "<|kunde|>"}
_TEMPLATE = (
    "{{ '<|s|>' }}{% for message in messages %}"
    "{% if message.role == 'system' %}{{ '<|wer|>' + message.content }}"
    "{% elif message.role == 'user' %}{{ '<|anruf|>' + message.content }}"
    "{% else %}{{ '<|kunde|>' + message.content + '<|e|>' }}{% endif %}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|kunde|>' }}{% endif %}"
)


def fit_tokenizer(texts: Iterable[str]) -> PreTrainedTokenizerFast:
    """Fits the tokenizer on texts and gives it the chat template."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = [PAD, BOS, END, *_ROLES.values()]
    trainer = trainers.BpeTrainer(
        vocab_size=SIZE - len(MARKS),
        special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_tokens([AddedToken(mark, normalized=False) for mark in MARKS])
    wrapped = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, bos_token=BOS, eos_token=END, pad_token=PAD
    )
    wrapped.chat_template = _TEMPLATE
    return wrapped
