"""Scores lines against a situation and picks one of the best by chance."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from trainer.core.acts import CustomerAct
from trainer.core.plan import Length, Mood, Move, Style
from trainer.nlg.incidental import contradicts, holds
from trainer.nlg.phrase import Origin, Phrase
from trainer.nlg.situation import ANY, Situation


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each point counts, and where a line is out of the question.

    Attributes:
        mood: Cost of each step on the mood scale; from `mood_limit` steps on a line is out.
        style: Gain where the style is the customer's; cost where a marked style is not.
        specific: Gain of a line written for this very situation.
        corpus: Gain of a corpus line over one of our own.
        bound: Gain of a line that answered nearly the same words.
        close: Closeness a line needs that shares no words with what it answered.
        close_echo: Closeness a line needs whose shared words all fall again.
        rare: Number of fitting whole turns at which half of all turns are whole.
        temperature: How freely chance chooses among the `top` best.
    """

    mood: float = 0.35
    mood_limit: int = 3
    style: float = 0.5
    specific: float = 0.7
    corpus: float = 0.3
    bound: float = 1.2
    close: float = 0.52
    close_echo: float = 0.33
    length: float = 0.03
    same_start: float = 0.5
    rare: float = 2.0
    temperature: float = 0.3
    top: int = 7


WEIGHTS = Weights()

_MOODS = tuple(Mood)
_MARKED = frozenset((Style.IRONIC, Style.EMOTIONAL, Style.TALKATIVE))
_WORDS = {Length.SHORT: (1, 9), Length.MEDIUM: (2, 20), Length.LONG: (8, 45)}

_HARMLESS = frozenset(
    (
        CustomerAct.OTHER,
        CustomerAct.CHITCHAT,
        CustomerAct.CHALLENGE,
        CustomerAct.CONFUSED,
    )
)
"""Acts that any line may carry beside the planned ones."""

_LIGHT = _HARMLESS | {
    CustomerAct.COMPLAIN,
    CustomerAct.THANK,
    CustomerAct.EVADE,
    CustomerAct.FAREWELL,
    CustomerAct.ASK_DETAILS,
}
"""Acts that a line which stands on its own may carry as well."""

FACTUAL = frozenset(act for act in CustomerAct if act.startswith(("give_", "object_"))) | {
    CustomerAct.PICK_UP,
    CustomerAct.ELABORATE,
    CustomerAct.ANSWER,
    CustomerAct.DISCONFIRM,
}
"""Acts that tell what only the customer at hand can tell; no bound line may do these."""

_LEANS_BACK = re.compile(
    r"(?:Aber|Daher|Darum|Deshalb|Weil|Denn|Damit|Also nein|Abgesehen)\b|Und (?!.*\?)(?!tschüss)"
)
"""A line that goes on from something said just before; no turn begins with it."""


def score(phrase: Phrase, move: Move, situation: Situation) -> float | None:
    """Returns how well a line fits, or None where it must not be used."""
    if off_topic(phrase, move):
        return None
    mood = mood_distance(phrase.mood, situation.plan.mood)
    if mood >= WEIGHTS.mood_limit:
        return None
    standing = _standing(phrase, move, situation)
    if standing is None:
        return None
    return (
        standing
        - WEIGHTS.mood * mood
        + style_score(phrase, situation.persona.style)
        + (WEIGHTS.corpus if phrase.origin is Origin.CORPUS else 0.0)
        - length_cost(phrase, situation.plan.length)
    )


def mood_distance(mood: Mood | None, wanted: Mood) -> float:
    """Returns the steps on the mood scale; half a step for a line that fits every mood."""
    if mood is None:
        return 0.5
    return abs(_MOODS.index(mood) - _MOODS.index(wanted))


def style_score(phrase: Phrase, wanted: Style) -> float:
    """Returns a gain for the customer's own style, a cost for a marked style of others."""
    if phrase.style is wanted:
        return WEIGHTS.style
    return -WEIGHTS.style if phrase.style in _MARKED else 0.0


def length_cost(phrase: Phrase, wanted: Length) -> float:
    """Returns the cost of being longer or shorter than planned."""
    low, high = _WORDS[wanted]
    return WEIGHTS.length * max(low - phrase.length, phrase.length - high, 0)


def off_topic(phrase: Phrase, move: Move) -> bool:
    """Whether a line talks of another objection than the one the move is about."""
    if move.objection is None or move.act is CustomerAct(f"object_{move.objection}"):
        return False
    return bool(phrase.topics) and move.objection not in phrase.topics


def leans_back(text: str) -> bool:
    """Whether a line cannot open a turn."""
    return _LEANS_BACK.match(text) is not None


def draw(scored: Sequence[tuple[float, int]], rng: Random) -> int:
    """Draws one of the best by softmax.

    Args:
        scored: Pairs of score and index, best first, not empty.
        rng: The turn's random numbers.

    Returns:
        The index of the drawn pair.
    """
    best = scored[: WEIGHTS.top]
    weights = [math.exp((value - best[0][0]) / WEIGHTS.temperature) for value, _ in best]
    return rng.choices([index for _, index in best], weights)[0]


def _standing(phrase: Phrase, move: Move, situation: Situation) -> float | None:
    """Whether a line stands on its own here or answers nearly the same words; with its gain."""
    found = phrase.incidentals
    if found and not all(holds(rule, situation.persona) for rule in found.conditions):
        return None
    met = phrase.triggers.get(move.act, frozenset()) & situation.triggers_for(move)
    extra = phrase.acts - {move.act, *situation.plan.acts}
    if met and extra <= _LIGHT:
        return 0.0 if met == {ANY} else WEIGHTS.specific
    return _bound(phrase, move, situation)


def _bound(phrase: Phrase, move: Move, situation: Situation) -> float | None:
    if phrase.context is None or phrase.incidentals is None or phrase.acts & FACTUAL:
        return None
    near = float(situation.closeness[phrase.context])
    if near < (WEIGHTS.close_echo if phrase.incidentals.echo else WEIGHTS.close):
        return None
    if not phrase.acts - set(situation.plan.acts) <= _HARMLESS:
        return None
    if contradicts(phrase.incidentals, situation.persona, said=situation.said):
        return None
    return WEIGHTS.bound * near
