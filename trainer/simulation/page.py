"""The report of a run as one HTML page that needs nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from trainer.simulation.charts import DRAWS, draw_all
from trainer.simulation.record import Record
from trainer.simulation.report import tables

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
  color: #222; }
table { border-collapse: collapse; margin: .5rem 0 2rem; font-size: .9rem; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #ddd; }
svg { max-width: 100%; height: auto; }
td.no { color: #b00020; font-weight: 600; }
details { margin: .5rem 0; } .customer { color: #1a4f8a; } small { color: #666; }
"""
_NO_CHARTS = (
    "<p>Charts are left out: vl-convert-python is not installed. The tables say it all.</p>"
)


def as_page(figures: Mapping[str, Any], calls: Sequence[Record] = ()) -> str:
    """Returns the page.

    Args:
        figures: What `figures_of` found.
        calls: Calls to read along, with their transcripts.
    """
    body = [
        "<h1>Wiederhören: scripted agents and every customer</h1>",
        f"<p>{figures['calls']} calls, {len(figures['seeds'])} seeds. {_latency(figures)}</p>",
        *(_charts(figures) if DRAWS else (_NO_CHARTS,)),
        *(f"<h2>{escape(title)}</h2>{_table(rows)}" for title, rows in tables(figures)),
        *_calls(calls),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Wiederhören: simulation</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(body)}</body></html>\n"
    )


def _latency(figures: Mapping[str, Any]) -> str:
    found = figures["latency_ms"].items()
    return (
        "A customer turn took " + ", ".join(f"{name} {value:g} ms" for name, value in found) + "."
    )


def _charts(figures: Mapping[str, Any]) -> Iterator[str]:
    for title, drawing in draw_all(figures):
        yield f"<h2>{escape(title)}</h2>{drawing}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *rest = rows
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = ("".join(map(_cell, row)) for row in rest)
    return f"<table><tr>{top}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _cell(text: str) -> str:
    return f"<td class='no'>{text}</td>" if text == "NO" else f"<td>{escape(text)}</td>"


def _calls(calls: Sequence[Record]) -> Iterator[str]:
    if calls:
        yield "<h2>Calls to read along</h2>"
    for record in calls:
        title = f"{record.agent} and {record.persona}, seed {record.seed}: {record.ending}"
        lines = "".join(
            f"<p class='{line.speaker}'>{escape(line.text) or '…'} "
            f"<small>{escape(', '.join(line.acts))}</small></p>"
            for line in record.transcript
        )
        yield f"<details><summary>{escape(title)}</summary>{lines}</details>"
