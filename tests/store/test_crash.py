"""A process killed at the worst moment: a turn is there wholly or not at all."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.samples import heard, said, start
from trainer.core.plan import Ending
from trainer.store.calls import CallStore

PROJECT = Path(__file__).parents[2]

SETTING = """
import sys, time
from tests.store.samples import heard, said
from trainer.store.calls import CallStore
from trainer.store.engine import open_engine
from trainer.store.rows import turn_row
from trainer.store.session import writing

def wait_to_be_killed():
    print("ready", flush=True)
    time.sleep(60)

url, call = sys.argv[1:]
engine = open_engine(url)
calls = CallStore(engine)
"""

BETWEEN_TURN_AND_REPLY = """
calls.put_turn(call, heard(1, "Guten Tag, Frau Yılmaz."))
wait_to_be_killed()
"""

IN_THE_TRANSACTION = """
with writing(engine) as session:
    session.add(turn_row(call, heard(1, "Guten Tag, Frau Yılmaz.")))
    session.flush()
    wait_to_be_killed()
"""


def run_and_kill(script: str, url: str, call: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SETTING + script, url, call],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        reached = process.stdout.readline()
        process.kill()
    assert reached == "ready\n", "the script failed before it could be killed"


@pytest.mark.parametrize(
    ("script", "kept"),
    [
        (BETWEEN_TURN_AND_REPLY, (said(0, "Yılmaz?"), heard(1, "Guten Tag, Frau Yılmaz."))),
        (IN_THE_TRANSACTION, (said(0, "Yılmaz?"),)),
    ],
    ids=["between turn and reply", "in the transaction"],
)
def test_a_killed_process_leaves_whole_turns_and_a_call_that_goes_on(
    url: str, calls: CallStore, mia: str, script: str, kept: tuple[object, ...]
) -> None:
    call = start(calls, mia).id
    calls.put_turn(call, said(0, "Yılmaz?"))
    run_and_kill(script, url, call)
    assert calls.get(call).turns == kept
    calls.put_turn(call, said(len(kept), "Ja bitte?"))
    calls.finish(call, Ending.ABANDONED)
    assert calls.get(call).turns == (*kept, said(len(kept), "Ja bitte?"))
