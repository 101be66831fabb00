"""Calls as xAPI statements, for a learning record store (xAPI 1.0.3).

One practised call becomes `initialized`, `completed` or `terminated`, and where it was scored
`passed` or `failed`:

    Mia (account mia) passed "Gespräch mit Ayşe Yılmaz", scaled score 0.62, in PT6M12S

Words of a call are no part of a statement.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from trainer.core.person import Actor
from trainer.core.plan import Ending
from trainer.store.calls import CallFilter, CallStore, CallSummary
from trainer.store.people import PeopleStore

_NAMESPACE = UUID("1f0c3a52-5a0f-4b53-9d7b-6d0a0a5c9a11")
_VERBS = {
    "initialized": "http://adlnet.gov/expapi/verbs/initialized",
    "completed": "http://adlnet.gov/expapi/verbs/completed",
    "terminated": "http://adlnet.gov/expapi/verbs/terminated",
    "passed": "http://adlnet.gov/expapi/verbs/passed",
    "failed": "http://adlnet.gov/expapi/verbs/failed",
}
_MOST_CALLS = 10_000


@dataclass(frozen=True, slots=True)
class Statements:
    """The service behind the export. It knows the actor's own calls only.

    Attributes:
        url: Where browsers find the app; part of all ids.
    """

    calls: CallStore
    people: PeopleStore
    url: str

    def of(self, actor: Actor) -> list[dict[str, Any]]:
        """Returns the statements about the actor's own practised calls, oldest first."""
        name = self.people.get(actor.person).name
        calls = self.calls.list(
            CallFilter(person=actor.person, ended=True, real=False, trial=False, limit=_MOST_CALLS)
        )
        return [
            statement for call in reversed(calls) for statement in statements(call, name, self.url)
        ]


def statements(call: CallSummary, name: str, url: str) -> list[dict[str, Any]]:
    """Returns the statements about one ended call.

    The same call gives the same statements with the same ids: a store takes each once.

    Args:
        call: The call.
        name: The trainee's name.
        url: Where browsers find the app.
    """
    if call.ended_at is None:
        return []
    made = [_statement("initialized", call, name, url, at=call.started_at)]
    over = "terminated" if call.ending is Ending.ABANDONED else "completed"
    took = {"duration": _duration(call.ended_at - call.started_at)}
    ended: dict[str, Any] = {"completion": True} if over == "completed" else {}
    made.append(_statement(over, call, name, url, at=call.ended_at, result={**ended, **took}))
    if call.total is not None:
        success = bool(call.passed)
        score = {"scaled": round(call.total / 100, 4), "raw": call.total, "min": 0, "max": 100}
        result = {"success": success, "score": score, **took}
        verb = "passed" if success else "failed"
        made.append(_statement(verb, call, name, url, at=call.ended_at, result=result))
    return made


def _statement(
    verb: str,
    call: CallSummary,
    name: str,
    url: str,
    *,
    at: datetime,
    result: dict[str, Any] | None = None,
) -> dict[str, Any]:
    base = url.rstrip("/")
    made: dict[str, Any] = {
        "id": str(uuid5(_NAMESPACE, f"{call.id}/{verb}")),
        "actor": {
            "objectType": "Agent",
            "name": name,
            "account": {"homePage": base, "name": call.person},
        },
        "verb": {"id": _VERBS[verb], "display": {"en": verb}},
        "object": {
            "objectType": "Activity",
            "id": f"{base}/xapi/personas/{call.persona_id}",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/simulation",
                "name": {
                    "de": f"Gespräch mit {call.persona_name}",
                    "en": f"Call with {call.persona_name}",
                },
            },
        },
        "context": {"registration": str(UUID(call.id)), "platform": "Wiederhören"},
        "timestamp": at.isoformat(),
        "version": "1.0.3",
    }
    return made if result is None else {**made, "result": result}


def _duration(took: timedelta) -> str:
    """Returns an ISO 8601 duration."""
    seconds = max(0, int(took.total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"PT{hours}H{minutes}M{seconds}S"
