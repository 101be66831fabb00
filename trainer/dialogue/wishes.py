"""Whether a trainee promises what the customer asked for, in whatever words.

customer: "Höchstens zehn Euro, ab der nächsten Rechnung, monatlich kündbar."
trainee:  "Gut, zehn Euro ab der nächsten Rechnung, und kündbar bleibt es monatlich."
"""

import re
from collections.abc import Set

from trainer.core.acts import TraineeAct
from trainer.core.persona import Persona
from trainer.core.plan import Fact
from trainer.dialogue.state import DialogueState

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 4
"""Words are compared by so many letters."""
_STOPPED = """
    aber alle auch beim dann dass dies doch eine erst habe hier höch ihne ihre imme inne jede
    kann kein mehr mind muss nach nich noch oder ohne scho sein sich sind soll und unte vorh
    wenn werd wied wird wole woll über
"""
_EMPTY = frozenset(_STOPPED.split())
"""Words that say nothing, cut to as many letters."""
_HITS, _SHARE = 3, 0.25
"""So many words of the wish must be named, and this share of all of them."""
_SHOWN_BY = frozenset(act for act in TraineeAct if act.startswith(("answer_", "offer_"))) | {
    TraineeAct.BENEFIT,
    TraineeAct.CONFIRM_TERMS,
    TraineeAct.INFORM,
    TraineeAct.NEXT_STEP,
    TraineeAct.ASK_COMMITMENT,
}
"""Acts by which something is promised rather than asked about or summed up."""


def grants_the_wish(
    text: str, acts: Set[TraineeAct], state: DialogueState, persona: Persona
) -> bool:
    """Whether a turn promises the conditions that the customer has named."""
    if Fact.CONDITIONS not in state.facts_out or not acts & _SHOWN_BY:
        return False
    if acts & {TraineeAct.SUMMARIZE, TraineeAct.ASK_RETURN_IF}:
        return False
    wished = _stems(persona.facts[Fact.CONDITIONS].note)
    named = wished & _stems(text)
    return len(named) >= _HITS and len(named) >= _SHARE * len(wished)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower())) - _EMPTY
