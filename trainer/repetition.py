"""What to practise next: spaced repetition over the rubric's checks and over the customers.

The rule, after Leitner's boxes. Every check and every customer is a card in a box from 0 to 5.
A call moves the cards it touches:

- Success moves a card one box up, but only once it is due: doing the same thing five times on one
  evening is not remembering it.
- Half a success leaves it in its box.
- Failure puts it back into box 0.

A card is due again 0, 1, 3, 7, 14 or 30 days after the call, by its box. A check succeeds where
it was met; one that the call gave no occasion for is not touched; a harmful one (pressing, say)
is a card only once the harm was done, and succeeds where it is avoided. A customer succeeds where
they were won or the call passed: some cannot be won, and a call with them can still be good.

The weakness is the due check in the lowest box, among those the one with the most weight in the
rubric. The customer for it is looked for by, in this order: due or not yet called; as hard as the
last five calls allow; raising the objections that went unanswered most often; lower box; longest
not called; nearer to a yes. With nothing due the customer may be one step harder.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from statistics import fmean

from trainer.core.assessment import CheckResult
from trainer.core.persona import Difficulty, ObjectionKind, Persona
from trainer.core.plan import Objection
from trainer.core.rubric import Check, Principle, Rubric
from trainer.store.results import Result

INTERVAL_DAYS = (0, 1, 3, 7, 14, 30)
"""Days until a card is due again, by its box."""
RECENT = 5
"""Calls that say how hard the next customer may be."""
READY_FOR = {Difficulty.MEDIUM: 50.0, Difficulty.HARD: 70.0}
"""Mean total of the recent calls from which harder customers are suggested."""
UNTOUCHED = 2
"""How many of the latest customers a surprise leaves out."""


@dataclass(frozen=True, slots=True)
class Card:
    """How well something sits.

    Attributes:
        box: 0 (failed last time) to 5.
        seen_at: When it was touched last.
    """

    box: int
    seen_at: datetime

    @property
    def due_at(self) -> datetime:
        """When it should be practised again."""
        return self.seen_at + timedelta(days=INTERVAL_DAYS[self.box])


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Whom to call next and what for.

    Attributes:
        check: The weakness to work on; None before the first scored call and with nothing due.
        persona: The customer that fits.
        missed: In how many of the last five calls with an occasion the check was not met.
        of: How many such calls there were, at most five.
    """

    persona: Persona
    check: Check | None = None
    missed: int = 0
    of: int = 0


def moved(card: Card | None, success: bool | None, at: datetime) -> Card:
    """Returns a card after a call.

    Args:
        card: The card before; None where it is touched for the first time.
        success: None for half a success.
        at: When the call ended.
    """
    box = card.box if card else 0
    if success is False:
        box = 0
    elif success and (card is None or card.due_at <= at):
        box = min(box + 1, len(INTERVAL_DAYS) - 1)
    return Card(box, at)


def check_cards(results: Iterable[Result], rubric: Rubric) -> dict[str, Card]:
    """Returns the cards of all checks that were touched, by id; results oldest first."""
    harmful = {check.id for check in rubric.checks if check.harmful}
    cards: dict[str, Card] = {}
    for result in results:
        for check_id, found in result.checks.items():
            avoided = found is CheckResult.NOT_OBSERVABLE and check_id in harmful & cards.keys()
            if found is CheckResult.NOT_OBSERVABLE and not avoided:
                continue
            success = None if found is CheckResult.PARTLY else found is not CheckResult.NOT_MET
            cards[check_id] = moved(cards.get(check_id), success, result.ended_at)
    return cards


def persona_cards(results: Iterable[Result]) -> dict[str, Card]:
    """Returns the cards of all customers who were called, by id; results oldest first."""
    cards: dict[str, Card] = {}
    for result in results:
        success = result.won or result.passed
        cards[result.persona_id] = moved(cards.get(result.persona_id), success, result.ended_at)
    return cards


def weaknesses(results: Sequence[Result], rubric: Rubric, *, now: datetime) -> list[Check]:
    """Returns the due checks of the four principles, the weakest first."""
    cards = check_cards(results, rubric)
    due = [
        check
        for part in rubric.principles.values()
        for check in part.active
        if check.id in cards and cards[check.id].due_at <= now
    ]
    return sorted(due, key=lambda check: (cards[check.id].box, -check.weight))


def ready_for(results: Sequence[Result]) -> Difficulty:
    """Returns how hard a customer the recent calls allow."""
    totals = [result.total for result in results if result.total is not None][-RECENT:]
    form = fmean(totals) if totals else 0.0
    fitting = [level for level, least in READY_FOR.items() if form >= least]
    return fitting[-1] if fitting else Difficulty.EASY


def suggest(
    personas: Sequence[Persona], results: Sequence[Result], rubric: Rubric, *, now: datetime
) -> Suggestion | None:
    """Returns what to practise next; None where there is nobody to call.

    Args:
        personas: Everybody who can be called.
        results: The trainee's ended calls, oldest first.
        rubric: Whose checks count.
        now: What is due is asked at this time.
    """
    if not personas:
        return None
    weak = next(iter(weaknesses(results, rubric, now=now)), None)
    persona = _fitting(personas, results, weak, now=now)
    if weak is None:
        return Suggestion(persona)
    seen = [result.checks[weak.id] for result in results if weak.id in result.checks]
    recent = [found for found in seen if found is not CheckResult.NOT_OBSERVABLE][-RECENT:]
    missed = sum(found is not CheckResult.MET for found in recent)
    return Suggestion(persona, weak, missed=missed, of=len(recent))


def surprise(personas: Sequence[Persona], results: Sequence[Result], random: Random) -> Persona:
    """Returns somebody by chance, but nobody of the latest calls while there are others."""
    lately = {result.persona_id for result in results[-UNTOUCHED:]}
    others = [persona for persona in personas if persona.id not in lately]
    return random.choice(others or list(personas))


def unanswered(results: Sequence[Result]) -> Mapping[Objection, float]:
    """Returns the share left without an answer of each objection raised so far, in [0, 1]."""
    shares = {}
    for objection in Objection:
        met = [r.objections[objection] for r in results if objection in r.objections]
        if met:
            shares[objection] = 1 - sum(met) / len(met)
    return shares


def _fitting(
    personas: Sequence[Persona], results: Sequence[Result], weak: Check | None, *, now: datetime
) -> Persona:
    cards = persona_cards(results)
    levels = list(Difficulty)
    wanted = levels.index(ready_for(results))
    if weak is None and results:
        wanted = min(wanted + 1, len(levels) - 1)
    for_objections = weak is not None and weak.id.startswith(f"{Principle.OBJECTIONS}.")
    worst = unanswered(results) if for_objections else {}

    def order(persona: Persona) -> tuple[bool, int, float, int, float, float, str]:
        card = cards.get(persona.id)
        return (
            card is not None and card.due_at > now,
            abs(levels.index(persona.difficulty) - wanted),
            -sum(worst.get(objection, 0) for objection in raises(persona)),
            card.box if card else 0,
            card.seen_at.timestamp() if card else 0.0,
            persona.decision.trust - persona.temperament.trust,
            persona.id,
        )

    return min(personas, key=order)


def raises(persona: Persona) -> tuple[Objection, ...]:
    """Returns which objections a customer brings up, meant or not."""
    return tuple(
        objection
        for objection, entry in persona.objections.items()
        if entry.kind is not ObjectionKind.NONE
    )
