"""Tables as files for a spreadsheet, which would run a cell that begins like a formula."""

import pandas as pd

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def csv_of(table: pd.DataFrame) -> bytes:
    """Returns a table as German spreadsheets open it; no text in it begins a formula."""
    safe = table.map(harmless).rename(columns=harmless)
    text: str = safe.to_csv(index=False, sep=";", decimal=",")
    return text.encode("utf-8-sig")


def harmless(cell: object) -> object:
    """Returns a cell that shows the same and is nothing but text; other things as they are."""
    if not isinstance(cell, str):
        return cell
    line = cell.replace("\r", " ")  # would begin a row of its own
    return f"'{line}" if line.lstrip(" \ufeff").startswith(_FORMULA) else line
