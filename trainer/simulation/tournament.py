"""All agents against all customers, on as many processes as wanted."""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from trainer.bootstrap import Desk, build_desk
from trainer.call import Call
from trainer.settings import Settings
from trainer.simulation.match import play
from trainer.simulation.record import Record

_CHUNK = 8


@dataclass(frozen=True, slots=True)
class Fixture:
    """One call to be played."""

    agent: str
    persona: str
    seed: int


def fixtures(
    agents: Sequence[str], personas: Sequence[str], *, calls: int, seed: int
) -> list[Fixture]:
    """Returns every agent against every persona, `calls` seeds each, seeds outermost."""
    return [
        Fixture(agent, persona, number)
        for number in range(seed, seed + calls)
        for persona in personas
        for agent in agents
    ]


def play_all(
    games: Sequence[Fixture], settings: Settings, *, workers: int, keep_talk: bool = False
) -> Iterator[Record]:
    """Yields a record for each fixture, in order; one worker plays in this process.

    The customer speaks from the phrase bank: a language model would make thousands of calls slow
    and changes words only, never what the customer decides.
    """
    if workers <= 1:
        desk = build_desk(settings)
        yield from (play_one(desk, game, keep_talk=keep_talk) for game in games)
        return
    # Forking a process that has started threads may hang; a spawned one starts clean.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _open_desk, (settings, keep_talk)) as pool:
        yield from pool.map(_play_here, games, chunksize=_CHUNK)


@dataclass
class _Worker:
    """What one process keeps between calls."""

    desk: Desk | None = None
    keep_talk: bool = False


_worker = _Worker()


def _open_desk(settings: Settings, keep_talk: bool) -> None:
    _worker.desk, _worker.keep_talk = build_desk(settings), keep_talk


def _play_here(game: Fixture) -> Record:
    assert _worker.desk is not None, "the pool opens the desk first"
    return play_one(_worker.desk, game, keep_talk=_worker.keep_talk)


def play_one(desk: Desk, game: Fixture, *, keep_talk: bool) -> Record:
    """Plays one fixture."""
    persona = desk.catalog.persona(game.persona)
    call = Call(persona, game.seed, desk.recognizer, desk.generator)
    return play(call, game.agent, desk.catalog.rubric(), keep_talk=keep_talk)
