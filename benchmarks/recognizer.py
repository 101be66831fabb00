"""How well acts are recognised in files by authors the recogniser has not seen.

Every example is scored by a model fitted without its fold: agents, customers and facts by whole
file, dialogues by call. Calibration, too, comes from the other folds. The slice *typed* is the same
text in lower case, without punctuation, with ae for ä and slips of the finger here and there.

Run: PYTHONPATH=. .venv/bin/python benchmarks/recognizer.py
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, precision_recall_fscore_support

from trainer.core.acts import HARMFUL, Speaker
from trainer.learn.borders import turns_of
from trainer.learn.corpus import Example
from trainer.learn.crossfit import CrossFit, unseen_scores
from trainer.learn.fit import FOLDS, fit_scorers, fold_of, in_context, labels_of, truth_of
from trainer.learn.typed import typed_utterance, unmarked
from trainer.nlu.model import calibrated
from trainer.nlu.recognizer import load_recognizer
from trainer.nlu.segmenter import segment
from trainer.settings import Settings

RESULT = Path(__file__).parent / "results" / "2026-11-25-recognizer.md"
THRESHOLD = 0.3
BINS = 10
TIMED_TURNS = 300
EVERY = 4
"""Of the turns for turn-level figures, one in this many."""
CONFUSIONS = 25
CURVE_FOLD = 2
CURVE_SHARES = (0.125, 0.25, 0.5, 1.0)

Shares = NDArray[np.float32]
Truth = NDArray[np.bool_]


class Heard(NamedTuple):
    """One speaker's examples with what was recognised in them."""

    examples: Sequence[Example]
    labels: Sequence[str]
    truth: Truth
    shares: Shares
    sure: Truth


def as_typed(example: Example) -> Example:
    """Returns an example as typed in a hurry."""
    return replace(example, utterance=typed_utterance(example.utterance))


def hear(cross: CrossFit, speaker: Speaker, *, typed: bool) -> Heard:
    """Returns the examples with probabilities by models and calibrations that had not seen them."""
    examples, labels = cross.corpus[speaker], labels_of(speaker)
    scores = cross.scores[speaker]
    if typed:
        folds = cross.folds[speaker]
        scores = unseen_scores(examples, folds, cross.scorers, speaker, as_typed)
    shares = np.zeros_like(scores)
    sure = np.zeros(scores.shape, bool)
    for fold, scorers in enumerate(cross.scorers):
        model = cross.model(scorers[speaker], speaker, without=fold)
        own = cross.folds[speaker] == fold
        shares[own] = calibrated(scores[own], model.calibration)
        sure[own] = shares[own] >= model.thresholds
    return Heard(examples, labels, truth_of(examples, labels), shares, sure)


def slices(name: str, heard: Heard) -> Iterator[str]:
    """Yields the figures all together, by kind of source and by file."""
    sources = np.array([example.source for example in heard.examples])
    kinds = np.array([source.split("_")[0] for source in sources])
    yield _row(f"{name}: all", heard, np.ones(len(sources), bool))
    for kind in sorted(set(kinds)):
        yield _row(f"{name}: {kind}", heard, kinds == kind)
        for source in sorted(set(sources[kinds == kind]), key=lambda s: int(s.split("_")[1])):
            yield _row(f"{name}: {source}", heard, sources == source)


def _row(name: str, heard: Heard, part: Truth) -> str:
    truth, shares = heard.truth[part], heard.shares[part]
    best = best_right(truth, shares).mean()
    guessed = shares >= THRESHOLD
    occurring = truth.any(axis=0)
    macro = f1_score(truth[:, occurring], guessed[:, occurring], average="macro", zero_division=0)
    micro = f1_score(truth, guessed, average="micro", zero_division=0)
    figures = f"{best:.3f} | {macro:.3f} | {micro:.3f} | {_ece(shares, truth):.3f}"
    return f"| {name} | {len(truth)} | {figures} |"


def best_right(truth: Truth, shares: Shares) -> Truth:
    """Returns for each segment whether its most probable act is one of its labels."""
    return truth[np.arange(len(truth)), shares.argmax(axis=1)]


