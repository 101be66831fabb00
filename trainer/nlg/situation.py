"""What a line must fit: the plan, the trainee's last words, the persona, what was said before."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.core.acts import ANSWERS, HARMFUL, OFFERS, Speaker, TraineeAct
from trainer.core.persona import Persona
from trainer.core.plan import BENEFIT_OF_OFFER, WON, Benefit, Move, Objection, TurnPlan
from trainer.core.turn import Turn
from trainer.nlg.brief import Brief
from trainer.nlg.caller import name_of_caller
from trainer.nlg.heard import Heard, hear_customer
from trainer.nlg.phrase import Phrase
from trainer.nlg.slots import Fillings, fillings_for
from trainer.nlg.words import content_stems

ANY = "any"
USED_UP = "used_up"

_CREDIBLE = 0.3
"""Confidence from which an act of the trainee counts."""

_QUESTIONS = frozenset(
    act
    for act in TraineeAct
    if act.startswith("ask_") and act not in (TraineeAct.ASK_PERMISSION, TraineeAct.ASK_COMMITMENT)
) | {TraineeAct.PROBE, TraineeAct.ISOLATE}

_GROUPS: Mapping[str, frozenset[TraineeAct]] = {
    "question": _QUESTIONS,
    "offer": frozenset((*OFFERS, TraineeAct.BENEFIT)),
    "promise": frozenset((*OFFERS, *ANSWERS, TraineeAct.BENEFIT, TraineeAct.OVERPROMISE)),
    "apology": frozenset(
        (TraineeAct.APOLOGIZE, TraineeAct.ACCEPT_CRITICISM, TraineeAct.ACKNOWLEDGE)
    ),
    "harm": frozenset(HARMFUL),
}
_STEPS: Mapping[str, re.Pattern[str]] = {
    "documents": re.compile(
        r"(?<!vorbei)(?<!vorbeizu)schick|send|\bmaile?\b|unterlagen|schriftlich|zukommen",
        re.IGNORECASE,
    ),
    "callback": re.compile(r"\brufe?\b|anruf|melde|durchklingel|telefonier", re.IGNORECASE),
    "visit": re.compile(r"vorbei|termin|besuch|kommen sie|probe|anschauen|ansehen", re.IGNORECASE),
}
_WELLBEING = re.compile(
    r"\bwie geht(?:[’']?s|es)?\b|\bgeht(?:[’']?s| es) (?:Ihnen|dir|Ihre[rm])\b", re.IGNORECASE
)
_BLAMES_CUSTOMER = re.compile(
    r"\b(?:hätten|haetten|haben) Sie\b|\bSie (?:selbst|selber|haben|hätten|haetten|müssen)\b"
    r"|\bIhr\w* (?:Fehler|Schuld|Bedienung|Seite|alte\w*)",
    re.IGNORECASE,
)

TRIGGERS = frozenset(
    (
        *(ANY, USED_UP, "stranger", "introduced", "won", "lost", "business"),
        *("blames_customer", "blames_others", "wellbeing"),
        *TraineeAct,
        *_GROUPS,
        *_STEPS,
        *(f"topic_{objection}" for objection in Objection),
    )
)
"""All names a trigger may have."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A brief, read once for all candidates.

    Attributes:
        triggers: Names of what holds now; `free.yaml` and `house.yaml` use them.
        said: Stems of the trainee's last turn.
        closeness: To each agent line of the corpus.
        caller: The caller's form of address, if they gave one.
    """

    persona: Persona
    plan: TurnPlan
    last: str
    triggers: frozenset[str]
    said: frozenset[str]
    closeness: npt.NDArray[np.float64]
    caller: str | None
    offers: tuple[Benefit, ...]
    heard: Heard

    def triggers_for(self, move: Move) -> frozenset[str]:
        """Adds what holds for one move only."""
        extra = {f"topic_{move.objection}"} if move.objection else set()
        if move.fact:
            extra.add(USED_UP)
        return self.triggers | extra

    def is_occasion_for(self, phrase: Phrase, move: Move) -> bool:
        """Whether a line was written for what has just happened, not for any occasion."""
        met = phrase.triggers.get(move.act, frozenset()) & self.triggers_for(move)
        return bool(met - {ANY})

    def fillings_for(self, move: Move) -> Fillings:
        """Returns what slots may be filled with in a line for this move."""
        only = self.offers[0] if len(self.offers) == 1 else None
        return fillings_for(
            self.persona, caller=self.caller, benefit=move.benefit or only, said=self.last
        )


def read_situation(brief: Brief, closeness: npt.NDArray[np.float64]) -> Situation:
    """Reads a brief; `closeness` is that of the trainee's last turn."""
    last = brief.last_words
    acts = _last_acts(brief)
    own_words = (brief.persona.full_name, brief.persona.company, brief.persona.competitor or "")
    return Situation(
        persona=brief.persona,
        plan=brief.plan,
        last=last,
        triggers=_triggers(brief, acts, last),
        said=content_stems(last),
        closeness=closeness,
        caller=name_of_caller(brief.talk, others=own_words),
        offers=tuple(BENEFIT_OF_OFFER[act] for act in OFFERS if act in acts),
        heard=hear_customer(brief.talk),
    )


def _last_acts(brief: Brief) -> frozenset[str]:
    if not brief.last_words:
        return frozenset()
    return _credible(brief.talk[-1])


def _credible(turn: Turn) -> frozenset[str]:
    return frozenset(
        act
        for segment in turn.segments
        for act, confidence in segment.acts.items()
        if confidence >= _CREDIBLE
    )


def _triggers(brief: Brief, acts: frozenset[str], last: str) -> frozenset[str]:
    groups = {name for name, members in _GROUPS.items() if members & acts}
    steps = {name for name, pattern in _STEPS.items() if pattern.search(last)}
    found = {ANY, *acts, *groups, *(steps if _about_a_step(brief) else ())}
    found.add("introduced" if _introduced(brief) else "stranger")
    if brief.plan.ending is not None:
        found.add("won" if brief.plan.ending in WON else "lost")
    if brief.persona.business:
        found.add("business")
    if _WELLBEING.search(last):
        found.add("wellbeing")
    if TraineeAct.BLAME in acts:
        found.add("blames_customer" if _BLAMES_CUSTOMER.search(last) else "blames_others")
    return frozenset(found)


def _about_a_step(brief: Brief) -> bool:
    return any(act.startswith("accept") for act in brief.plan.acts)


def _introduced(brief: Brief) -> bool:
    trainee = [turn for turn in brief.talk if turn.speaker is Speaker.TRAINEE]
    company = brief.persona.company.lower()
    return any(
        TraineeAct.INTRODUCE in _credible(turn) or company in turn.text.lower() for turn in trainee
    )
