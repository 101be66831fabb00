"""What belongs to a trainee: everything to take away, and everything to erase."""

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from trainer.core.rubric import Principle
from trainer.practice import Practice
from trainer.store.calls import CallFilter, CallRecord
from trainer.store.erasing import erase_calls
from trainer.store.preparations import PreparationStore
from trainer.store.results import ResultStore

_CALL = TypeAdapter(CallRecord)
_HIDDEN = ("plan", "state", "sentences")
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class OwnData:
    """The service behind export and erasure. Each method asks for whose data it is."""

    practice: Practice
    preparations: PreparationStore
    results: ResultStore

    def as_json(self, person: str) -> str:
        """Returns all calls of a person with transcript, review, comments and preparation.

        What a customer hides is left out of a call that is still going on.

        Raises:
            StoreError: The database cannot be read.
        """
        calls = self.practice.calls.list(CallFilter(person=person, limit=_MOST))
        everything = [self._call(self.practice.open(person, call.id)) for call in calls]
        return json.dumps({"calls": everything}, ensure_ascii=False, indent=1)

    def as_csv(self, person: str) -> str:
        """Returns one line for each ended call, oldest first: times, customer, ending, points.

        Raises:
            StoreError: The database cannot be read.
        """
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        table.writerow(
            ["started_at", "ended_at", "customer", "ending", "total", "passed", *Principle]
        )
        for result in self.results.of(person, latest=_MOST):
            table.writerow(
                [
                    result.started_at.isoformat(),
                    result.ended_at.isoformat(),
                    result.persona_name,
                    result.ending,
                    result.total,
                    result.passed,
                    *(result.points.get(principle) for principle in Principle),
                ]
            )
        return out.getvalue()

    def erase(self, person: str) -> None:
        """Deletes all calls of a person and what hangs on them; nobody can bring them back.

        Raises:
            StoreError: Nothing was erased.
        """
        erase_calls(self.practice.calls.engine, person)

    def _call(self, record: CallRecord) -> dict[str, Any]:
        call: dict[str, Any] = _CALL.dump_python(record, mode="json")
        if record.ended_at is None:
            call["persona"] = {"id": record.persona["id"], "name": record.persona["name"]}
            del call["seed"]
            for turn in call["turns"]:
                for name in _HIDDEN:
                    del turn[name]
                # The customer's segments name the planned acts.
                del turn["turn"]["segments"]
        preparation = self.preparations.of_call(record.id)
        call["preparation"] = preparation and preparation.model_dump(mode="json")
        return call


def build_own_data(practice: Practice) -> OwnData:
    """Builds the service on the same database as the calls."""
    engine = practice.calls.engine
    return OwnData(practice, PreparationStore(engine), ResultStore(engine))
