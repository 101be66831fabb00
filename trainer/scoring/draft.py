"""A transcript that was read but not scored yet: somebody still has to say who is who."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from trainer.core.acts import Speaker
from trainer.errors import TranscriptError
from trainer.scoring.columns import Columns, read_table
from trainer.scoring.decoding import decode
from trainer.scoring.speakers import chosen_roles, roles_of
from trainer.scoring.transcript import Line, Named, is_table, joined, named_lines

_SAMPLE_ROWS = 4


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file says.

    Attributes:
        file: Its name, without folders.
        named: Names and words, in order; at least one.
    """

    file: str
    named: tuple[Named, ...]

    @property
    def cast(self) -> tuple[str, ...]:
        """The names that occur, in the order of the alphabet: the same for calls of a kind."""
        return tuple(sorted({name for name, _ in self.named}))

    @property
    def agents(self) -> frozenset[str]:
        """The names that are the agent's, as far as names and first lines tell; empty if not."""
        try:
            roles = roles_of(self.named)
        except TranscriptError:
            return frozenset()
        return frozenset(name for name, role in roles.items() if role is Speaker.TRAINEE)

    def lines(self, agents: Collection[str]) -> tuple[Line, ...]:
        """Returns the turns.

        Args:
            agents: Names that are the agent's; everybody else is the customer. Empty to go by
                names and first lines.

        Raises:
            TranscriptError: It cannot be told who is who.
        """
        return joined(self.named, chosen_roles(self.named, agents) or roles_of(self.named))


@dataclass(frozen=True, slots=True)
class Heads:
    """The top of a table: its columns, and some rows to choose by."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_draft(file: str, content: bytes, columns: Columns | None = None) -> Draft:
    """Reads a transcript file.

    Args:
        file: Its name; the ending says how it is read.
        content: Its bytes.
        columns: The two columns of a table whose names do not say it.

    Raises:
        TranscriptError: It is in none of the known forms.
    """
    path = PurePosixPath(file)
    return Draft(path.name, tuple(named_lines(content, path.suffix, columns)))


def heads_of(file: str, content: bytes) -> Heads | None:
    """Returns the top of a table; None for other files and for what is no table."""
    if not is_table(PurePosixPath(file).suffix):
        return None
    try:
        table = read_table(decode(content))
    except TranscriptError:
        return None
    rows: Sequence[Sequence[str]] = table.head(_SAMPLE_ROWS).to_numpy().tolist()
    return Heads(tuple(name for name in table.columns if name), tuple(map(tuple, rows)))
