"""Scores transcript files, on as many processes as wanted, in order and with flat memory."""

import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from trainer.bootstrap import Desk, build_desk
from trainer.call import annotate
from trainer.core.assessment import Assessment
from trainer.errors import TranscriptError
from trainer.scoring.assessor import assess
from trainer.scoring.transcript import read_transcript
from trainer.settings import Settings

_CHUNK = 4
_WORTH_A_PROCESS = 24
"""So many files an extra process must save the time its start costs, some seconds."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What came of one file: an assessment, or why there is none; never both."""

    file: Path
    assessment: Assessment | None = None
    problem: str = ""


def processes(files: int, wanted: int, cores: int) -> int:
    """Returns how many processes to start.

    Args:
        files: How many files there are.
        wanted: What was asked for; 0 for as many as help.
        cores: Of this machine.
    """
    return max(1, min(wanted or min(cores, files // _WORTH_A_PROCESS), files))


def score_all(
    files: Sequence[Path], settings: Settings, *, agents: frozenset[str], workers: int
) -> Iterator[Scored]:
    """Yields a result for each file, in order; a bad file stops no other.

    Args:
        files: Transcripts.
        settings: Where rubrics and recogniser are.
        agents: Names that are the agent's, beside those that say so themselves.
        workers: Processes; one scores in this process.
    """
    if workers <= 1:
        desk = build_desk(settings)
        yield from (score_one(desk, file, agents) for file in files)
        return
    # Forking a process that has started threads may hang; a spawned one starts clean.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _open_desk, (settings, agents)) as pool:
        yield from pool.map(_score_here, files, chunksize=_CHUNK)


def score_one(desk: Desk, file: Path, agents: frozenset[str]) -> Scored:
    """Scores one file."""
    try:
        turns = annotate(read_transcript(file, agents), desk.recognizer)
    except TranscriptError as error:
        return Scored(file, problem=str(error))
    rubric = desk.catalog.rubric()
    return Scored(file, assess(turns, rubric, {"recognizer": desk.recognizer.version}))


@dataclass
class _Worker:
    """What one process keeps between files."""

    desk: Desk | None = None
    agents: frozenset[str] = frozenset()


_worker = _Worker()


def _open_desk(settings: Settings, agents: frozenset[str]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker.desk, _worker.agents = build_desk(settings), agents


def _end_with_parent() -> None:
    """Ends this process when the one that started it is gone, however that ended."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "the pool starts this process"
    parent.join()
    os._exit(1)


def _score_here(file: Path) -> Scored:
    assert _worker.desk is not None, "the pool opens the desk first"
    return score_one(_worker.desk, file, _worker.agents)
