import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from tests.store.samples import heard, said, start
from trainer.core.plan import Source
from trainer.errors import StoreError, StoreProblem
from trainer.store.calls import CallStore
from trainer.store.engine import open_engine, upgrade
from trainer.store.schema import config, migrate
from trainer.store.tables import Table

PROJECT = Path(__file__).parents[2]


def test_the_revisions_make_the_tables_the_program_works_with(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        ("ix_calls_submitted", "submitted_at is not null"),
        ("ix_calls_unfinished", "ended_at is null"),
    ],
)
def test_the_revisions_make_the_partial_indexes(engine: Engine, name: str, condition: str) -> None:
    indexes = {index["name"]: index for index in inspect(engine).get_indexes("calls")}
    where = indexes[name]["dialect_options"][f"{engine.dialect.name}_where"]
    assert condition in str(where).lower()


def test_migrating_again_changes_nothing(url: str, calls: CallStore, mia: str) -> None:
    made = start(calls, mia)
    for _ in range(2):
        upgrade(url)
    assert calls.get(made.id) == made


def test_the_first_revision_can_be_taken_back(engine: Engine) -> None:
    with engine.begin() as connection:
        command.downgrade(config(connection), "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate(engine)
    assert set(inspect(engine).get_table_names()) == {"alembic_version", *Table.metadata.tables}


def test_turns_kept_before_sentences_were_counted_keep_where_their_words_came_from(
    engine: Engine, mia: str
) -> None:
    calls = CallStore(engine)
    made = start(calls, mia)
    calls.put_turn(made.id, said(0, "Ja bitte?"))
    calls.put_turn(made.id, heard(1, "Guten Tag."))
    with engine.begin() as connection:
        command.downgrade(config(connection), "0001")
        connection.execute(text("UPDATE turns SET source = 'retry' WHERE plan IS NOT NULL"))
    migrate(engine)
    turns = calls.get(made.id).turns
    assert [turn.sentences for turn in turns] == [{Source.RETRY: 1}, None]


STARTS_WHEN_TOLD = """
import sys
from trainer.store.engine import upgrade
print("ready", flush=True)
sys.stdin.readline()
upgrade(sys.argv[1])
"""


def test_processes_that_start_at_once_migrate_once(url: str) -> None:
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", STARTS_WHEN_TOLD, url],
                    cwd=PROJECT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(3)
        ]
        assert [process.stdout.readline() for process in started] == ["ready\n"] * 3
        for process in started:
            process.stdin.write("go\n")
            process.stdin.flush()
        assert [process.communicate(timeout=60)[1] for process in started] == [""] * 3
    assert [process.returncode for process in started] == [0] * 3


def test_threads_that_start_at_once_migrate_once(url: str) -> None:
    gate = Barrier(4)

    def start_up(_: int) -> None:
        gate.wait(30)
        upgrade(url)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(start_up, range(4))) == [None] * 4


def test_a_failed_revision_leaves_nothing_behind(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        # The tables are made by then; the revision's number is what is still to be written.
        broken.setattr("alembic.runtime.migration.HeadMaintainer.update_to_step", break_off)
        with pytest.raises(KeyboardInterrupt):
            open_engine(url)
    upgrade(url)


def test_a_database_of_a_newer_version_is_left_alone(url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="install the version") as caught:
        open_engine(url)
    assert caught.value.problem is StoreProblem.SCHEMA
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def test_migrating_leaves_logging_as_it_was(url: str) -> None:
    root, other = logging.getLogger(), logging.getLogger("somebody.else")
    before = (root.level, list(root.handlers), other.disabled)
    upgrade(url)
    assert (root.level, list(root.handlers), other.disabled) == before
