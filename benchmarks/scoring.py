"""How far the score agrees with blind raters, whether it can be faked, and how long it takes.

Run: PYTHONPATH=. .venv/bin/python benchmarks/scoring.py
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time

import numpy as np
from calls import Calls, gold_calls, median_levels, recognised_calls
from fit_levels import credits_of, leave_one_call_out, load_rubric

from tests.scoring.adversaries import fakes
from trainer.call import annotate
from trainer.core.rubric import Principle, Rubric
from trainer.nlu.recognizer import load_recognizer
from trainer.scoring.agreement import Agreement, Estimate, agreement
from trainer.scoring.assessor import assess
from trainer.settings import Settings

RESULT = Path(__file__).parent / "results" / "2026-11-26-scoring.md"
TURNS = 40
REPEATS = 20
CALLS = 1000


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
        "Calls that pretend (`tests/scoring/adversaries.py`), labelled by the shipped recogniser, "
        f"pass mark {rubric.pass_mark:g}. Highest level of a principle that the call fakes, and "
        "highest total, over three customers; – is 0 or unscored:",
        "",
        "| call | variants | highest level | highest total |",
        "| --- | ---: | ---: | ---: |",
        *_fake_rows(rubric),
        "",
        *_time_lines(versions["gold"], rubric),
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
    found: dict[str, list[tuple[int, float]]] = {}
    for name, fake in fakes():
        kind = name.split(" (")[0].split(", ")[0]
        result = assess(annotate(fake.lines, recognizer), rubric, {})
        levels = [result.principles[principle].level or 0 for principle in fake.fakes]
        found.setdefault(kind, []).append((max(levels), result.total or 0.0))
    for kind, figures in found.items():
        levels, totals = zip(*figures, strict=True)
        yield f"| {kind} | {len(figures)} | {max(levels) or '–'} | {max(totals) or '–'} |"


def _time_lines(calls: Calls, rubric: Rubric) -> Iterator[str]:
    """Times recognising and scoring, as an import does it, on one core."""
    recognizer = load_recognizer(Settings().recognizer)
    spoken = [[(turn.speaker, turn.text) for turn in call] for call in calls.values()]
    lines = [line for call in spoken for line in call][:TURNS]
    turns = annotate(lines, recognizer)
    scored, heard = (
        _median_ms(lambda: assess(turns, rubric, {})),
        _median_ms(lambda: assess(annotate(lines, recognizer), rubric, {})),
    )
    yield (
        f"A call of {TURNS} turns is scored in {scored} once its acts are recognised, in {heard} "
        f"with recognising (medians of {REPEATS}; target 150 ms)."
    )
    before, began, clock = _peak_mb(), process_time(), perf_counter()
    for number in range(CALLS):
        assess(annotate(spoken[number % len(spoken)], recognizer), rubric, {})
    yield (
        f"{CALLS} calls of the corpus, recognised and scored one after the other in one process, "
        f"take {process_time() - began:.0f} s of processor time ({perf_counter() - clock:.0f} s by "
        f"the clock; target 90 s on 2 cores); the peak of memory rises from {before:.0f} to "
        f"{_peak_mb():.0f} MB."
    )


def _median_ms(work: Callable[[], object]) -> str:
    used, passed = [], []
    for _ in range(REPEATS):
        began, clock = process_time(), perf_counter()
        work()
        used.append((process_time() - began) * 1000)
        passed.append((perf_counter() - clock) * 1000)
    return f"{np.median(used):.1f} ms of processor time ({np.median(passed):.1f} by the clock)"


def _peak_mb() -> float:
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
