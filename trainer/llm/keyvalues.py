"""Keys and values of a decoder: what was read once need not be read again.

Rows of different lengths stand flush right in one batch; what is left of a row is masked. Rotary
positions are in the keys already, so a row keeps its meaning when it is moved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import torch
from torch.nn import functional
from transformers.cache_utils import DynamicLayer

_ROOM = 256
"""So many more tokens a layer can take in before it has to move."""
_LAST_TURN = 256
"""So many tokens at its end, the plan and the reply, a talk gives up to be read on in place."""


class Layer(DynamicLayer):  # type: ignore[no-untyped-call]
    """Keys and values of one layer, which grow in place while there is room.

    The parent copies all it has with every token.

    Attributes:
        parts: Keys and values, each (rows, heads, tokens, width).
    """

    parts: tuple[torch.Tensor, torch.Tensor]

    def __init__(self) -> None:
        """Starts empty."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._rooms: list[torch.Tensor] = []

    @classmethod
    def of(cls, keys: torch.Tensor, values: torch.Tensor) -> Self:
        """Returns a layer that holds these without copying; it moves before it takes in more."""
        layer = cls()
        layer.lazy_initialization(keys, values)
        layer._hold(keys, values)
        return layer

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *_: object, **__: object
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Takes in the keys and values of the next tokens; returns all."""
        if not self.is_initialized:
            self.lazy_initialization(key_states, value_states)
            self._hold(key_states[:, :, :0], value_states[:, :, :0])
        known = self.parts[0].shape[2]
        total = known + key_states.shape[2]
        if not self._rooms or total > self._rooms[0].shape[2]:
            self._rooms = [_moved(part, total + _ROOM) for part in self.parts]
        for room, new in zip(self._rooms, (key_states, value_states), strict=True):
            room[:, :, known:total] = new
        self._hold(*(room[:, :, :total] for room in self._rooms))
        return self.parts

    def start(self, tokens: int) -> Self:
        """Returns the first tokens as a layer of its own, not copied."""
        return self.of(*(part[:, :, :tokens] for part in self.parts))

    def cut(self, tokens: int) -> None:
        """Drops all but the first tokens; their place can be taken by others."""
        self._hold(*(part[:, :, :tokens] for part in self.parts))

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return sum(part.untyped_storage().nbytes() for part in self.parts)

    def _hold(self, keys: torch.Tensor, values: torch.Tensor) -> None:
        self.keys, self.values = self.parts = keys, values


def _moved(part: torch.Tensor, tokens: int) -> torch.Tensor:
    """Returns room for so many tokens, with what is known at its start."""
    rows, heads, known, width = part.shape
    room = part.new_empty(rows, heads, tokens, width)
    room[:, :, :known] = part
    return room


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
        return sum(layer.size for layer in self.layers)

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

    def take(self, ids: Sequence[int]) -> tuple[int, tuple[Layer, ...]]:
        """Returns the longest known start of a prompt: its length and its keys and values.

        A talk that goes on is given away, to be read on where it lies; of another talk a part is
        lent. At least the last token is left to be read, since it says what comes next.
        """
        best = max(self._kept, key=lambda prefix: prefix.shared_with(ids), default=None)
        length = min(best.shared_with(ids), len(ids) - 1) if best else 0
        if best is None or length == 0:
            return 0, ()
        self._kept.remove(best)
        if len(best.ids) - length > _LAST_TURN:
            self._kept.append(best)
            return length, tuple(layer.start(length) for layer in best.layers)
        for layer in best.layers:
            layer.cut(length)
        return length, best.layers

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
        Layer.of(*map(_stacked, zip(*(layer.parts for layer in layers), strict=True)))
        for layers in zip(*batches, strict=True)
    )


def _stacked(parts: Sequence[torch.Tensor]) -> torch.Tensor:
    longest = max(part.shape[2] for part in parts)
    return torch.cat([functional.pad(p, (0, 0, longest - p.shape[2], 0)) for p in parts])


def picked(layers: Sequence[Layer], rows: Sequence[int], length: int) -> tuple[Layer, ...]:
    """Returns some rows of a batch, cut to the last `length` tokens; copies unless it is all."""
    keys, _ = layers[0].parts
    if len(rows) == keys.shape[0] and length == keys.shape[2]:
        return tuple(layers)
    at = torch.tensor(rows, device=keys.device)
    return tuple(Layer.of(*(part[at, :, -length:] for part in layer.parts)) for layer in layers)
