"""The words around a moment of the call, ready to be put into a better sentence."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from trainer.core.assessment import Quote
from trainer.core.dialogue import CustomerAct, Objection
from trainer.scoring.checks import Outcome
from trainer.scoring.conditions import CRITICISM, REFUSALS
from trainer.scoring.due import cue_turn, due_turn
from trainer.scoring.evidence import Evidence, Talk
from trainer.scoring.objections import RAISING, RESERVATIONS

LONGEST_SNIPPET = 70

_NAME = r"[A-ZÄÖÜ][\w’'-]+"
_ADDRESS = re.compile(rf"\b(Frau|Herrn?) ((?:Dr\. |Prof\. |von |van |de )*{_NAME}(?: {_NAME})*)")
_FILLER = re.compile(
    r"^(?:(?:na ja|ja|na|nee|nein|ach|hm|tja|also|aber|und|gut)\b[,.…]? +)+", re.IGNORECASE
)
_EDGES = " .!?…,;:-–\n\t"
_CONJUNCTIONS = {"und", "oder", "aber", "wenn", "weil", "dass", "ob"}
_WISHES = (
    CustomerAct.GIVE_CONDITIONS,
    CustomerAct.GIVE_FOR_TOP_GRADE,
    CustomerAct.GIVE_PRIORITY,
    CustomerAct.GIVE_CARE_POINTS,
)
_KINDS = {act: objection for objection, act in RAISING.items()}


@dataclass(frozen=True, slots=True)
class Moment:
    """The place a piece of advice is about.

    Attributes:
        turn: Index of the trainee's turn.
        quote: Words spoken there, or the customer's that called for them.
        objection: The objection it is about.
        after_no: Whether the customer had declined by then.
        slots: Words that can be put into a sentence for this moment, by slot name.
    """

    turn: int
    quote: Quote | None
    objection: Objection | None
    after_no: bool
    slots: Mapping[str, str]


def moment_of(outcome: Outcome, talk: Talk) -> Moment | None:
    """Returns the moment to speak about; None in an empty talk."""
    harm = _worst(outcome) if outcome.check.harmful else None
    turn = harm.turn if harm else due_turn(outcome, talk)
    if turn is None:
        return None
    cue = None if harm else cue_turn(outcome, talk)
    heard = [item for item in talk.everything if item.turn == (turn - 1 if cue is None else cue)]
    objected = next((item for item in heard if item.act in _KINDS), None)
    spoken = [item for item in talk.everything if item.turn == turn]
    told = harm or (_spoken_of(heard) if cue is not None else _last(spoken))
    return Moment(
        turn=turn,
        quote=told.quote if told else talk.last_words(turn),
        objection=_KINDS[CustomerAct(objected.act)] if objected else None,
        after_no=any(item.turn < turn for item in talk.customer(REFUSALS)),
        slots=_slots(talk, turn, [told] if told and cue is not None else heard, objected),
    )


def slots_before(talk: Talk, turn: int) -> dict[str, str]:
    """Returns the words that can be put into a sentence for a turn, by slot name."""
    heard = [item for item in talk.everything if item.turn == turn - 1]
    return _slots(talk, turn, heard, next((item for item in heard if item.act in _KINDS), None))


def _worst(outcome: Outcome) -> Evidence | None:
    """Returns the harm whose act the check names first."""
    found = outcome.count.found
    return next((item for act in outcome.check.acts for item in found if item.act == act), None)


def _spoken_of(heard: Collection[Evidence]) -> Evidence | None:
    """Returns the telling part of a customer's turn: objection, complaint, or the last word."""
    telling = [item for item in heard if item.act in _KINDS] or [
        item for item in heard if item.act in RESERVATIONS or item.act in CRITICISM
    ]
    return telling[0] if telling else _last(heard)


def _last(items: Collection[Evidence]) -> Evidence | None:
    return [*items][-1] if items else None


def _slots(
    talk: Talk, turn: int, heard: Collection[Evidence], objected: Evidence | None
) -> dict[str, str]:
    def voiced(*acts: CustomerAct) -> list[Evidence]:
        return [item for item in talk.customer(acts) if item.turn < turn]

    found = {
        "anrede": address_in(talk),
        "worte": _snippet(heard),
        "einwand": _snippet([objected] if objected else []),
        "grund": _snippet(voiced(CustomerAct.GIVE_REASON)),
        "wunsch": _snippet(voiced(*_WISHES)),
    }
    return {name: words for name, words in found.items() if words}


def address_in(talk: Talk) -> str | None:
    """Returns the address the trainee uses most, such as „Frau Yilmaz“; the first at a draw."""
    said = " ".join(talk.turns[turn].text for turn in talk.trainee_turns)
    names = Counter(
        f"{'Herr' if title == 'Herrn' else title} {names.split()[-1]}"
        for title, names in _ADDRESS.findall(said)
    )
    return names.most_common(1)[0][0] if names else None


def _snippet(items: Collection[Evidence]) -> str | None:
    """Returns a short verbatim clause that can stand in quotation marks."""
    clauses = [_clause(item.text) for item in items]
    fitting = [clause for clause in clauses if len(clause.split()) > 1]
    return max(fitting, key=len) if fitting else None


def _clause(text: str) -> str:
    """Cuts a text at commas until it is short and ends with a whole clause; may be empty."""
    text = _FILLER.sub("", text.strip(_EDGES)).replace("„", "‚").replace("“", "‘")
    parts = text.split(",")
    whole = len(parts)
    while len(",".join(parts)) > LONGEST_SNIPPET or _dangles(parts, cut=len(parts) < whole):
        parts.pop()
    return ",".join(parts).strip(_EDGES)


def _dangles(parts: Sequence[str], *, cut: bool) -> bool:
    if len(parts) < 2:
        return False
    words = parts[-1].split()
    return len(words) < 3 or (cut and words[0].lower() in _CONJUNCTIONS)
