"""What the law asks for: all data of a person, its erasure, and an end to keeping it."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from trainer.core.person import Actor, Role
from trainer.errors import NotAllowedError
from trainer.store.erasure import Erasure


@dataclass(frozen=True, slots=True)
class Privacy:
    """The service about personal data. Every method checks who asks.

    Attributes:
        retention: Calls that began longer ago are deleted; None keeps them.
    """

    store: Erasure
    retention: timedelta | None = None

    def export(self, actor: Actor) -> str:
        """Returns everything kept about the actor as JSON (Art. 15 and 20 GDPR)."""
        return as_json(self.store.everything(actor.person))

    def erase(self, actor: Actor, person: str) -> None:
        """Deletes a person with all calls (Art. 17 GDPR).

        Raises:
            NotAllowedError: The actor is neither this person nor an administrator.
            NotFoundError: No such person.
            ConflictError: It is the last administrator.
        """
        if actor.person != person and actor.role is not Role.ADMINISTRATOR:
            raise NotAllowedError("Only an administrator may erase somebody else.")
        self.store.erase(person)

    def apply_retention(self) -> int:
        """Deletes calls that are too old and returns how many; at the start and daily."""
        if self.retention is None:
            return 0
        return self.store.delete_calls_before(self.store.now() - self.retention)


def as_json(value: Any) -> str:
    """Returns JSON with dates and times in ISO 8601."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in JSON")
