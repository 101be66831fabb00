"""One sentence of help in mid-call: what would count most if it were done now.

What is due is found with the rubric itself: an act is put after the talk as if the trainee had
just done it, and a check for which that changes the result is a candidate. The words of the
customer's last turn decide which comes first; the rest follows the guide's way through the call.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from string import Formatter

import yaml
from pydantic import BaseModel, ConfigDict

from trainer.core.acts import GUIDE_QUESTIONS, OFFERS, CustomerAct, Speaker, TraineeAct
from trainer.core.rubric import Check, Condition, Rubric
from trainer.core.text import Localized
from trainer.core.turn import Segment, Turn
from trainer.scoring.checks import run
from trainer.scoring.conditions import CRITICISM, REFUSALS
from trainer.scoring.evidence import Talk
from trainer.scoring.moments import slots_before
from trainer.scoring.objections import RAISING, RESERVATIONS

_FILE = Path(__file__).with_name("hints.yaml")
_OPENING = ("lead.introduce", "lead.reason", "lead.permission")
_STANDING = "objections.understand"
"""An objection just raised is taken up even where the check has all its points."""
_WAY = (
    *_OPENING,
    "lead.agenda",
    "needs.reason",
    "objections.check",
    "needs.dig",
    "needs.questions",
    "needs.summary",
    "needs.return_if",
    "close.benefit",
    "close.fit",
    "close.decision",
    "lead.finish",
    "close.next_step",
    "close.terms",
    "close.parting",
)
_TELLING = (CustomerAct.GIVE_REASON, CustomerAct.COMPLAIN, CustomerAct.ELABORATE)
_ONCE_TOLD = ("needs.dig", "needs.summary", "needs.return_if")
"""What makes sense only when the customer has begun to tell."""
_UNTIL_TOLD = ("lead.agenda",)
_UNTIL_OFFERED = ("needs.return_if",)
_OF_WORDS = {Condition.CONCRETE, Condition.CARRIES_CUSTOMER_WORDS, Condition.OWN_WORDS}
"""Conditions that only real words can meet; a hint is about what to do, not how to word it."""
_QUESTION_ORDER = (
    TraineeAct.ASK_REASON,
    TraineeAct.ASK_CONDITIONS,
    TraineeAct.ASK_PRIORITY,
    TraineeAct.ASK_NEVER_AGAIN,
    TraineeAct.ASK_POSITIVES,
    TraineeAct.ASK_CARE_POINTS,
    TraineeAct.ASK_GRADE,
    TraineeAct.ASK_FOR_TOP_GRADE,
    TraineeAct.ASK_RETURN_IF,
)


class _Wording(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    after_no: tuple[Localized, ...]
    finish: tuple[Localized, ...]
    checks: dict[str, tuple[Localized, ...]]
    questions: dict[TraineeAct, tuple[Localized, ...]]


@dataclass(frozen=True, slots=True)
class Hint:
    """What to do next.

    Attributes:
        check: The check of the rubric it comes from.
        text: One sentence.
    """

    check: str
    text: Localized


def hint_for(turns: Sequence[Turn], rubric: Rubric) -> Hint:
    """Returns the hint for the trainee's next turn; the same for the same talk and rubric."""
    talk = Talk(tuple(turns), rubric.confidence, rubric.segments_per_turn)
    wording = load_wording()
    if talk.customer(REFUSALS):
        return Hint("close.parting", _filled(wording.after_no, talk))
    checks = {check.id: check for check in rubric.checks}
    hint = _first_due(_reactions(talk), checks, talk)
    if hint is None and _STANDING in checks and _just(talk) & set(RAISING.values()):
        return Hint(_STANDING, _filled(wording.checks[_STANDING], talk))
    hint = hint or _first_due(_way(talk), checks, talk)
    return hint or Hint("close.parting", _filled(wording.finish, talk))


def _first_due(names: Iterable[str], checks: Mapping[str, Check], talk: Talk) -> Hint | None:
    wording = load_wording()
    for name in (name for name in names if name in checks):
        act = _counting_act(checks[name], talk)
        if act is not None:
            of_question = wording.questions.get(act) if act in GUIDE_QUESTIONS else None
            return Hint(name, _filled(of_question or wording.checks[name], talk))
    return None


@lru_cache(maxsize=1)
def load_wording() -> _Wording:
    """Returns the sentences; the file ships with the package."""
    return _Wording.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def _reactions(talk: Talk) -> Iterator[str]:
    """Yields the checks that the customer's last words call for."""
    just = _just(talk)
    if CustomerAct.ASK_WHO in just:
        yield from _OPENING
    if just & set(RESERVATIONS):
        yield from ("objections.understand", "objections.look_behind")
        yield from (("objections.answer",) if _has_told(talk) else ())
    if just & set(CRITICISM):
        yield "relationship.accept_criticism"


def _way(talk: Talk) -> Iterator[str]:
    """Yields the checks on the guide's way that can still be due."""
    passed = {*(_UNTIL_TOLD if _has_told(talk) else _ONCE_TOLD)}
    passed |= {*(_UNTIL_OFFERED if talk.trainee(OFFERS) else ())}
    yield from (name for name in _WAY if name not in passed)


def _just(talk: Talk) -> set[str]:
    latest = len(talk.turns) - 1
    return {item.act for item in talk.everything if item.turn == latest}


def _has_told(talk: Talk) -> bool:
    return bool(talk.customer(_TELLING))


def _counting_act(check: Check, talk: Talk) -> TraineeAct | None:
    """Returns the act of a check that would better its result if it were done now."""
    loose = check.model_copy(
        update={"conditions": tuple(c for c in check.conditions if c not in _OF_WORDS)}
    )
    before = run(loose, talk).gain
    acts = sorted(
        check.acts, key=lambda act: _QUESTION_ORDER.index(act) if act in _QUESTION_ORDER else -1
    )
    return next((act for act in acts if run(loose, _as_if_done(act, talk)).gain > before), None)


def _as_if_done(act: TraineeAct, talk: Talk) -> Talk:
    done = Turn(Speaker.TRAINEE, "…", (Segment(0, 1, "…", {act: 1.0}),))
    heard = Turn(Speaker.CUSTOMER, "Ja.", (Segment(0, 3, "Ja.", {CustomerAct.CONFIRM: 1.0}),))
    return replace(talk, turns=(*talk.turns, done, heard))


def _filled(choices: Sequence[Localized], talk: Talk) -> Localized:
    slots = slots_before(talk, len(talk.turns))
    text = next(text for text in choices if _slots(text) <= slots.keys())
    return Localized(de=_fill(text.de, slots), en=_fill(text.en, slots))


def _slots(text: Localized) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text.de) if name}


def _fill(text: str, slots: Mapping[str, str]) -> str:
    return text.format(**slots)
