"""How well acts are recognised in files by authors the recogniser has not seen.

Every example is scored by a model fitted without its fold: agents by whole file, customers by
blocks of ids, dialogues by call.

Run: PYTHONPATH=. .venv/bin/python benchmarks/recognizer.py
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, precision_score, recall_score

from trainer.core.dialogue import HARMFUL, Speaker
from trainer.learn.corpus import Example, examples_of
from trainer.learn.fit import calibrate, fold_of, labels_of, out_of_fold_scores, truth_of
from trainer.nlu.model import calibrated
from trainer.nlu.recognizer import load_recognizer
from trainer.nlu.segmenter import segment
from trainer.settings import Settings

RESULT = Path(__file__).parent / "results" / "2026-11-25-recognizer.md"
THRESHOLD = 0.3
BINS = 10
TURNS = 300


def probabilities(examples: Sequence[Example], truth: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Returns out-of-fold probabilities; the calibration, too, has not seen the fold."""
    scores = out_of_fold_scores(examples, truth)
    folds = np.array([fold_of(example) for example in examples])
    found = np.zeros(scores.shape, np.float32)
    for fold in sorted(set(folds)):
        seen = folds != fold
        found[~seen] = calibrated(scores[~seen], calibrate(scores[seen], truth[seen]))
    return found


def rows(name: str, examples: Sequence[Example], speaker: Speaker) -> Iterator[str]:
    """Yields the figures of one speaker, all together and by kind of source."""
    labels = labels_of(examples)
    truth = truth_of(examples, labels)
    shares = probabilities(examples, truth)
    kinds = np.array([example.source.split("_")[0] for example in examples])
    for kind in ("all", *sorted(set(kinds))):
        part = np.ones(len(kinds), bool) if kind == "all" else kinds == kind
        yield _row(f"{name}: {kind}", shares[part], truth[part])
    if speaker is Speaker.TRAINEE:
        harm = [labels.index(act) for act in HARMFUL]
        sure = shares[:, harm] >= 0.5
        precision = precision_score(truth[:, harm], sure, average="micro")
        recall = recall_score(truth[:, harm], sure, average="micro")
        yield f"| harmful acts at 0.5 | precision {precision:.2f} | recall {recall:.2f} | | | |"


def _row(name: str, shares: NDArray[np.float32], truth: NDArray[np.bool_]) -> str:
    best = truth[np.arange(len(truth)), shares.argmax(axis=1)].mean()
    guessed = shares >= THRESHOLD
    occurring = truth.any(axis=0)
    macro = f1_score(truth[:, occurring], guessed[:, occurring], average="macro", zero_division=0)
    micro = f1_score(truth, guessed, average="micro", zero_division=0)
    return f"| {name} | {len(truth)} | {best:.3f} | {macro:.3f} | {micro:.3f} | {_ece(shares, truth):.3f} |"  # noqa: E501 - one table row


def _ece(shares: NDArray[np.float32], truth: NDArray[np.bool_]) -> float:
    """Returns the expected calibration error of the best act."""
    at = (np.arange(len(truth)), shares.argmax(axis=1))
    sure, right = shares[at], truth[at]
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [
        abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in set(bins)
    ]
    return float(sum(gaps))


def typed(example: Example) -> Example:
    """Returns an example as hastily typed: lower case, no punctuation, ae for ä."""
    table = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    text = example.utterance.text.lower().translate(table)
    plain = "".join(c for c in text if c.isalnum() or c.isspace())
    return replace(example, utterance=replace(example.utterance, text=plain))


def cuts(texts: Sequence[Sequence[str]], *, stripped: bool) -> str:
    """Returns precision, recall and F1 of the segment borders within turns."""
    hit = found = wanted = 0
    for pieces in texts:
        said = [_strip(piece) if stripped else piece for piece in pieces]
        ends = set(np.cumsum([len(piece) + 1 for piece in said])[:-1].tolist())
        guessed = {span.start for span in segment(" ".join(said))[1:]}
        hit += len(ends & guessed)
        found += len(guessed)
        wanted += len(ends)
    precision, recall = hit / found, hit / wanted
    f1 = 2 * precision * recall / (precision + recall)
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}"


def _strip(piece: str) -> str:
    return "".join(c for c in piece.lower() if c.isalnum() or c.isspace()).strip()


def turns_of(examples: Sequence[Example]) -> list[list[str]]:
    """Returns the segments of each turn; a segment at place 0 opens one."""
    turns: list[list[str]] = []
    for example in examples:
        if example.utterance.index == 0:
            turns.append([])
        turns[-1].append(example.utterance.text)
    return turns


def latency(turns: Sequence[Sequence[str]]) -> str:
    """Returns the time the shipped recogniser takes for one turn."""
    recognizer = load_recognizer(Settings().recognizer)
    waits = []
    for pieces in turns[:: max(1, len(turns) // TURNS)]:
        began = perf_counter()
        recognizer.label(" ".join(pieces), speaker=Speaker.TRAINEE, context="Ja, bitte?")
        waits.append((perf_counter() - began) * 1000)
    p50, p95 = np.percentile(waits, (50, 95))
    return f"p50 {p50:.1f} ms, p95 {p95:.1f} ms a turn"


def measure() -> str:
    """Fits, scores and returns the figures as Markdown."""
    trainee, customer = (examples_of(speaker) for speaker in Speaker)
    turns = turns_of(trainee)
    return "\n".join(
        (
            "# The recogniser on text it has not seen",
            "",
            f"{datetime.now(UTC):%Y-%m-%d}, 2 cores;",
            "`PYTHONPATH=. .venv/bin/python benchmarks/recognizer.py`. Gold segments; threshold",
            f"{THRESHOLD}; ECE of the best act over {BINS} bins. *typed*: all segments in lower",
            "case, without punctuation, ae for ä, in fit and test alike.",
            "",
            "| slice | segments | best act | macro-F1 | micro-F1 | ECE |",
            "| --- | --- | --- | --- | --- | --- |",
            *rows("trainee", trainee, Speaker.TRAINEE),
            *rows("trainee typed", [typed(e) for e in trainee], Speaker.CUSTOMER),
            *rows("customer", customer, Speaker.CUSTOMER),
            "",
            f"Segment borders as written: {cuts(turns, stripped=False)}.",
            f"Borders, lower case and no punctuation: {cuts(turns, stripped=True)}.",
            f"Shipped recogniser: {latency(turns)}.",
            "",
        )
    )


if __name__ == "__main__":
    report = measure()
    RESULT.write_text(report, encoding="utf-8")
    print(report)
