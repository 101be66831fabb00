"""The words around a moment of the call, ready to be put into a better sentence."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from trainer.core.acts import CustomerAct, TraineeAct
from trainer.core.assessment import Quote
from trainer.core.plan import Objection
from trainer.core.rubric import Check, Principle
from trainer.scoring.checks import Outcome
from trainer.scoring.conditions import CRITICISM, NEEDS_VOICED, REFUSALS, WAVERING
from trainer.scoring.due import TELLING, cue_turn, due_turn
from trainer.scoring.evidence import Evidence, Talk
from trainer.scoring.objections import RAISING, RESERVATIONS
from trainer.scoring.words import is_busy

LONGEST_SNIPPET = 90
SURE_HARM = 0.6
"""Probability from which advice speaks of a harm."""

_NAME = r"[A-ZÄÖÜ][\w’'-]+"
_ADDRESS = re.compile(rf"\b(Frau|Herrn?) ((?:Dr\. |Prof\. |von |van |de )*{_NAME}(?: {_NAME})*)")
_OWN_NAME = re.compile(
    rf"\b(?:[Nn]ame ist|[Hh]ier (?:ist|spricht)|[Ii]ch (?:heiße|bin)|Apparat ist) ({_NAME} {_NAME})"
)
_COMPANY = re.compile(rf"\b(vo[nm] (?:der |dem |den )?{_NAME}(?:(?: &| und)? {_NAME})*)")
_FILLER = re.compile(
    r"^(?:(?:na ja|ja|na|nee|nein|ach|hm|tja|also|aber|und|gut)\b[,.…]? +)+", re.IGNORECASE
)
_EDGES = " .!?…,;:-–\n\t"
_WISHES = (
    CustomerAct.GIVE_CONDITIONS,
    CustomerAct.GIVE_FOR_TOP_GRADE,
    CustomerAct.GIVE_CARE_POINTS,
)
_TURNING_AWAY = (CustomerAct.REFUSE_TALK, CustomerAct.HANG_UP, CustomerAct.RETURN_NO)
_WORTH_QUOTING = {*NEEDS_VOICED, *WAVERING, *TELLING, *_TURNING_AWAY, *REFUSALS}
_KINDS = {act: objection for objection, act in RAISING.items()}


@dataclass(frozen=True, slots=True)
class Moment:
    """The place a piece of advice is about.

    Attributes:
        turn: Index of the trainee's turn.
        quote: Words spoken there, or the customer's that called for them.
        objection: The objection it is about.
        harm: The harm done there.
        after_no: Whether the customer had declined by then.
        busy: Whether the customer named what keeps them right now.
        told: Whether the customer had told something about reason, needs or doubts by then.
        heard: What the customer said just before the turn.
        slots: Words that can be put into a sentence for this moment, by slot name.
    """

    turn: int
    quote: Quote | None
    objection: Objection | None
    harm: str | None
    after_no: bool
    busy: bool
    told: bool
    heard: str
    slots: Mapping[str, str]


def moment_of(outcome: Outcome, talk: Talk) -> Moment | None:
    """Returns the moment to speak about; None where there is none to be sure of."""
    harm = _worst(outcome) if outcome.check.harmful else None
    if outcome.check.harmful and harm is None:
        return None
    turn = harm.turn if harm else due_turn(outcome, talk)
    if turn is None:
        return None
    cue = None if harm else cue_turn(outcome, talk)
    before = turn - 1 if cue is None else cue
    heard = [item for item in talk.everything if item.turn == before]
    objections = [item for item in heard if item.act in _KINDS]
    objected = _telling(objections)
    spoken = [item for item in talk.everything if item.turn == turn]
    told = harm or (_spoken_of(heard, outcome.check) if cue is not None else _last(spoken))
    quote = told.quote if told else talk.last_words(turn)
    return Moment(
        turn=turn,
        quote=quote and talk.sentence_of(quote),
        objection=_KINDS[CustomerAct(objected.act)] if objected else None,
        harm=harm.act if harm else None,
        after_no=_is_declined(talk, turn),
        busy=bool(objections) and is_busy(talk.turns[before].text),
        heard=talk.turns[turn - 1].text if turn else "",
        told=any(item.turn < turn for item in talk.customer(TELLING)),
        slots=_slots(talk, turn, [told] if told and cue is not None else heard, objections),
    )


def slots_before(talk: Talk, turn: int) -> dict[str, str]:
    """Returns the words that can be put into a sentence for a turn, by slot name."""
    heard = [item for item in talk.everything if item.turn == turn - 1]
    return _slots(talk, turn, heard, [item for item in heard if item.act in _KINDS])


def _worst(outcome: Outcome) -> Evidence | None:
    """Returns the surest harm; nobody is blamed on a guess."""
    surest = max(outcome.count.found, key=lambda item: item.probability, default=None)
    return surest if surest and surest.probability >= SURE_HARM else None


def _is_declined(talk: Talk, turn: int) -> bool:
    """Tells whether a no holds at a turn: said once and for all, or just before."""
    declined = any(item.turn < turn for item in talk.customer(REFUSALS))
    return declined or any(item.turn == turn - 1 for item in talk.customer(_TURNING_AWAY))


def _spoken_of(heard: Collection[Evidence], check: Check) -> Evidence | None:
    """Returns the part of a customer's turn that a check is about, or the last word."""
    about_needs = check.id.startswith(f"{Principle.NEEDS}.")
    for acts in (TELLING, _KINDS) if about_needs else (_KINDS, (*RESERVATIONS, *CRITICISM)):
        telling = _telling([item for item in heard if item.act in acts])
        if telling:
            return telling
    return _last(heard)


