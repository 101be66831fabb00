"""Counts the evidence for one check so that saying more of the same does not help."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from trainer.core.acts import CustomerAct
from trainer.core.plan import Objection
from trainer.core.rubric import SHARES, Check, Counting
from trainer.scoring.conditions import OCCASIONS, holds
from trainer.scoring.evidence import Evidence, Talk
from trainer.scoring.objections import RESERVATIONS, WINDOW, fits, raised, reacts_to
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


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something the customer said that calls for a reaction.

    Attributes:
        turn: The customer's turn.
        met_by: Tells whether something the trainee did is that reaction.
    """

    turn: int
    met_by: Callable[[Evidence], bool]


def count(check: Check, talk: Talk) -> Count:
    """Returns what a talk holds for a check."""
    said = talk.trainee(check.acts)
    if not check.harmful:
        said = _first_times(said)
    right = tuple(item for item in said if _counts(check, talk, item))
    refused = tuple(item for item in said if item not in right)
    if check.count in SHARES:
        return _share(_occasions(check.count, talk), right, refused)
    if not check.harmful and _without_occasion(check, talk):
        return Count(None, ())
    found = _kinds(right) if check.count is Counting.KINDS else _one_a_turn(right)
    return Count(float(len(found)), found, refused=refused)


def _counts(check: Check, talk: Talk, item: Evidence) -> bool:
    if item.turn in talk.pretences and not check.harmful:
        return False
    return all(holds(condition, talk, item) for condition in check.conditions)


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


def _occasions(counting: Counting, talk: Talk) -> list[Occasion]:
    """Returns what called for a reaction: where, and what would be one."""
    if counting is Counting.OBJECTIONS:
        return [
            Occasion(places[0].turn, partial(_answers, talk, objection, places))
            for objection, places in raised(talk).items()
        ]
    if counting is Counting.RESERVATIONS:
        return [
            Occasion(turn, partial(_reacts, talk, turn, within=WINDOW))
            for turn in _turns_of(talk, RESERVATIONS)
        ]
    return [
        Occasion(turn, partial(_reacts, talk, turn, within=1))
        for turn in _turns_of(talk, ANSWERED_WITH)
    ]


def _turns_of(talk: Talk, acts: Collection[CustomerAct]) -> list[int]:
    """Returns the customer's turns with such an act that the trainee spoke after."""
    last = talk.trainee_turns[-1] if talk.trainee_turns else 0
    return sorted({item.turn for item in talk.customer(acts) if item.turn < last})


def _answers(
    talk: Talk, objection: Objection, places: Collection[Evidence], item: Evidence
) -> bool:
    return fits(item, objection) and reacts_to(talk, item, places)


def _reacts(talk: Talk, turn: int, item: Evidence, *, within: int) -> bool:
    return turn < item.turn and talk.distance(turn, item.turn) <= within


def _share(
    occasions: Sequence[Occasion], right: Sequence[Evidence], refused: tuple[Evidence, ...]
) -> Count:
    found: list[Evidence] = []
    missed: list[int] = []
    for occasion in occasions:
        hit = next(filter(occasion.met_by, right), None)
        if hit is None:
            missed.append(occasion.turn)
        else:
            found.append(hit)
    amount = len(occasions) - len(missed)
    share = amount / len(occasions) if occasions else None
    return Count(share, _in_order(found), tuple(sorted(missed)), refused)


def _in_order(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    unique = {(item.turn, item.place): item for item in items}
    return tuple(unique[key] for key in sorted(unique))
