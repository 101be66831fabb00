"""Where in the call something would have been due, and which words were spoken there."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from trainer.core.assessment import Quote
from trainer.core.dialogue import OFFERS, CustomerAct, Objection
from trainer.core.rubric import Condition, Counting
from trainer.scoring.checks import Outcome
from trainer.scoring.conditions import NEEDS_VOICED
from trainer.scoring.evidence import Evidence, Talk
from trainer.scoring.objections import RAISING, RESERVATIONS

LONGEST_SNIPPET = 70

_ADDRESS = re.compile(r"\b(Frau|Herrn?) ((?:Dr\. |Prof\. |von |van |de )*[A-ZÄÖÜ][\w’'-]+)")
_WISHES = (
    CustomerAct.GIVE_CONDITIONS,
    CustomerAct.GIVE_FOR_TOP_GRADE,
    CustomerAct.GIVE_PRIORITY,
    CustomerAct.GIVE_CARE_POINTS,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The place a piece of advice is about.

    Attributes:
        turn: Index of the turn.
        quote: Words spoken there, where there are any.
        objection: The objection it is about.
        slots: Words that can be put into a sentence for this moment, by slot name.
    """

    turn: int
    quote: Quote | None
    objection: Objection | None
    slots: Mapping[str, str]


def due_turn(outcome: Outcome, talk: Talk) -> int | None:
    """Returns the turn at which an unmet check would have been due; None in an empty talk."""
    if outcome.count.missed:
        return _reply_turn(talk, outcome.count.missed[0])
    if outcome.count.refused:
        return outcome.count.refused[0].turn
    if not talk.trainee_turns:
        return None
    return _usual_turn(outcome, talk)


def _usual_turn(outcome: Outcome, talk: Talk) -> int:
    conditions = outcome.check.conditions
    first, last = talk.trainee_turns[0], talk.trainee_turns[-1]
    if Condition.OPENING in conditions:
        return first
    objected = talk.customer(RESERVATIONS)
    if objected and {Condition.AFTER_OBJECTION, Condition.AFTER_REPLY_TO_OBJECTION} & {*conditions}:
        return _reply_turn(talk, objected[0].turn)
    if outcome.check.id.startswith("close."):
        return last
    offered = talk.trainee(OFFERS)
    voiced = talk.customer(NEEDS_VOICED)
    if Condition.CARRIES_CUSTOMER_WORDS in conditions and voiced:
        return _reply_turn(talk, voiced[-1].turn)
    return offered[0].turn if offered else talk.trainee_turns[min(1, len(talk.trainee_turns) - 1)]


def _reply_turn(talk: Talk, turn: int) -> int:
    return next((index for index in talk.trainee_turns if index > turn), turn)


def moment_of(outcome: Outcome, talk: Talk) -> Moment | None:
    """Returns the moment to speak about; None in an empty talk."""
    harm = outcome.count.found[0] if outcome.check.harmful and outcome.count.found else None
    turn = harm.turn if harm else due_turn(outcome, talk)
    if turn is None:
        return None
    objected = _objection_before(talk, turn, outcome)
    return Moment(
        turn=turn,
        quote=harm.quote if harm else objected.quote if objected else _words_around(talk, turn),
        objection=_kind(objected),
        slots=_slots(talk, turn, objected),
    )


def _objection_before(talk: Talk, turn: int, outcome: Outcome) -> Evidence | None:
    """Returns the latest objection before a turn, where the moment is about one."""
    about_objections = outcome.check.count in {Counting.OBJECTIONS, Counting.RESERVATIONS} or (
        outcome.check.id.startswith("objections.")
    )
    raised = [item for item in talk.customer(tuple(RAISING.values())) if item.turn < turn]
    near = [item for item in raised if about_objections or turn - item.turn == 1]
    return near[-1] if near else None


def _kind(objected: Evidence | None) -> Objection | None:
    kinds = {act: objection for objection, act in RAISING.items()}
    return kinds[CustomerAct(objected.act)] if objected else None


def _words_around(talk: Talk, turn: int) -> Quote | None:
    spoken = [item for item in talk.everything if item.turn == turn]
    return spoken[-1].quote if spoken else None


def _slots(talk: Talk, turn: int, objected: Evidence | None) -> dict[str, str]:
    before = [item for item in talk.customer(tuple(CustomerAct)) if item.turn == turn - 1]
    found = {
        "anrede": address_in(talk),
        "worte": _snippet(before),
        "einwand": _snippet([objected] if objected else []),
        "grund": _snippet(_until(talk, (CustomerAct.GIVE_REASON,), turn)),
        "wunsch": _snippet(_until(talk, _WISHES, turn)),
    }
    return {name: words for name, words in found.items() if words}


def _until(talk: Talk, acts: Collection[str], turn: int) -> list[Evidence]:
    return [item for item in talk.customer(acts) if item.turn < turn]


def address_in(talk: Talk) -> str | None:
    """Returns how the trainee addresses the customer most often, such as „Frau Yilmaz“."""
    said = (talk.turns[turn].text for turn in talk.trainee_turns)
    names = Counter(
        f"{title.removesuffix('n') if title == 'Herrn' else title} {name}"
        for text in said
        for title, name in _ADDRESS.findall(text)
    )
    return names.most_common(1)[0][0] if names else None


def _snippet(items: Collection[Evidence]) -> str | None:
    """Returns a short verbatim clause that can stand in quotation marks."""
    clauses = (_clause(item.text) for item in items)
    fitting = [clause for clause in clauses if clause and 2 <= len(clause.split())]
    return max(fitting, key=len) if fitting else None


def _clause(text: str) -> str | None:
    text = text.strip(" .!?…,;:-–\n\t").replace("„", "‚").replace("“", "‘")
    while len(text) > LONGEST_SNIPPET and "," in text:
        text = text.rsplit(",", 1)[0].rstrip(" .!?…,;:-–")
    return text if 0 < len(text) <= LONGEST_SNIPPET else None
