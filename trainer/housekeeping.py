"""What is done again and again: deleting what is kept too long, telling what was submitted."""

import logging
from collections.abc import Callable, Sequence
from threading import Event, Thread

from trainer.errors import TrainerError

DAY_S = 24 * 3600.0
_LOG = logging.getLogger(__name__)


def start(jobs: Sequence[Callable[[], object]], *, every_s: float = DAY_S) -> Callable[[], None]:
    """Runs jobs now and then again and again in a thread of their own.

    A job that fails is logged and tried again the next time; the others run.

    Args:
        jobs: What to do.
        every_s: Seconds from one time to the next.

    Returns:
        Ends the thread.
    """
    over = Event()

    def work() -> None:
        while True:
            for job in jobs:
                try:
                    job()
                except TrainerError as error:
                    _LOG.warning("Housekeeping was not possible: %s", error)
            if over.wait(every_s):
                return

    Thread(target=work, name="housekeeping", daemon=True).start()
    return over.set
