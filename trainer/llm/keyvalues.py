"""Keys and values of a decoder: what was read once need not be read again.

Rows of different lengths stand flush right in one batch; what is left of a row is masked. Rotary
positions are in the keys already, so a row keeps its meaning when it is moved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch.nn import functional

Layer = tuple[torch.Tensor, torch.Tensor]
"""Keys and values of one layer, each (rows, heads, tokens, width)."""


@dataclass(frozen=True, slots=True, eq=False)
class Prefix:
    """What one talk has read so far.

    Attributes:
        ids: The tokens.
        layers: Their keys and values, one row.
    """

    ids: tuple[int, ...]
    layers: tuple[Layer, ...]

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return sum(part.numel() * part.element_size() for layer in self.layers for part in layer)

    def shared_with(self, ids: Sequence[int]) -> int:
        """Returns how many tokens at the start are the same."""
        length = 0
        for own, other in zip(self.ids, ids, strict=False):
            if own != other:
                break
            length += 1
        return length


class PrefixStore:
    """The latest talks' keys and values, the least recently used forgotten first."""

    def __init__(self, limit: int) -> None:
        """Takes the most bytes to keep; 0 keeps nothing."""
        self._limit = limit
        self._kept: list[Prefix] = []

    def find(self, ids: Sequence[int]) -> tuple[int, tuple[Layer, ...]]:
        """Returns the longest known start of a prompt: its length and its keys and values.

        At least the last token is left to be read, since it says what comes next.
        """
        best = max(self._kept, key=lambda prefix: prefix.shared_with(ids), default=None)
        length = min(best.shared_with(ids), len(ids) - 1) if best else 0
        if best is None or length == 0:
            return 0, ()
        self._kept.append(self._kept.pop(self._kept.index(best)))
        return length, tuple((k[:, :, :length], v[:, :, :length]) for k, v in best.layers)

    def keep(self, prefix: Prefix) -> None:
        """Keeps a talk in place of the shorter ones it goes on from."""
        if prefix.size > self._limit:
            return
        self._kept = [old for old in self._kept if old.shared_with(prefix.ids) < len(old.ids)]
        self._kept.append(prefix)
        while sum(kept.size for kept in self._kept) > self._limit:
            del self._kept[0]


def joined(batches: Iterable[Sequence[Layer]]) -> tuple[Layer, ...]:
    """Returns the rows of all batches as one batch, flush right."""
    return tuple(
        (_stacked([keys for keys, _ in layers]), _stacked([values for _, values in layers]))
        for layers in zip(*batches, strict=True)
    )


def _stacked(parts: Sequence[torch.Tensor]) -> torch.Tensor:
    longest = max(part.shape[2] for part in parts)
    return torch.cat([functional.pad(p, (0, 0, longest - p.shape[2], 0)) for p in parts])


def picked(layers: Sequence[Layer], rows: Sequence[int], length: int) -> tuple[Layer, ...]:
    """Returns some rows of a batch, cut to the last `length` tokens."""
    at = torch.tensor(rows, device=layers[0][0].device)
    return tuple((keys[at, :, -length:], values[at, :, -length:]) for keys, values in layers)
