"""The same run on a Ray cluster, for thousands of calls; Ray is an optional requirement."""

from collections.abc import Iterator, Sequence
from typing import Any

from trainer.bootstrap import build_desk
from trainer.errors import SimulationError
from trainer.settings import PROJECT, Settings
from trainer.simulation.record import Record
from trainer.simulation.tournament import Fixture, play_one

LOCAL = "local"
"""The address that starts Ray on this machine instead of joining a cluster."""

_NOT_SENT = (".git", ".venv", "var", "tests", "docs", "trainer/corpus/agent_*", "**/__pycache__")


class _Seat:
    """One process of the cluster; it loads the recogniser once."""

    def __init__(self, settings: Settings, keep_talk: bool) -> None:
        self._desk, self._keep_talk = build_desk(settings), keep_talk

    def play(self, game: Fixture) -> Record:
        return play_one(self._desk, game, keep_talk=self._keep_talk)


def play_on_cluster(
    games: Sequence[Fixture], settings: Settings, address: str, *, keep_talk: bool
) -> Iterator[Record]:
    """Yields a record for each fixture, in order.

    Args:
        games: What to play.
        settings: Copied to every process.
        address: Of the cluster (`ray://host:10001`, `auto`), or `local`.
        keep_talk: Whether the records carry the transcripts.

    Raises:
        SimulationError: Ray is not installed or the cluster cannot be reached.
    """
    ray, pool_of = _load_ray()
    try:
        ray.init(
            address=address,
            log_to_driver=False,
            configure_logging=False,
            include_dashboard=False if address == LOCAL else None,
            runtime_env=_sent() if address != LOCAL else None,
        )
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise SimulationError(f"no Ray cluster answers at {address}: {error}") from error
    try:
        seats = int(ray.cluster_resources().get("CPU", 1))
        seat = ray.remote(_Seat)
        hired = [seat.remote(settings, keep_talk) for _ in range(min(seats, len(games)))]
        yield from pool_of(hired).map(lambda one, game: one.play.remote(game), games)
    finally:
        ray.shutdown()


def _sent() -> dict[str, Any]:
    """Returns what other machines get of this project; its requirements must be there already."""
    return {"working_dir": str(PROJECT), "excludes": list(_NOT_SENT)}


def _load_ray() -> tuple[Any, Any]:
    try:
        import ray
        from ray.util import ActorPool
    except ImportError as error:
        raise SimulationError(
            "Ray is not installed: pip install -r requirements-ray.txt"
        ) from error
    return ray, ActorPool
