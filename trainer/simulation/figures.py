"""Figures over many simulated calls, ready for JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from trainer.core.plan import Ending
from trainer.core.rubric import Principle
from trainer.simulation.record import Record

_TREATED = ("settled", "dropped")
_MEANS = (
    *("turns", "resistance", "raised", "settled", "returned", "facts"),
    *("trust", "total", "passed", *(str(principle) for principle in Principle)),
)


def frame_of(records: Sequence[Record]) -> pd.DataFrame:
    """Returns one row a call."""
    return pd.DataFrame([_row(record) for record in records])


def _row(record: Record) -> dict[str, Any]:
    left_out = ("transcript", "trust", "latencies_ms", "points", "stages")
    row = {name: value for name, value in asdict(record).items() if name not in left_out}
    return {
        **row,
        **{str(principle): record.points.get(str(principle)) for principle in Principle},
        "ending": record.ending.value,
        "won": record.won,
        "resistance": record.resisted / max(1, record.turns),
        "raised": len(record.stages),
        "settled": sum(stage in _TREATED for stage in record.stages.values()),
        "trust": record.trust[-1] if record.trust else None,
    }


def figures_of(records: Sequence[Record]) -> dict[str, Any]:
    """Returns every figure of the report.

    Args:
        records: At least one call.
    """
    frame = frame_of(records)
    agents = list(dict.fromkeys(frame["agent"]))
    return {
        "calls": len(frame),
        "seeds": sorted({int(seed) for seed in frame["seed"]}),
        "agents": {agent: _agent(frame[frame["agent"] == agent]) for agent in agents},
        "personas": _by_persona(frame, agents),
        "trust": {agent: _curve([r for r in records if r.agent == agent]) for agent in agents},
        "flow": _flow(frame),
        "latency_ms": _latency(records),
        "separation": _separation(frame),
    }


def _agent(calls: pd.DataFrame) -> dict[str, Any]:
    winnable = calls[calls["winnable"]]
    endings = calls["ending"].value_counts()
    return {
        "won": _share(winnable["won"]),
        "won_by_difficulty": {
            str(level): _share(group["won"]) for level, group in winnable.groupby("difficulty")
        },
        "won_of_all": _share(calls["won"]),
        "won_where_money": _share(calls[calls["about_money"]]["won"]),
        "won_where_not_money": _share(calls[~calls["about_money"]]["won"]),
        "won_unwinnable": _share(calls[~calls["can_be_won"]]["won"]),
        "earliest_yes": _least(calls["decided_at"]),
        "endings": {ending.value: int(endings.get(ending.value, 0)) for ending in Ending},
        "means": {name: _mean(calls[name]) for name in _MEANS},
        "under_40": _share(calls["total"].dropna() < 40),
    }


def _by_persona(frame: pd.DataFrame, agents: Sequence[str]) -> dict[str, dict[str, float | None]]:
    return {
        str(persona): {agent: _share(calls[calls["agent"] == agent]["won"]) for agent in agents}
        for persona, calls in frame.groupby("persona")
    }


def _curve(records: Sequence[Record]) -> list[float]:
    """Returns the mean trust after each agent turn, over the calls that got that far.

    It stops where fewer than a tenth of the calls are still going on.
    """
    longest = max((len(record.trust) for record in records), default=0)
    curve = []
    for turn in range(longest):
        going = [record.trust[turn] for record in records if len(record.trust) > turn]
        if len(going) < len(records) / 10:
            break
        curve.append(round(float(np.mean(going)), 3))
    return curve


def _flow(frame: pd.DataFrame) -> dict[str, Any]:
    turns = int(frame["turns"].sum())
    long_calls = frame[frame["turns"] >= 8]
    return {
        "customer_turns": turns,
        "repeated": int(frame["repeats"].sum()),
        "unasked": _ratio(frame["unasked"].sum(), turns),
        "ended_without_goodbye": int(frame["abrupt"].sum()),
        "longest": int(frame["turns"].max()),
        "two_kinds_in_eight_turns": _share(long_calls["raised"] >= 2),
        "argued_pretext_returns": _ratio(
            frame["argued_back"].sum(), frame["pretexts_argued"].sum()
        ),
        "probed_pretext_leads_on": _ratio(frame["led_on"].sum(), frame["pretexts_probed"].sum()),
        "earliest_yes": _least(frame["decided_at"]),
    }


def _latency(records: Sequence[Record]) -> dict[str, float]:
    every = [latency for record in records for latency in record.latencies_ms]
    return {f"p{share}": round(float(np.percentile(every, share)), 1) for share in (50, 95, 99)}


def _separation(frame: pd.DataFrame) -> dict[str, float | None]:
    """Returns how surely each principle's points tell a skilled call from a weak one (AUC)."""
    skilled, weak = frame[frame["agent"] == "skilled"], frame[frame["agent"] == "weak"]
    return {
        name: _auc(skilled[name].dropna(), weak[name].dropna())
        for name in (*(str(principle) for principle in Principle), "total")
    }


def _auc(higher: "pd.Series[float]", lower: "pd.Series[float]") -> float | None:
    if higher.empty or lower.empty:
        return None
    above = np.subtract.outer(higher.to_numpy(float), lower.to_numpy(float))
    return round(float(np.mean((above > 0) + 0.5 * (above == 0))), 3)


def _share(values: "pd.Series[bool]") -> float | None:
    return None if values.empty else round(float(values.mean()), 3)


def _mean(values: "pd.Series[float]") -> float | None:
    known = values.dropna()
    return None if known.empty else round(float(known.astype(float).mean()), 2)


def _least(values: "pd.Series[float]") -> int | None:
    known = values.dropna()
    return None if known.empty else int(known.min())


def _ratio(part: float, whole: float) -> float | None:
    return None if not whole else round(float(part) / float(whole), 4)
