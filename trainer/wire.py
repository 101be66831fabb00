"""The JSON forms that the command line prints (design, section 8)."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from trainer.call import Reaction
from trainer.core.assessment import Assessment, Breach, Finding, Quote
from trainer.core.plan import Source
from trainer.core.text import Language
from trainer.core.turn import Segment
from trainer.dialogue.state import DialogueState


class Line(BaseModel):
    """One JSON line on standard input: a turn, and for `label` the other speaker's last words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    context: str | None = None


def read_line(line: str) -> Line | str:
    """Returns the line, or one sentence on what is wrong with it."""
    try:
        return Line.model_validate_json(line)
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(str(part) for part in problem["loc"])
        where = f"{field}: " if field else ""
        return f'{where}{problem["msg"]}; expected a line like {{"text": "Guten Tag"}}'


def segments_json(segments: Sequence[Segment]) -> list[dict[str, Any]]:
    """Returns segments with offsets and acts, best first, probabilities rounded to 3 digits."""
    return [
        {
            "start": segment.start,
            "end": segment.end,
            "text": segment.text,
            "acts": {act: round(share, 3) for act, share in segment.acts.items()},
        }
        for segment in segments
    ]


def state_json(state: DialogueState) -> dict[str, Any]:
    """Returns the part of the hidden state that is of use to whoever watches a call."""
    return {
        "trust": round(state.trust, 3),
        "patience": round(state.patience, 3),
        "irritation": round(state.irritation, 3),
        "mood": state.mood,
        "objections": {name: entry.stage for name, entry in state.objections.items()},
        "facts_out": sorted(state.facts_out),
    }


def reply_json(
    reaction: Reaction,
    reply: str,
    heard: Sequence[Segment],
    *,
    source: Source,
    latency_ms: float,
) -> dict[str, Any]:
    """Returns one line of `play --jsonl`."""
    return {
        "reply": reply,
        "customer_acts": list(reaction.plan.acts),
        "trainee_segments": segments_json(heard),
        "state": state_json(reaction.state),
        "source": source,
        "ended": reaction.ending,
        "latency_ms": round(latency_ms, 1),
    }


def assessment_json(file: str, assessment: Assessment, language: Language) -> dict[str, Any]:
    """Returns one object of `score --json`."""
    return {
        "file": file,
        "principles": {
            principle: {
                "level": score.level,
                "points": score.points,
                "reason": score.reason.in_(language),
            }
            for principle, score in assessment.principles.items()
        },
        "total": assessment.total,
        "passed": assessment.passed,
        "checks": [_finding_json(finding, language) for finding in assessment.findings],
        "breaches": [_breach_json(breach, language) for breach in assessment.breaches],
        "versions": assessment.versions,
    }


def _finding_json(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "id": finding.id,
        "principle": finding.principle,
        "result": finding.result,
        "quotes": _quotes_json(finding.quotes),
        "reason": finding.reason.in_(language),
    }


def _breach_json(breach: Breach, language: Language) -> dict[str, Any]:
    return {
        "id": breach.id,
        "quotes": _quotes_json(breach.quotes),
        "reason": breach.reason.in_(language),
    }


def _quotes_json(quotes: Sequence[Quote]) -> list[dict[str, Any]]:
    return [quote.model_dump(mode="json") for quote in quotes]
