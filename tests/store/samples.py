"""Small values for the tests of the store."""

from datetime import UTC, datetime, timedelta
from typing import Any

from trainer.core.acts import CustomerAct, Speaker
from trainer.core.assessment import Assessment, CheckResult, Finding, PrincipleScore, Quote
from trainer.core.plan import Ending, Fact, Mood, Move, Source, TurnPlan
from trainer.core.rubric import Principle
from trainer.core.text import Localized
from trainer.core.turn import Segment, Turn
from trainer.store.calls import CallRecord, CallStore, TurnRecord
from trainer.store.submissions import SubmissionStore

NOON = datetime(2026, 11, 25, 12, 0, 0, 123456, tzinfo=UTC)
REASON = Localized(de="Grund", en="reason")


def persona(persona_id: str = "frau_yilmaz") -> dict[str, Any]:
    """The part of a persona's JSON that the store reads, and something it does not."""
    return {
        "id": persona_id,
        "name": {"first": "Ayşe", "last": "Yılmaz"},
        "industry": {"de": "Fitnessstudio", "en": "gym"},
        "difficulty": "hard",
        "offer_fit": {"discount": 0.1},
    }


def start(calls: CallStore, person: str, persona_id: str = "frau_yilmaz") -> CallRecord:
    return calls.create(
        person=person, persona=persona(persona_id), seed=2**31, versions={"recognizer": "r1"}
    )


def heard(index: int, text: str) -> TurnRecord:
    """A trainee's turn with one segment that spans the text."""
    segments = (Segment(0, len(text), text, {"greet": 0.98, "introduce": 0.5}),) if text else ()
    return TurnRecord(index, Turn(Speaker.TRAINEE, text, segments), NOON + timedelta(seconds=index))


def said(index: int, text: str, *, ending: Ending | None = None) -> TurnRecord:
    """A customer's turn with all that is kept beside it."""
    move = Move(CustomerAct.GIVE_REASON, fact=Fact.REASON)
    return TurnRecord(
        index,
        Turn(Speaker.CUSTOMER, text, ()),
        NOON + timedelta(seconds=index),
        plan=TurnPlan((move,), Mood.SCEPTICAL, ending=ending),
        state={"trust": 0.25, "asked": ["ask_reason"], "story": {"cost": None}},
        sentences={Source.MODEL: 2, Source.PHRASE: 1},
        latency_ms=41,
    )


def assessment(total: float | None = 61.5, *, passed: bool = True, level: int = 3) -> Assessment:
    scores = dict.fromkeys(Principle, PrincipleScore(level=level, points=61.5, reason=REASON))
    scores[Principle.CLOSE] = PrincipleScore(reason=REASON)
    return Assessment(
        principles=scores,
        total=total,
        passed=passed,
        findings=(
            Finding(
                id="opens",
                principle=Principle.LEAD,
                result=CheckResult.MET,
                quotes=(Quote(turn=1, start=0, end=5, text="Guten"),),
                reason=REASON,
            ),
        ),
        versions={"rubric": "winback/1"},
    )


def submit(calls: CallStore, call: str) -> None:
    """Shows a call to the coaches, without a question."""
    SubmissionStore(calls.engine, now=calls.now).submit(call, "")
