"""Tables of lines: which column says who spoke, and which one what was said."""

from dataclasses import dataclass
from io import StringIO

import pandas as pd

from trainer.errors import TranscriptError

_WHO = {"speaker", "sprecher", "sprecherin", "rolle", "role", "name", "wer"}
_WHAT = {"text", "utterance", "äußerung", "aeusserung", "inhalt", "content", "message", "nachricht"}
_SEPARATORS = ";,\t|"
_MOST_COLUMNS = 64
_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the two columns that matter."""

    who: str
    what: str


def read_table(text: str) -> pd.DataFrame:
    """Returns a CSV text as a table of strings under the names in its first row.

    Raises:
        TranscriptError: It is no CSV, or a row has cells beyond the header's: a text cut at its
            comma would be scored as if the rest had not been said.
    """
    lines = text.strip().split("\n")
    separator = max(_SEPARATORS, key=lines[0].count)
    if len(lines) > _MOST_ROWS:
        raise TranscriptError(
            f"the table has {len(lines)} rows, more than {_MOST_ROWS}; split it", "long"
        )
    width = min(_MOST_COLUMNS, 1 + max(line.count(separator) for line in lines))
    try:
        cells = pd.read_csv(
            StringIO("\n".join(lines)),
            sep=separator,
            header=None,
            names=range(width),
            dtype=str,
            na_filter=False,
            skip_blank_lines=False,
        )
    except ValueError as error:  # pandas' ParserError and EmptyDataError
        raise TranscriptError(f"no valid CSV: {' '.join(str(error).split())}", "csv") from error
    return _headed(cells, separator)


def guess_columns(table: pd.DataFrame) -> Columns | None:
    """Returns the two columns where their names speak for themselves."""
    who = next((name for name in table.columns if name.lower() in _WHO), None)
    what = next((name for name in table.columns if name.lower() in _WHAT), None)
    return None if who is None or what is None else Columns(who, what)


def pick(table: pd.DataFrame, columns: Columns | None) -> list[tuple[str, str]]:
    """Returns speaker and words of each row.

    Args:
        table: Of `read_table`.
        columns: Which two; None to go by their names.

    Raises:
        TranscriptError: No such columns, or their names do not say which they are.
    """
    chosen = columns or guess_columns(table)
    names = [name for name in table.columns if name]
    if chosen is None or not {chosen.who, chosen.what} <= set(names):
        raise TranscriptError(
            f"the columns are {', '.join(names)}; name two of them speaker and text", "columns"
        )
    return list(zip(table[chosen.who], table[chosen.what], strict=True))


def _headed(cells: pd.DataFrame, separator: str) -> pd.DataFrame:
    head = [cell.strip() for cell in cells.iloc[0]]
    while len(head) > 1 and not head[-1]:
        head.pop()
    beyond = cells.iloc[1:, len(head) :]
    too_long = beyond.ne("").any(axis=1)
    if too_long.any():
        number = int(too_long.idxmax())
        filled = cells.iloc[number].ne("")
        count = 1 + max(place for place, full in enumerate(filled) if full)
        raise TranscriptError(
            f"row {number + 1} has {count} columns instead of {len(head)}; put texts with "
            f"“{separator}” into quotation marks",
            "csv",
        )
    table = cells.iloc[1:, : len(head)].reset_index(drop=True)
    twice = [name for name in dict.fromkeys(head) if name and head.count(name) > 1]
    if twice:
        raise TranscriptError(f"two columns are named {twice[0]}; give each its own", "csv")
    return table.set_axis(head, axis="columns")