def _ece(shares: Shares, truth: Truth) -> float:
    """Returns the expected calibration error of the best act."""
    sure, right = shares.max(axis=1), best_right(truth, shares)
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [
        abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in set(bins)
    ]
    return float(sum(gaps))


def harm(heard: Heard) -> str:
    """Returns precision and recall of the harmful acts at the thresholds that are shipped."""
    columns = [heard.labels.index(act) for act in HARMFUL]
    precision, recall, _, _ = precision_recall_fscore_support(
        heard.truth[:, columns], heard.sure[:, columns], average="micro"
    )
    figures = [f"at their thresholds {precision:.2f} / {recall:.2f}"]
    for limit in (0.2, 0.3, 0.5):
        precision, recall, _, _ = precision_recall_fscore_support(
            heard.truth[:, columns], heard.shares[:, columns] >= limit, average="micro"
        )
        figures.append(f"at {limit} {precision:.2f} / {recall:.2f}")
    return f"Harmful acts, precision / recall: {', '.join(figures)}."


def by_label(heard: Heard) -> Iterator[str]:
    """Yields precision, recall, F1 and number of each act at its threshold, worst first."""
    figures = precision_recall_fscore_support(heard.truth, heard.sure, zero_division=0)
    rows = sorted(zip(heard.labels, *figures, strict=True), key=lambda row: row[3])
    for label, precision, recall, f1, count in rows:
        yield f"| {label} | {count} | {precision:.2f} | {recall:.2f} | {f1:.2f} |"


def confusions(heard: Heard) -> Iterator[str]:
    """Yields the commonest wrong best acts."""
    best = heard.shares.argmax(axis=1)
    wrong = Counter(
        (example.acts[0], heard.labels[guess])
        for example, guess in zip(heard.examples, best, strict=True)
        if heard.labels[guess] not in example.acts
    )
    totals = Counter(example.acts[0] for example in heard.examples)
    for (label, guess), count in wrong.most_common(CONFUSIONS):
        yield f"| {label} | {guess} | {count} | {count / totals[label]:.0%} |"


def by_turn(cross: CrossFit, speaker: Speaker) -> Iterator[str]:
    """Yields how well whole turns, cut by the segmenter, give the set of their acts."""
    recognizers = cross.recognizers()
    turns = list(turns_of(cross.corpus[speaker]))[::EVERY]
    for name in ("written", "typed"):
        hit = found = wanted = same = 0
        for turn in turns:
            said = [
                e.utterance if name == "written" else typed_utterance(e.utterance) for e in turn
            ]
            heard = recognizers[fold_of(turn[0])].label(
                " ".join(u.text for u in said), speaker=speaker, context=said[0].context
            )
            guess = {act for piece in heard for act in piece.acts}
            truth = {act for example in turn for act in example.acts}
            hit, found, wanted = hit + len(guess & truth), found + len(guess), wanted + len(truth)
            same += guess == truth
        yield (
            f"| {speaker} {name} | {len(turns)} | {hit / found:.3f} | {hit / wanted:.3f} | "
            f"{2 * hit / (found + wanted):.3f} | {same / len(turns):.3f} |"
        )


def cuts(cross: CrossFit, turns: Sequence[Sequence[Example]], *, stripped: bool) -> str:
    """Returns precision, recall and F1 of the segment borders within turns."""
    hit = found = wanted = 0
    for turn in turns:
        said = [e.utterance.text for e in turn]
        said = [unmarked(piece) for piece in said] if stripped else said
        starts = set(np.cumsum([len(piece) + 1 for piece in said])[:-1].tolist())
        guessed = {
            span.start for span in segment(" ".join(said), cross.borders[fold_of(turn[0])])[1:]
        }
        hit += len(starts & guessed)
        found += len(guessed)
        wanted += len(starts)
    precision, recall = hit / found, hit / wanted
    f1 = 2 * precision * recall / (precision + recall)
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}"


