"""A finished call as JSON for whoever wants to keep it or read it elsewhere."""

import json
from typing import Any

from trainer.core.acts import Speaker
from trainer.practice import Review
from trainer.scoring.balance import balance_of
from trainer.store.attempts import AttemptRecord

FORMAT = "wiederhoeren-call/1"


def call_file(review: Review, taken: AttemptRecord, hints: int) -> str:
    """Returns the call as indented JSON.

    The transcript is a list of `{speaker, text}` as `python -m trainer score` reads it, with
    `agent` for the trainee. The customer's hidden state is not in it.

    Args:
        review: The call.
        taken: How it was taken.
        hints: How many hints were asked for.
    """
    call = review.call
    balance = balance_of([kept.turn for kept in call.turns])
    content: dict[str, Any] = {
        "format": FORMAT,
        "call": call.id,
        "customer": {"id": call.persona.get("id"), "name": call.title},
        "started_at": call.started_at.isoformat(),
        "ended_at": None if call.ended_at is None else call.ended_at.isoformat(),
        "ending": call.ending,
        "submitted_at": None if call.submitted_at is None else call.submitted_at.isoformat(),
        "attempt": {"parent": taken.parent, "turn": taken.turn, "exam": taken.exam},
        "hints": hints,
        "notes": taken.notes,
        "talk_share": balance.talk_share,
        "questions_per_turn": balance.question_rate,
        "transcript": [
            {
                "speaker": "agent" if kept.turn.speaker is Speaker.TRAINEE else "customer",
                "text": kept.turn.text,
                "at": kept.at.isoformat(),
            }
            for kept in call.turns
        ],
        "assessment": None if call.assessment is None else call.assessment.model_dump(mode="json"),
        "comments": [
            {"author": c.author_name, "text": c.text, "turn": c.turn, "at": c.at.isoformat()}
            for c in call.comments
        ],
        "versions": call.versions,
    }
    return json.dumps(content, ensure_ascii=False, indent=2)
