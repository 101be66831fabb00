"""Puts a transcript before a model so that nothing in it can pass for anything but data.

Each turn is one line of JSON text: a line break, a quotation mark or a made-up speaker inside it
stays inside its string. The fence around all carries a number that comes from the words themselves,
so nobody who writes a turn can close it.
"""

import hashlib
import json
import re
from collections.abc import Sequence

from trainer.core.acts import Speaker
from trainer.core.turn import Turn

_NAMES = {Speaker.TRAINEE: "AGENT", Speaker.CUSTOMER: "KUNDE"}
_DIGITS = 12

_TO_A_JUDGE = re.compile(
    r"""\b(?:ignor\w+|vergiss|vergessen\ sie|missachte\w*|disregard|forget)\b[^.!?]{0,40}
        \b(?:anweisung|instruktion|vorgabe|regel|instruction|prompt|rule)
    | \b(?:system[ -]?prompt|json|prüfpunkt|verdicts?|no_occasion|volle\ punktzahl)\b
    | \bdu\ bist\ (?:jetzt\ )?(?:eine?\ )?(?:ki|sprachmodell|assistent|prüfer)\w*\b
    | \byou\ are\ (?:now\ )?(?:an?\ )?(?:ai|language\ model|assistant|judge)\b
    | <\|\w+\|> | <{2,}\w | \[/?INST\] | \[(?:system|assistant)\]
    | ^\s*(?:system|assistant|user)\s*:
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)


def fenced(turns: Sequence[Turn]) -> str:
    """Returns the transcript as numbered lines of JSON text between two marks."""
    lines = [
        f"{number} {_NAMES[turn.speaker]}: {json.dumps(turn.text, ensure_ascii=False)}"
        for number, turn in enumerate(turns, start=1)
    ]
    body = "\n".join(lines)
    mark = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"<<<TRANSKRIPT {mark}>>>\n{body}\n<<<ENDE {mark}>>>"


def speaks_to_the_judge(turns: Sequence[Turn], check_ids: Sequence[str]) -> bool:
    """Tells whether somebody in the call gives orders to whoever reads it.

    Such words would be quoted verbatim and so pass every later check; therefore nothing of such a
    call is judged. Customers who ask whether a robot is calling are none of these.
    """
    text = "\n".join(turn.text for turn in turns)
    return bool(_TO_A_JUDGE.search(text)) or any(name in text for name in check_ids)
