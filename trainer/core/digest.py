"""The short form of an assessment: what reports over many calls count, without quotes or words."""

from typing import Any

from trainer.core.assessment import Assessment

STEPS = ("acknowledged", "isolated", "answered", "checked")
"""What can be done with an objection, in order."""


def digest(assessment: Assessment) -> dict[str, Any]:
    """Returns JSON with the results of all checks, the questions asked and the objections met.

    Example:
        {"checks": {"lead.introduces": "met"}, "asked": {"ask_reason": true},
        "objections": [{"objection": "cost", "steps": ["acknowledged"]}]}
    """
    return {
        "checks": {found.id: str(found.result) for found in assessment.findings},
        "asked": {asked.question: asked.quote is not None for asked in assessment.questions},
        "objections": [
            {
                "objection": str(story.objection),
                "steps": [step for step in STEPS if getattr(story, step) is not None],
            }
            for story in assessment.objections
        ],
    }
