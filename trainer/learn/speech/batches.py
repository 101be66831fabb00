"""Examples as rows of tokens, in batches of like length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import torch
from transformers import PreTrainedTokenizerBase

from trainer.learn.speech.line import Line
from trainer.nlg.request import request_messages

LONGEST = 192
"""Tokens of an example; the few longer ones are left out."""
TOKENS = 6144
"""Tokens of a batch, padding included."""
_STEP = 8
_IGNORED = -100


@dataclass(frozen=True, slots=True)
class Row:
    """One example as tokens.

    Attributes:
        ids: The request and the line.
        start: Where the line begins.
        heard: Where the trainee's words are, `[start, end)`; they are German too.
    """

    ids: tuple[int, ...]
    start: int
    heard: tuple[int, int]


def rows_of(lines: Sequence[Line], tokenizer: PreTrainedTokenizerBase) -> list[Row]:
    """Returns the lines as tokens, without those that are too long."""
    rows = []
    encode = tokenizer.backend_tokenizer.encode_batch
    heads = encode([_head(line, tokenizer) for line in lines], add_special_tokens=False)
    tails = encode(
        [f"{line.text}{tokenizer.eos_token}" for line in lines], add_special_tokens=False
    )
    call = tokenizer.convert_tokens_to_ids("<|anruf|>")
    newline = tokenizer.backend_tokenizer.encode("\n", add_special_tokens=False).ids[0]
    for head, tail in zip(heads, tails, strict=True):
        ids = (*head.ids, *tail.ids)
        if len(ids) <= LONGEST:
            begin = head.ids.index(call) + 1
            end = head.ids.index(newline) if newline in head.ids else begin
            rows.append(Row(ids, len(head.ids), (begin, end)))
    return rows


def batches(
    rows: Sequence[Row], rng: Random, pad: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yields inputs and labels of all rows once, in random order.

    Yields:
        Two integer tensors of shape (rows, tokens); labels are -100 where nothing is learnt:
        on the plan, which no text predicts, and on the padding.
    """
    drawn = rng.sample(range(len(rows)), len(rows))
    order = sorted(drawn, key=lambda at: _rounded(len(rows[at].ids)))
    found = []
    while order:
        width = _rounded(len(rows[order[-1]].ids))
        size = max(1, TOKENS // width)
        found.append((order[-size:], width))
        del order[-size:]
    rng.shuffle(found)
    for members, width in found:
        yield _tensors([rows[at] for at in members], width, pad)


def _rounded(length: int) -> int:
    return -(-length // _STEP) * _STEP


def _tensors(rows: Sequence[Row], width: int, pad: int) -> tuple[torch.Tensor, torch.Tensor]:
    inputs = torch.full((len(rows), width), pad)
    labels = torch.full((len(rows), width), _IGNORED)
    for place, row in enumerate(rows):
        ids = torch.tensor(row.ids)
        inputs[place, : len(ids)] = ids
        labels[place, row.start : len(ids)] = ids[row.start :]
        labels[place, slice(*row.heard)] = ids[slice(*row.heard)]
    return inputs, labels


def _head(line: Line, tokenizer: PreTrainedTokenizerBase) -> str:
    messages = [
        {"role": message.role, "content": message.content}
        for message in request_messages(line.request)
    ]
    text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    return str(text)
