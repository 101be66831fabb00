"""The database is away, stands still, is full, or is written by two at once."""

import os
import pwd
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.faults.disk import Disk, small_disk
from tests.faults.process import Tell, heard_from
from tests.faults.trainee import LINES
from tests.postgres import Server
from trainer.core.person import Role
from trainer.errors import StoreError, StoreProblem, TalkMovedOnError
from trainer.practice import Practice
from trainer.store.calls import CallRecord

Open = Callable[[str], Practice]
LINE = "Guten Tag, Lena Vogt. Was war damals der Grund, dass Sie gegangen sind?"


def call_of(practice: Practice) -> tuple[str, CallRecord]:
    mia = practice.people.ensure("Mia", Role.TRAINEE).id
    return mia, practice.start(mia, next(iter(practice.catalog.personas)), seed=7)


def texts(practice: Practice, person: str, call: str) -> list[str]:
    return [kept.turn.text for kept in practice.open(person, call).turns]


@pytest.mark.postgres
@pytest.mark.parametrize("away_s", [1, pytest.param(30, marks=pytest.mark.slow)])
def test_a_server_that_was_away_is_used_again_and_every_try_meanwhile_says_so(
    postgres_url: str, postgres_server: Server, opened: Open, away_s: float
) -> None:
    practice = opened(postgres_url)
    mia, call = call_of(practice)
    postgres_server.stop()
    try:
        until, tries = time.monotonic() + away_s, 0
        while time.monotonic() < until or not tries:
            began = time.monotonic()
            with pytest.raises(StoreError, match="cannot be reached.*send it again") as caught:
                practice.say(mia, call.id, LINE)
            assert caught.value.problem is StoreProblem.AWAY
            assert time.monotonic() - began < 5, "nobody waits long for a server that is not there"
            tries += 1
            time.sleep(0.2)
    finally:
        postgres_server.start()
    answer = list(practice.say(mia, call.id, LINE))
    assert texts(practice, mia, call.id)[1:] == [LINE, " ".join(answer)]


@pytest.mark.postgres
def test_a_server_that_stands_still_keeps_the_turn_once_when_it_goes_on(
    postgres_url: str, opened: Open
) -> None:
    practice = opened(postgres_url)
    mia, call = call_of(practice)
    with psycopg.connect(postgres_url, autocommit=True) as other:
        found = other.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ).fetchall()
    assert found
    for (backend,) in found:
        os.kill(backend, signal.SIGSTOP)
    speaks = threading.Thread(target=lambda: list(practice.say(mia, call.id, LINE)))
    try:
        speaks.start()
        speaks.join(2)
        assert speaks.is_alive()
    finally:
        for (backend,) in found:
            os.kill(backend, signal.SIGCONT)
    speaks.join(30)
    kept = texts(practice, mia, call.id)
    assert len(kept) == 3 and kept[1] == LINE


@pytest.mark.postgres
def test_a_lost_network_is_noticed_in_seconds_not_hours(postgres_url: str, opened: Open) -> None:
    with opened(postgres_url).calls.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        options = driver.info.get_parameters()
    assert int(options["tcp_user_timeout"]) <= 20_000
    assert int(options["keepalives_idle"]) <= 20


@pytest.fixture
def sqlite_disk(tmp_path: Path) -> Iterator[tuple[Disk, str]]:
    with small_disk(tmp_path / "disk", mib=4) as disk:
        yield disk, f"sqlite:///{disk.folder / 'calls.db'}"


@pytest.fixture
def postgres_disk(tmp_path: Path, postgres_server: Server) -> Iterator[tuple[Disk, str]]:
    folder = postgres_server.socket_folder / "disk"
    with small_disk(folder, mib=24) as disk:
        space = folder / "space"
        space.mkdir()
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(space, nobody.pw_uid, nobody.pw_gid)
        postgres_server.execute(f"CREATE TABLESPACE small LOCATION '{space}'")
        postgres_server.execute("CREATE DATABASE on_small_disk TABLESPACE small")
        try:
            yield disk, postgres_server.url("on_small_disk")
        finally:
            postgres_server.execute("DROP DATABASE on_small_disk WITH (FORCE)")
            postgres_server.execute("DROP TABLESPACE small")
    folder.rmdir()


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_a_full_disk_refuses_the_turn_wholly_and_takes_it_when_there_is_room(
    kind: str, request: pytest.FixtureRequest, opened: Open
) -> None:
    disk, url = request.getfixturevalue(f"{kind}_disk")
    practice = opened(url)
    mia, call = call_of(practice)
    disk.fill()
    said = 0
    with pytest.raises(StoreError, match="no room left.*Free disk space") as caught:
        for line in LINES:  # the database has some room in its own files
            list(practice.say(mia, call.id, line * 40))
            said += 1
    assert caught.value.problem is StoreProblem.FULL
    kept = texts(practice, mia, call.id)
    line_was_kept = len(kept) == 2 * said + 2
    assert line_was_kept or len(kept) == 2 * said + 1
    assert kept[1::2] == [line * 40 for line in LINES[: said + line_was_kept]]
    disk.free()
    if line_was_kept:
        list(practice.answer(mia, call.id))
    else:
        list(practice.say(mia, call.id, LINES[said] * 40))
    kept = texts(practice, mia, call.id)
    assert kept[1::2] == [line * 40 for line in LINES[: said + 1]] and all(kept)
    assert len(kept) == 2 * said + 3


def test_two_processes_write_calls_of_their_own_at_once(
    url: str, practice: Practice, opened: Open
) -> None:
    persona = next(iter(practice.catalog.personas))
    names = ("Mia", "Jan")
    calls = {
        name: practice.start(practice.people.ensure(name, Role.TRAINEE).id, persona, seed=7).id
        for name in names
    }
    practice.close()
    found: dict[str, list[str]] = {}

    def hear(name: str) -> None:
        def talk(tell: Tell) -> None:
            own = opened(url)
            someone = own.people.ensure(name, Role.TRAINEE).id
            for line in LINES[:5]:
                if own.open(someone, calls[name]).ended_at is None:
                    tell("shown", text=" ".join(own.say(someone, calls[name], f"{name}: {line}")))

        found[name] = [told["text"] for told in heard_from(talk)]

    writers = [threading.Thread(target=hear, args=(name,)) for name in names]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    for name in names:
        kept = texts(practice, practice.people.ensure(name, Role.TRAINEE).id, calls[name])
        assert kept[2::2] == found[name] and len(found[name]) >= 3
        assert kept[1::2] == [f"{name}: {line}" for line in LINES[: len(found[name])]]


def test_two_processes_take_one_line_of_one_call_once(
    url: str, practice: Practice, opened: Open
) -> None:
    mia, call = call_of(practice)
    practice.close()
    heard: list[str] = []

    def window(tell: Tell) -> None:
        own = opened(url)
        try:
            list(own.say(mia, call.id, LINE, seen=1))
            tell("taken")
        except TalkMovedOnError:
            tell("moved on")

    def hear() -> None:
        heard.extend(told["is"] for told in heard_from(window))

    windows = [threading.Thread(target=hear) for _ in range(3)]
    for one in windows:
        one.start()
    for one in windows:
        one.join()
    assert sorted(heard) == ["moved on", "moved on", "taken"]
    kept = texts(practice, mia, call.id)
    assert len(kept) == 3 and kept[1] == LINE
