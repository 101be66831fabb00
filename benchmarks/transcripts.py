"""Scores many transcripts by `python -m trainer score`: how long it takes, how much memory.

The transcripts are the corpus dialogues, over and over, in turn as text, JSON, WebVTT and CSV.
"""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter

PROJECT = Path(__file__).parents[1]
NAMES = {"agent": "Agent", "customer": "Kunde"}
SIZES = (100, 1000)
WORKERS = 2
MOST_S = 90
Lines = Sequence[tuple[str, str]]


def main() -> None:
    """Measures, prints, and keeps the figures."""
    out = [
        "# Transcripts by the thousand",
        "",
        "Command: `PYTHONPATH=. python benchmarks/transcripts.py`, which calls "
        f"`python -m trainer score … --json --workers {WORKERS}`. Machine: {os.cpu_count()} cores, "
        f"load average before {os.getloadavg()[0]:.1f}. {len(dialogues())} corpus dialogues, "
        "repeated, in turn as text, JSON, WebVTT and CSV.",
        "",
        "| files | scored | seconds | processor seconds | peak of the largest process |",
        "| ---: | ---: | ---: | ---: | ---: |",
    ]
    for size in SIZES:
        with TemporaryDirectory() as folder:
            out.append(_measure(write(Path(folder), size)))
        print(out[-1], flush=True)
    text = "\n".join(
        [*out, "", f"Asked for: {SIZES[-1]} calls in at most {MOST_S} s on 2 cores.\n"]
    )
    print(text)
    name = f"{datetime.now(UTC):%Y-%m-%d}-transcripts.md"
    (PROJECT / "benchmarks" / "results" / name).write_text(text, encoding="utf-8")


def dialogues() -> list[Lines]:
    """Returns the corpus dialogues as lines of name and words."""
    found = []
    for path in sorted((PROJECT / "trainer" / "corpus").glob("dialogues_*.jsonl")):
        for call in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            found.append([(NAMES[turn["speaker"]], _words(turn)) for turn in call["turns"]])
    return found


def write(folder: Path, count: int) -> list[Path]:
    """Writes so many transcripts and returns their files."""
    calls, files = dialogues(), []
    for number in range(count):
        suffix, form = FORMS[number % len(FORMS)]
        files.append(folder / f"{number:04}.{suffix}")
        files[-1].write_text(form(calls[number % len(calls)]), encoding="utf-8")
    return files


def _words(turn: dict[str, list[dict[str, str]]]) -> str:
    return " ".join(segment["text"] for segment in turn["segments"])


def _text(lines: Lines) -> str:
    return "\n".join(f"{name}: {words}" for name, words in lines)


def _json(lines: Lines) -> str:
    return json.dumps([{"speaker": name, "text": words} for name, words in lines])


def _webvtt(lines: Lines) -> str:
    cues = (f"00:00.000 --> 00:01.000\n<v {name}>{words}</v>" for name, words in lines)
    return "\n\n".join(("WEBVTT", *cues))


def _csv(lines: Lines) -> str:
    made = io.StringIO()
    csv.writer(made).writerows([("speaker", "text"), *lines])
    return made.getvalue()


FORMS = (("txt", _text), ("json", _json), ("vtt", _webvtt), ("csv", _csv))


def _measure(files: Sequence[Path]) -> str:
    command = [sys.executable, "-m", "trainer", "score", "--json", "--workers", str(WORKERS)]
    used, began = _processor_s(), perf_counter()
    done = subprocess.run(
        [*command, *map(str, files)], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    took = perf_counter() - began
    scored = sum(result.get("total") is not None for result in _results(done.stdout))
    peak = getrusage(RUSAGE_CHILDREN).ru_maxrss / 1024
    return f"| {len(files)} | {scored} | {took:.0f} | {_processor_s() - used:.0f} | {peak:.0f} MB |"


def _results(output: str) -> Iterator[dict[str, object]]:
    yield from map(json.loads, output.splitlines())


def _processor_s() -> float:
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
