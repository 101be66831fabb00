"""What whoever runs the app may know of it: figures for Prometheus and events for the log.

Never a word of a talk, a name or a login: figures have labels from fixed lists, events have only
the fields written here. All of it is about this process alone.
"""

import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from statistics import quantiles
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from trainer.core.plan import Ending, Source

LOG = logging.getLogger("wiederhoeren")
KEPT_TURNS = 1000
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0)


class SignIn(StrEnum):
    """How a try to sign in ended."""

    IN = "in"
    WRONG = "wrong"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast the last turns of one source were.

    Attributes:
        turns: How many of the last ones were counted, at most `KEPT_TURNS`.
        p50_s: Half of them took at most so many seconds.
        p95_s: All but one in twenty took at most so many seconds.
    """

    turns: int
    p50_s: float
    p95_s: float


@dataclass(frozen=True, slots=True)
class Glance:
    """The state of this process.

    Attributes:
        since: When it started to count.
        speeds: By source; sources that have not spoken are left out.
        turns: Answers given so far.
        without_model: Answers given without the model that was asked for.
        waiting: Requests that wait for the language model now; None where none is scheduled here.
        errors: What went wrong how often, by the kind of error.
        sign_ins: How tries to sign in ended.
    """

    since: datetime
    speeds: Mapping[str, Speed]
    turns: int
    without_model: int
    waiting: int | None
    errors: Mapping[str, int]
    sign_ins: Mapping[str, int]


class Watch:
    """Counts what happens in one process. Safe to use from many threads."""

    def __init__(self) -> None:
        """Starts counting at nothing."""
        self.since = datetime.now(UTC)
        self.registry = CollectorRegistry()
        self._recent: dict[str, deque[float]] = {}
        self._waiting: Callable[[], int] | None = None
        kept: dict[str, Any] = {"namespace": "wiederhoeren", "registry": self.registry}
        self._turns = Histogram(
            "turn_seconds",
            "Time to a customer's whole answer.",
            ("source",),
            buckets=_BUCKETS,
            **kept,
        )
        self._sentences = Counter("sentences", "Sentences of customers.", ("source",), **kept)
        self._fallbacks = Counter("fallbacks", "Answers without the model asked for.", **kept)
        self._endings = Counter("calls_ended", "Calls that ended.", ("ending",), **kept)
        self._errors = Counter("errors", "Errors shown to somebody.", ("kind",), **kept)
        self._sign_ins = Counter("sign_ins", "Tries to sign in.", ("outcome",), **kept)
        Gauge("model_waiting", "Requests that wait for the model.", **kept).set_function(
            lambda: self.waiting or 0
        )
        Gauge("start_time_seconds", "When the process started to count.", **kept).set(
            self.since.timestamp()
        )

    @property
    def waiting(self) -> int | None:
        """How many requests wait for the language model; None where nobody can tell."""
        return None if self._waiting is None else self._waiting()

    def count_waiting(self, by: Callable[[], int]) -> None:
        """Takes what tells the length of the model's queue."""
        self._waiting = by

    def answered(self, sources: Sequence[Source], *, seconds: float, without_model: bool) -> None:
        """Counts an answer of a customer.

        Args:
            sources: Where its sentences came from.
            seconds: How long it took.
            without_model: Whether the model was away that should have spoken.
        """
        source = sources[0] if len(set(sources)) == 1 else "mixed"
        self._turns.labels(source).observe(seconds)
        self._recent.setdefault(source, deque(maxlen=KEPT_TURNS)).append(seconds)
        for each in sources:
            self._sentences.labels(each).inc()
        if without_model:
            self._fallbacks.inc()
        event(
            "turn",
            source=str(source),
            sentences=len(sources),
            ms=round(seconds * 1000),
            without_model=without_model,
        )

    def ended(self, ending: Ending) -> None:
        """Counts the end of a call."""
        self._endings.labels(ending).inc()
        event("call_ended", ending=str(ending))

    def failed(self, error: BaseException) -> None:
        """Counts an error by its class; its message is not kept."""
        self._errors.labels(type(error).__name__).inc()
        event("error", level=logging.WARNING, kind=type(error).__name__)

    def signed_in(self, outcome: SignIn) -> None:
        """Counts a try to sign in."""
        self._sign_ins.labels(outcome).inc()
        event("sign_in", outcome=str(outcome))

    def exposition(self) -> bytes:
        """Returns all figures in the text format of Prometheus."""
        return generate_latest(self.registry)

    def glance(self) -> Glance:
        """Returns the state for a person to look at."""
        return Glance(
            since=self.since,
            speeds={source: _speed(list(kept)) for source, kept in list(self._recent.items())},
            turns=sum(self._figures("turn_seconds_count", "source").values()),
            without_model=sum(self._figures("fallbacks_total").values()),
            waiting=self.waiting,
            errors=self._figures("errors_total", "kind"),
            sign_ins=self._figures("sign_ins_total", "outcome"),
        )

    def _figures(self, name: str, label: str = "") -> dict[str, int]:
        return {
            sample.labels.get(label, ""): int(sample.value)
            for family in self.registry.collect()
            for sample in family.samples
            if sample.name == f"wiederhoeren_{name}"
        }


def event(name: str, *, level: int = logging.INFO, **fields: str | int | float | bool) -> None:
    """Writes an event to the log; `fields` hold figures and words from fixed lists only."""
    LOG.log(level, name, extra={"fields": fields})


def _speed(seconds: Sequence[float]) -> Speed:
    cuts = quantiles(seconds, n=20, method="inclusive") if len(seconds) > 1 else list(seconds) * 19
    return Speed(len(seconds), cuts[9], cuts[18])


WATCH = Watch()
"""The one of this process."""
