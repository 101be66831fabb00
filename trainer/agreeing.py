"""The command `agreement`: how well the score agrees with coaches."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from trainer.measured import Basis, as_csv, as_json, figures
from trainer.scoring.agreement import Estimate
from trainer.scoring.pairs import Row
from trainer.settings import load_settings
from trainer.store.agreements import AgreementStore
from trainer.store.engine import open_engine


def agreement(
    basis: Annotated[
        Basis, typer.Option(help="Levels given blind, or whole reviews that were finished.")
    ] = Basis.BLIND,
    json_: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    csv_: Annotated[
        bool, typer.Option("--csv", help="A line for each principle and check.")
    ] = False,
) -> None:
    """Compares the score with what coaches said: weighted kappa, exact, within one level."""
    engine = open_engine(load_settings().database_url)
    try:
        found = figures(AgreementStore(engine), basis)
    finally:
        engine.dispose()
    if json_:
        typer.echo(json.dumps(as_json(found, basis), ensure_ascii=False))
    elif csv_:
        typer.echo(as_csv(found), nl=False)
    elif found:
        Console(width=100).print(_table(found))
    else:
        typer.echo(f"No coach has said anything yet that could be compared ({basis}).")


def _table(found: Sequence[Row]) -> Table:
    table = Table("", "pairs", "kappa", "exact", "within one", "left out", box=None)
    for row in found:
        one = row.agreement
        cells = map(_figure, (one.kappa, one.exact, one.within_one))
        table.add_row(row.subject, str(one.calls), *cells, str(row.left_out))
    return table


def _figure(estimate: Estimate) -> str:
    if estimate.value is None:
        return "–"
    return f"{estimate.value:.2f} ({estimate.low:.2f}–{estimate.high:.2f})"
