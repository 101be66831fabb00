"""What a run must show, each rule with what was found; the figures are those of `figures`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation.

    Attributes:
        found: The figure; None where the run has no such calls.
        least: It must be no less; likewise `most`.
    """

    name: str
    found: float | None
    least: float | None = None
    most: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the figure lies within; None where there is none."""
        if self.found is None:
            return None
        low = self.least is None or self.found >= self.least
        return low and (self.most is None or self.found <= self.most)


_WON: Mapping[str, tuple[float | None, float | None]] = {
    "skilled": (0.70, None),
    "average": (0.20, 0.40),
    "weak": (None, 0.10),
    "stuffer": (None, 0.05),
    "pushy": (None, 0.05),
    "aimless": (None, 0.0),
    "silent": (None, 0.0),
}


def check(figures: Mapping[str, Any]) -> list[Rule]:
    """Returns every rule with what a run found."""
    return [*_of_agents(figures["agents"]), *_of_flow(figures["flow"]), *_of_scores(figures)]


def _of_agents(agents: Mapping[str, Any]) -> Iterator[Rule]:
    for agent, (least, most) in _WON.items():
        if agent in agents:
            yield Rule(f"{agent}: winnable customers won", agents[agent]["won"], least, most)
    if "skilled" in agents:
        levels = agents["skilled"]["won_by_difficulty"]
        yield Rule("skilled: easy ones won", levels.get("easy"), least=0.85)
        yield Rule("skilled: hard ones won", levels.get("hard"), least=0.50)
    if "discount" in agents:
        thrower = agents["discount"]
        yield Rule("discount: customers won", thrower["won_of_all"], most=0.15)
        yield Rule("discount: won where it is not money", thrower["won_where_not_money"], most=0.0)
    never = [one["won_unwinnable"] for one in agents.values() if one["won_unwinnable"] is not None]
    yield Rule("who cannot be won is won", max(never, default=None), most=0.0)


def _of_flow(flow: Mapping[str, Any]) -> Iterator[Rule]:
    yield Rule("earliest yes, in agent turns", flow["earliest_yes"], least=5)
    yield Rule("calls of 8 turns with two kinds", flow["two_kinds_in_eight_turns"], least=1.0)
    yield Rule("argued pretexts that return", flow["argued_pretext_returns"], least=0.80)
    yield Rule("probed pretexts that lead on", flow["probed_pretext_leads_on"], least=0.80)
    yield Rule("customer turns said before", flow["repeated"], most=0)
    yield Rule("answers to questions not asked", flow["unasked"], most=0.02)
    yield Rule("calls ended without a goodbye", flow["ended_without_goodbye"], most=0)
    yield Rule("longest call, in agent turns", flow["longest"], most=60)


def _of_scores(figures: Mapping[str, Any]) -> Iterator[Rule]:
    for name, auc in figures["separation"].items():
        yield Rule(f"{name}: skilled above weak (AUC)", auc, least=0.95)
    for agent in ("stuffer", "silent"):
        if agent in figures["agents"]:
            yield Rule(f"{agent}: under 40 points", figures["agents"][agent]["under_40"], least=1.0)
