"""A PostgreSQL server of the tests' own: a Unix socket in a short folder, no durability."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=32MB"


def find_binaries() -> Path | None:
    """Returns the folder with `initdb` and `pg_ctl`, or None where there is none."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wanted = ("initdb", "pg_ctl", "postgres")
    return next((folder for folder in found if all((folder / it).is_file() for it in wanted)), None)


@dataclass(frozen=True)
class Server:
    """A running server whose superuser needs no password."""

    socket_folder: Path
    numbers: Iterator[int]
    control: Callable[..., None]

    def stop(self) -> None:
        """Takes it away; whoever is connected loses the connection."""
        self.control("-w", "-m", "fast", "stop")

    def start(self) -> None:
        """Brings it back."""
        options = f"-k {self.socket_folder} -c listen_addresses='' {_FAST}"
        self.control("-w", "-l", str(self.socket_folder / "log"), "-o", options, "start")

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.socket_folder}"

    def execute(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self.socket_folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self) -> Iterator[str]:
        """Yields the name of an empty database."""
        name = f"test_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        try:
            yield name
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running_server(binaries: Path) -> Iterator[Server]:
    """Makes a cluster, starts it, and removes both at the end."""
    home = Path(tempfile.mkdtemp(prefix="wh-pg-"))
    owner = _owner()
    try:
        if owner:
            os.chown(home, owner["user"], owner["group"])
        data = home / "data"

        def run(tool: str, *arguments: str) -> None:
            subprocess.run(
                [binaries / tool, "-D", data, *arguments],
                check=True,
                stdout=subprocess.DEVNULL,
                cwd=home,
                timeout=120,
                **owner,
            )

        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        server = Server(home, count(), partial(run, "pg_ctl"))
        server.start()
        try:
            yield server
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home)


def _owner() -> dict[str, Any]:
    """Returns whom to run the server as; it refuses root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
