"""How well the score agrees with coaches: figures for the page, the command and the export.

Two bases, never mixed: levels that coaches gave *blind*, before they saw the program's, and
*finished* reviews, in which whatever a coach left alone counts as confirmed. The second is
friendlier to the program, for people tend to leave things alone.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from typing import Any

from trainer.core.person import Actor, Role
from trainer.errors import NotAllowedError
from trainer.scoring.agreement import Estimate
from trainer.scoring.pairs import Pair, Row, rows
from trainer.store.agreements import AgreementStore


class Basis(StrEnum):
    """Which words of coaches are compared."""

    BLIND = "blind"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Measured:
    """The service about agreement; it tells figures, never whose call or who coached."""

    store: AgreementStore

    def report(self, actor: Actor, basis: Basis) -> tuple[Row, ...]:
        """Returns a row for each principle and check that a coach said something about.

        Raises:
            NotAllowedError: The actor is a trainee.
            StoreError: The database cannot be read.
        """
        if actor.role is Role.TRAINEE:
            raise NotAllowedError("Agreement is for coaches and administrators.")
        return figures(self.store, basis)


def figures(store: AgreementStore, basis: Basis) -> tuple[Row, ...]:
    """Returns the rows to whoever sits at the machine itself: the command line.

    Raises:
        StoreError: The database cannot be read.
    """
    blind = basis is Basis.BLIND
    said = store.blind() if blind else store.finished()
    return rows([Pair(s.call, s.subject, s.automatic, s.coach, blind) for s in said])


def as_json(found: Sequence[Row], basis: Basis) -> dict[str, Any]:
    """Returns the figures as JSON; a figure that is not defined is null."""
    return {
        "basis": basis,
        "interval": "95 %, bootstrap over calls",
        "rows": [
            {
                **_flat(row),
                "scale": [1, 2, 3, 4, 5] if row.of_principle else ["not", "partly", "met"],
                "confusion": row.agreement.confusion,
            }
            for row in found
        ],
    }


def as_csv(found: Sequence[Row]) -> str:
    """Returns the figures as CSV, a line for each principle and check."""
    out = StringIO()
    lines = [_flat(row) for row in found]
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


_COLUMNS = (
    *("subject", "pairs", "left_out"),
    *(
        f"{figure}{end}"
        for figure in ("kappa", "exact", "within_one")
        for end in ("", "_low", "_high")
    ),
)


def _flat(row: Row) -> dict[str, Any]:
    found = row.agreement
    return {
        "subject": row.subject,
        "pairs": found.calls,
        "left_out": row.left_out,
        **_bounds("kappa", found.kappa),
        **_bounds("exact", found.exact),
        **_bounds("within_one", found.within_one),
    }


def _bounds(name: str, figure: Estimate) -> dict[str, float | None]:
    values = (figure.value, figure.low, figure.high)
    rounded = [None if value is None else round(value, 4) for value in values]
    return dict(zip((name, f"{name}_low", f"{name}_high"), rounded, strict=True))
