"""What a judge behind a real server says in the tests."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.access import LINES

INTRODUCED = {"line": 2, "words": "hier ist Lena Vogt"}
assert INTRODUCED["words"] in LINES[1]


def script(**yes: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], str]:
    """Returns what answers every check asked about with no, those named with yes and a quote.

    `lead_introduce=…` is the check `lead.introduce`.
    """

    def reply(sent: Mapping[str, Any]) -> str:
        asked = sent["response_format"]["json_schema"]["schema"]["required"]
        return json.dumps({check: answer(check) for check in asked}, ensure_ascii=False)

    def answer(check: str) -> dict[str, Any]:
        quote = yes.get(check.replace(".", "_"))
        if quote is None:
            return {"answer": "no", "quotes": [], "reason": "Kam nicht vor."}
        return {"answer": "yes", "quotes": [quote], "reason": "Name fällt."}

    return reply
