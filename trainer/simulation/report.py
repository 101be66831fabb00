"""The figures of a run as text."""

from collections.abc import Mapping, Sequence
from typing import Any

from trainer.simulation.rules import Rule, check

_MEANS = {
    "turns": "turns",
    "resistance": "resisting",
    "raised": "raised",
    "settled": "settled",
    "returned": "returned",
    "facts": "facts",
    "trust": "trust",
}
_SCORES = ("lead", "needs", "objections", "close", "total", "passed")

Row = Sequence[str]


def as_markdown(figures: Mapping[str, Any]) -> str:
    """Returns all tables of the report as Markdown; readable in a terminal, too."""
    parts = [f"{title}\n\n{_markdown(rows)}" for title, rows in tables(figures)]
    latency = ", ".join(f"{name} {value:g} ms" for name, value in figures["latency_ms"].items())
    head = f"{figures['calls']} calls, {len(figures['seeds'])} seeds; a customer turn {latency}."
    return "\n\n".join([head, *(f"## {part}" for part in parts)]) + "\n"


def tables(figures: Mapping[str, Any]) -> list[tuple[str, list[Row]]]:
    """Returns each table with its title; the first row names the columns."""
    agents = figures["agents"]
    return [
        ("Rules", [("rule", "wanted", "found", "met"), *map(_rule_row, check(figures))]),
        ("Calls won", _won(agents)),
        ("Calls won, by customer", _personas(figures["personas"], list(agents))),
        ("How calls ended", _endings(agents)),
        ("Means of a call", _means(agents, _MEANS)),
        ("Scores", _means(agents, dict(zip(_SCORES, _SCORES, strict=True)))),
    ]


def _rule_row(rule: Rule) -> Row:
    wanted = [
        *(() if rule.least is None else (f"≥ {rule.least:g}",)),
        *(() if rule.most is None else (f"≤ {rule.most:g}",)),
    ]
    found = "–" if rule.found is None else f"{rule.found:g}"
    return (rule.name, " and ".join(wanted), found, {True: "yes", False: "NO", None: "–"}[rule.met])


def _won(agents: Mapping[str, Any]) -> list[Row]:
    levels = ("easy", "medium", "hard")
    rows: list[Row] = [("agent", *levels, "winnable", "all")]
    for name, one in agents.items():
        shares = [one["won_by_difficulty"].get(level) for level in levels]
        rows.append((name, *map(percent, (*shares, one["won"], one["won_of_all"]))))
    return rows


def _personas(personas: Mapping[str, Mapping[str, float | None]], agents: Row) -> list[Row]:
    rows: list[Row] = [("customer", *agents)]
    rows += [
        (name, *(percent(won.get(agent)) for agent in agents)) for name, won in personas.items()
    ]
    return rows


def _endings(agents: Mapping[str, Any]) -> list[Row]:
    endings = list(next(iter(agents.values()))["endings"])
    rows: list[Row] = [("agent", *endings)]
    rows += [(name, *(str(one["endings"][e]) for e in endings)) for name, one in agents.items()]
    return rows


def _means(agents: Mapping[str, Any], columns: Mapping[str, str]) -> list[Row]:
    rows: list[Row] = [("agent", *columns.values())]
    for name, one in agents.items():
        found = (one["means"][column] for column in columns)
        rows.append((name, *("–" if value is None else f"{value:.2f}" for value in found)))
    return rows


def percent(share: float | None) -> str:
    """Returns a share as a whole percentage."""
    return "–" if share is None else f"{share:.0%}"


def _markdown(rows: Sequence[Row]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
        for row in rows
    ]
    lines.insert(1, f"| {' | '.join('-' * width for width in widths)} |")
    return "\n".join(lines)
