"""Work in a process of its own that may be killed at any moment; forked, so that it starts warm."""

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any

Tell = Callable[..., None]


def heard_from(work: Callable[[Tell], None]) -> Iterator[dict[str, Any]]:
    """Runs work in a forked process; yields what it tells, and `died` if a signal ended it.

    Raises:
        RuntimeError: It broke.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _work_and_leave(work, writer)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGKILL, signal.SIGTERM):
        yield {"is": "died", "of": signal.Signals(os.WTERMSIG(status)).name}
    elif status:
        raise RuntimeError(f"the process broke: status {status}; see its traceback above")


def _work_and_leave(work: Callable[[Tell], None], writer: int) -> None:
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

        def tell(event: str, **more: Any) -> None:
            os.write(writer, (json.dumps({"is": event, **more}) + "\n").encode())

        work(tell)
        code = 0
    except BaseException:  # noqa: BLE001 - a forked child must not go on in the parent's frames
        traceback.print_exc(file=sys.stderr)
    finally:
        os._exit(code)


def die() -> None:
    """Ends the process at once, as a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)


def stop() -> None:
    """Ends the process as a service manager does first."""
    os.kill(os.getpid(), signal.SIGTERM)
