"""Submitted calls told to a learning record store, where the settings name one (xAPI 1.0.3).

Off by default. Only calls that a trainee handed to the coaches are told, never private practice,
and no word of them. A call counts as told once the store has taken it; what it could not take is
tried again the next time, under the same ids, so that nothing stands there twice.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx2

from trainer.errors import RecordStoreError
from trainer.statements import statements
from trainer.store.reports import ReportStore

_VERSION = "1.0.3"
_TIMEOUT_S = 15.0
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class RecordStore:
    """The door to a learning record store.

    Attributes:
        endpoint: Its address, without `/statements`.
        key: Name for basic authentication.
        secret: The password to it.
    """

    endpoint: str
    key: str
    secret: str

    def put(self, batch: list[dict[str, Any]]) -> None:
        """Sends statements; those it has already stay as they are.

        Raises:
            RecordStoreError: It cannot be reached or did not take them.
        """
        try:
            answer = httpx2.post(
                f"{self.endpoint.rstrip('/')}/statements",
                json=batch,
                headers={"X-Experience-API-Version": _VERSION},
                auth=(self.key, self.secret),
                timeout=_TIMEOUT_S,
            )
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise RecordStoreError(
                f"The learning record store cannot be reached: {type(error).__name__}. "
                "Check WIEDERHOEREN_LRS_ENDPOINT."
            ) from error
        if answer.status_code not in {HTTPStatus.OK, HTTPStatus.NO_CONTENT, HTTPStatus.CONFLICT}:
            raise RecordStoreError(
                f"The learning record store answered {answer.status_code}. "
                "Check its address, key and secret."
            )


@dataclass(frozen=True, slots=True)
class Reporting:
    """Tells a record store what was submitted.

    Attributes:
        url: Where browsers find the app; part of all ids.
    """

    reports: ReportStore
    store: RecordStore
    url: str

    def report(self) -> int:
        """Sends what has not been told yet and returns how many calls that were.

        Raises:
            RecordStoreError: The store did not take something; earlier calls are told.
            StoreError: The database cannot be read or written.
        """
        told = 0
        while due := self.reports.untold(_AT_ONCE):
            for call in due:
                self.store.put(statements(call, call.person_name, self.url))
                self.reports.mark(call.id)
                told += 1
        return told
