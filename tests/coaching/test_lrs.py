"""A learning record store is told of submitted calls: by the rules, once, and never of others."""

import json
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.access import Company
from tests.coaching.test_statements import check
from trainer.errors import RecordStoreError
from trainer.lrs import RecordStore, Reporting
from trainer.store.reports import ReportStore

KEY, SECRET = "wieder", "hören"


class Stub(ThreadingHTTPServer):
    """A store that takes statements as xAPI 1.0.3 wants it and refuses everything else."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.kept: dict[str, Any] = {}
        self.down = False


class _Handler(BaseHTTPRequestHandler):
    server: Stub

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(self._take(body))
        self.end_headers()

    def _take(self, body: list[dict[str, Any]]) -> int:
        if self.server.down:
            return 503
        wanted = "Basic " + b64encode(f"{KEY}:{SECRET}".encode()).decode()
        if self.headers["Authorization"] != wanted:
            return 401
        if self.path != "/xapi/statements" or not self.headers[
            "X-Experience-API-Version"
        ].startswith("1.0"):
            return 400
        for statement in body:
            try:
                check(statement)
            except (AssertionError, KeyError, ValueError):
                return 400
        if any(self.server.kept.get(one["id"], one) != one for one in body):
            return 409
        self.server.kept |= {one["id"]: one for one in body}
        return 200

    def log_message(self, *_: object) -> None:
        """Keeps the tests' output clean."""


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def reporting(there: Company, stub: Stub, secret: str = SECRET) -> Reporting:
    address = f"http://127.0.0.1:{stub.server_port}/xapi/"
    store = RecordStore(address, KEY, secret)
    return Reporting(ReportStore(there.practice.calls.engine), store, "https://training.example")


def test_submitted_calls_are_told_once_and_private_ones_never(there: Company, stub: Stub) -> None:
    teller = reporting(there, stub)
    assert teller.report() == 1
    assert {one["context"]["registration"].replace("-", "") for one in stub.kept.values()} == {
        there.submitted
    }
    assert teller.report() == 0
    another = there.call("ben")
    assert teller.report() == 1
    told = {one["actor"]["name"] for one in stub.kept.values()}
    assert told == {"Mia", "Ben"} and another != there.submitted


def test_what_could_not_be_told_is_told_later(there: Company, stub: Stub) -> None:
    teller = reporting(there, stub)
    stub.down = True
    with pytest.raises(RecordStoreError, match="503"):
        teller.report()
    stub.down = False
    assert teller.report() == 1


def test_a_store_that_has_it_already_is_not_told_again(there: Company, stub: Stub) -> None:
    assert reporting(there, stub).report() == 1
    stub.kept = {one: {"id": one} for one in stub.kept}  # its own form of the same statements
    with there.practice.calls.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE submissions SET reported_at = NULL")
    assert reporting(there, stub).report() == 1


def test_a_wrong_secret_and_no_store_at_all_are_told(there: Company, stub: Stub) -> None:
    with pytest.raises(RecordStoreError, match="401"):
        reporting(there, stub, secret="falsch").report()
    nowhere = RecordStore("http://127.0.0.1:9/", KEY, SECRET)
    store = ReportStore(there.practice.calls.engine)
    with pytest.raises(RecordStoreError, match="WIEDERHOEREN_LRS_ENDPOINT"):
        Reporting(store, nowhere, "https://training.example").report()