def curve(cross: CrossFit) -> Iterator[str]:
    """Yields the best-act share on one fold by how much of the rest was fitted on."""
    seen = {
        who: [e for e, f in zip(own, cross.folds[who], strict=True) if f != CURVE_FOLD]
        for who, own in cross.corpus.items()
    }
    for share in CURVE_SHARES:
        part = {who: _some(own, share) for who, own in seen.items()}
        scorers = fit_scorers(part)
        figures = []
        for who in Speaker:
            unseen = [
                e for e, f in zip(cross.corpus[who], cross.folds[who], strict=True)
                if f == CURVE_FOLD
            ]  # fmt: skip
            if who is Speaker.CUSTOMER:
                unseen = in_context(unseen, scorers[Speaker.TRAINEE])
            scores = scorers[who].scores([e.utterance for e in unseen])
            right = best_right(truth_of(unseen, labels_of(who)), scores).mean()
            figures.append(f"{len(part[who])} | {right:.3f}")
        yield f"| {share:.0%} | {' | '.join(figures)} |"


def _some(examples: Sequence[Example], share: float) -> list[Example]:
    """Returns a share of the entries, the same ones for the same share."""
    groups = sorted({e.source + e.group for e in examples})
    kept = set(np.random.default_rng(0).permutation(groups)[: int(len(groups) * share)].tolist())
    return [e for e in examples if e.source + e.group in kept]


def latency(turns: Sequence[Sequence[Example]], speaker: Speaker) -> str:
    """Returns the time the shipped recogniser takes for one turn."""
    recognizer = load_recognizer(Settings().recognizer)
    waits = []
    for turn in turns[:: max(1, len(turns) // TIMED_TURNS)]:
        text = " ".join(e.utterance.text for e in turn)
        began = perf_counter()
        recognizer.label(text, speaker=speaker, context=turn[0].utterance.context)
        waits.append((perf_counter() - began) * 1000)
    p50, p95 = np.percentile(waits, (50, 95))
    return f"{speaker} p50 {p50:.1f} ms, p95 {p95:.1f} ms a turn"


def report(cross: CrossFit) -> Iterator[str]:
    """Yields the lines of the result file."""
    written = {who: hear(cross, who, typed=False) for who in Speaker}
    typed = {who: hear(cross, who, typed=True) for who in Speaker}
    turns = {who: list(turns_of(cross.corpus[who])) for who in Speaker}
    yield "# The recogniser on text it has not seen"
    yield ""
    yield f"{datetime.now(UTC):%Y-%m-%d}, 2 cores;"
    yield "`PYTHONPATH=. .venv/bin/python benchmarks/recognizer.py`."
    yield f"{FOLDS} folds: agents, customers and facts by whole file (number modulo {FOLDS}),"
    yield f"dialogues by call. Gold segments; F1 at {THRESHOLD}; ECE of best acts over {BINS} bins."
    yield "The lines before the facts are corpus questions that the trainee's model may know: read"
    yield "`facts` with that in mind."
    yield ""
    yield "| slice | segments | best act | macro-F1 | micro-F1 | ECE |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for who in Speaker:
        yield from slices(f"{who}", written[who])
        yield from slices(f"{who} typed", typed[who])
    yield ""
    yield harm(written[Speaker.TRAINEE])
    yield ""
    yield f"Whole turns cut by the segmenter, set of acts (every {EVERY}th turn):"
    yield ""
    yield "| turns | count | precision | recall | F1 | all acts right |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for who in Speaker:
        yield from by_turn(cross, who)
    yield ""
    for who in Speaker:
        for name, stripped in (("as written", False), ("lower case, no marks", True)):
            yield f"Borders, {who}, {name}: {cuts(cross, turns[who], stripped=stripped)}."
    yield f"Shipped recogniser: {'; '.join(latency(turns[who], who) for who in Speaker)}."
    yield ""
    yield f"Learning curve, best act on fold {CURVE_FOLD}, by share of the other files' entries:"
    yield ""
    yield "| share | trainee segments | best act | customer segments | best act |"
    yield "| --- | --- | --- | --- | --- |"
    yield from curve(cross)
    for who in Speaker:
        yield from ("", f"## {who}: by act", "", "| act | segments | precision | recall | F1 |")
        yield "| --- | --- | --- | --- | --- |"
        yield from by_label(written[who])
        yield from ("", f"## {who}: commonest confusions", "", "| is | heard as | times | share |")
        yield "| --- | --- | --- | --- |"
        yield from confusions(written[who])


if __name__ == "__main__":
    text = "\n".join(report(CrossFit.of_corpus())) + "\n"
    RESULT.write_text(text, encoding="utf-8")
    print(text)