def _telling(items: Collection[Evidence]) -> Evidence | None:
    return min(items, key=_order, default=None)


def _order(item: Evidence) -> tuple[bool, float, int]:
    """Puts statements before questions, then the surest first, then those with most words."""
    return item.text.rstrip().endswith("?"), -item.probability, -len(item.text)


def _last(items: Collection[Evidence]) -> Evidence | None:
    return [*items][-1] if items else None


def _slots(
    talk: Talk, turn: int, heard: Collection[Evidence], objections: Collection[Evidence]
) -> dict[str, str]:
    def voiced(*acts: CustomerAct) -> list[Evidence]:
        return [item for item in talk.customer(acts) if item.turn < turn]

    found = {
        "anrede": address_in(talk),
        "name": name_in(talk),
        "firma": company_in(talk),
        "worte": _snippet(talk, [item for item in heard if item.act in _WORTH_QUOTING]),
        "einwand": _snippet(talk, objections),
        "grund": _snippet(talk, voiced(CustomerAct.GIVE_REASON)),
        "wunsch": _snippet(talk, voiced(*_WISHES)),
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


def name_in(talk: Talk) -> str | None:
    """Returns the name the trainee gave, such as „Lena Vogt“."""
    return _first(_OWN_NAME, talk)


def company_in(talk: Talk) -> str | None:
    """Returns the company the trainee named, with its preposition: „von der Gärtnerei Kolb“."""
    return _first(_COMPANY, talk)


def _first(pattern: re.Pattern[str], talk: Talk) -> str | None:
    said = (item.text for item in talk.trainee((TraineeAct.INTRODUCE,)))
    return next((found[1] for text in said if (found := pattern.search(text))), None)


def _snippet(talk: Talk, items: Collection[Evidence]) -> str | None:
    """Returns the telling sentence, verbatim, that can stand in quotation marks, if it is short.

    A sentence is never cut, and no lesser one stands for it: half of what somebody said may be
    the opposite of it.
    """
    told = _telling(items)
    sentence = talk.sentence_of(told.quote).text if told else ""
    bare = _bare(sentence)
    fits = len(bare) <= LONGEST_SNIPPET and " " in bare and not sentence.rstrip().endswith("?")
    return bare if fits else None


def _bare(text: str) -> str:
    bare = _FILLER.sub("", text.strip(_EDGES)).replace("„", "‚").replace("“", "‘")
    return bare[:1].upper() + bare[1:]
