"""Counts the evidence for one check so that saying more of the same does not help."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trainer.core.dialogue import CustomerAct, Objection
from trainer.core.rubric import Check, Counting
from trainer.scoring.conditions import OCCASIONS, holds
from trainer.scoring.evidence import Evidence, Talk
from trainer.scoring.objections import RESERVATIONS, fits, raised, reacts_to
from trainer.scoring.words import same_words

ANSWERED_WITH = tuple(
    act for act in CustomerAct if act.startswith("give_") or act is CustomerAct.ELABORATE
)


@dataclass(frozen=True, slots=True)
class Count:
    """What was found for one check.

    Attributes:
        amount: A number, or a share in [0, 1] for shares. None when there was no occasion.
        found: The evidence that counted.
        missed: Turns of the customer that went without.
        refused: Acts of the right kind that did not count for their context.
    """

    amount: float | None
    found: tuple[Evidence, ...]
    missed: tuple[int, ...] = ()
    refused: tuple[Evidence, ...] = ()


def count(check: Check, talk: Talk) -> Count:
    """Returns what a talk holds for a check."""
    said = talk.trainee(check.acts)
    if not check.harmful:
        said = _first_times(said)
    right = tuple(item for item in said if all(holds(c, talk, item) for c in check.conditions))
    refused = tuple(item for item in said if item not in right)
    if check.count is Counting.ANSWERS:
        return _per_answer(talk, right, refused)
    if check.count in {Counting.OBJECTIONS, Counting.RESERVATIONS}:
        fallback = check.count is Counting.RESERVATIONS
        return _per_objection(_occasions(talk, criticism=fallback), talk, right, refused)
    if not check.harmful and _without_occasion(check, talk):
        return Count(None, ())
    found = _kinds(right) if check.count is Counting.KINDS else _one_a_turn(right)
    return Count(float(len(found)), found, refused=refused)


def _first_times(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    kept: list[Evidence] = []
    for item in items:
        # Two acts of one segment are one saying; the same words elsewhere are a repetition.
        if not any(k.quote != item.quote and same_words(k.text, item.text) for k in kept):
            kept.append(item)
    return tuple(kept)


def _one_a_turn(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple({item.turn: item for item in reversed(list(items))}.values())[::-1]


def _kinds(items: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Picks the most acts such that each has a turn of its own (bipartite matching, Kuhn 1955)."""
    asked_in: dict[int, Evidence] = {}
    for act in dict.fromkeys(item.act for item in items):
        _place(act, items, asked_in, set())
    return tuple(asked_in[turn] for turn in sorted(asked_in))


def _place(
    act: str, items: Sequence[Evidence], asked_in: dict[int, Evidence], tried: set[int]
) -> bool:
    for item in items:
        if item.act != act or item.turn in tried:
            continue
        tried.add(item.turn)
        holder = asked_in.get(item.turn)
        if holder is None or _place(holder.act, items, asked_in, tried):
            asked_in[item.turn] = item
            return True
    return False


def _without_occasion(check: Check, talk: Talk) -> bool:
    needed = (OCCASIONS[c] for c in check.conditions if c in OCCASIONS)
    return any(not talk.customer(acts) for acts in needed)


def _occasions(talk: Talk, *, criticism: bool) -> dict[Objection | None, tuple[Evidence, ...]]:
    found: dict[Objection | None, tuple[Evidence, ...]] = {**raised(talk)}
    reserved = talk.customer((*RESERVATIONS, CustomerAct.COMPLAIN))
    return found if found or not criticism or not reserved else {None: reserved}


def _per_objection(
    occasions: Mapping[Objection | None, tuple[Evidence, ...]],
    talk: Talk,
    right: Sequence[Evidence],
    refused: tuple[Evidence, ...],
) -> Count:
    found: list[Evidence] = []
    missed: list[int] = []
    for objection, places in occasions.items():
        hits = [i for i in right if fits(i, objection) and reacts_to(talk, i, places)]
        found.extend(hits[:1])
        missed.extend([] if hits else [places[0].turn])
    amount = 1 - len(missed) / len(occasions) if occasions else None
    return Count(amount, _in_order(found), tuple(sorted(missed)), refused)


def _per_answer(talk: Talk, right: Sequence[Evidence], refused: tuple[Evidence, ...]) -> Count:
    answers = sorted({item.turn for item in talk.customer(ANSWERED_WITH)})
    due = [turn for turn in answers if turn + 1 in talk.trainee_turns]
    first = {item.turn: item for item in reversed(right)}
    missed = tuple(turn for turn in due if turn + 1 not in first)
    found = [first[turn + 1] for turn in due if turn + 1 in first]
    amount = len(found) / len(due) if due else None
    return Count(amount, _in_order(found), missed, refused)


def _in_order(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    unique = {(item.turn, item.place): item for item in items}
    return tuple(unique[key] for key in sorted(unique))
