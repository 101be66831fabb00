"""How far the score agrees with blind raters, whether it can be faked, and how long it takes.

Run: PYTHONPATH=. .venv/bin/python benchmarks/scoring.py
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter

import numpy as np
from calls import Calls, gold_calls, median_levels, recognised_calls
from fakes import EMPTY, FAKES
from fit_levels import credits_of, leave_one_call_out, load_rubric

from trainer.call import annotate
from trainer.core.rubric import Principle, Rubric
from trainer.nlu.recognizer import load_recognizer
from trainer.scoring.agreement import Agreement, Estimate, agreement
from trainer.scoring.assessor import assess
from trainer.settings import Settings

RESULT = Path(__file__).parent / "results" / "2026-11-25-scoring.md"
TURNS = 40
REPEATS = 20


def main() -> None:
    """Measures and writes the result file."""
    rubric, rated = load_rubric(), median_levels()
    versions = {"gold": gold_calls(), "out of fold": recognised_calls()}
    lines = [
        "# Scoring: agreement with raters, fakes, time",
        "",
        "Command: `PYTHONPATH=. python benchmarks/scoring.py`. Machine: 2 cores.",
        "",
        "42 calls against the median of three blind raters. *gold*: the annotators' acts; *out of "
        "fold*: acts by recognisers that had not seen the call. Weights and thresholds were fitted "
        "anew without the call (leave one call out). The conditions and counts were chosen while "
        "looking at these calls, so the figures are on the friendly side. Intervals: 95 %, "
        "bootstrap over calls.",
        "",
        "| acts | principle | weighted kappa | exact | within one |",
        "| --- | --- | --- | --- | --- |",
        *_agreement_rows(versions, rubric, rated),
        "",
        f"Calls that pretend, labelled by the shipped recogniser (pass mark {rubric.pass_mark:g}):",
        "",
        "| call | lead | needs | objections | close | total |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *_fake_rows(rubric),
        "",
        _time_line(versions["out of fold"], rubric),
    ]
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def _agreement_rows(
    versions: Mapping[str, Calls], rubric: Rubric, rated: Mapping[str, Mapping[Principle, int]]
) -> Iterator[str]:
    for name, calls in versions.items():
        for principle, part in rubric.principles.items():
            levels = np.array([rated[call][principle] for call in calls])
            training = [credits_of(version, rubric, principle) for version in versions.values()]
            seen = credits_of(calls, rubric, principle)
            found = agreement(list(leave_one_call_out(training, seen, levels, part)), list(levels))
            yield f"| {name} | {principle} | {_figures(found)} |"


def _figures(found: Agreement) -> str:
    return " | ".join(map(_estimate, (found.kappa, found.exact, found.within_one)))


def _estimate(estimate: Estimate) -> str:
    if estimate.value is None:
        return "–"
    return f"{estimate.value:.2f} ({estimate.low:.2f}–{estimate.high:.2f})"


def _fake_rows(rubric: Rubric) -> Iterator[str]:
    recognizer = load_recognizer(Settings().recognizer)
    for name, lines in {**FAKES, **EMPTY}.items():
        result = assess(annotate(lines, recognizer), rubric, {})
        levels = " | ".join(str(result.principles[p].level or "–") for p in Principle)
        yield f"| {name} | {levels} | {'unscored' if result.total is None else result.total} |"


def _time_line(calls: Calls, rubric: Rubric) -> str:
    turns = [turn for call in calls.values() for turn in call][:TURNS]
    times = []
    for _ in range(REPEATS):
        began = perf_counter()
        assess(turns, rubric, {})
        times.append((perf_counter() - began) * 1000)
    return f"A call of {TURNS} turns is scored in {np.median(times):.1f} ms (median of {REPEATS})."


if __name__ == "__main__":
    main()
