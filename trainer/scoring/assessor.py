"""Scores a call from its transcript and a rubric; never sees the customer's hidden state."""

from collections.abc import Mapping, Sequence

from trainer.core.acts import GUIDE_QUESTIONS
from trainer.core.assessment import (
    AskedQuestion,
    Assessment,
    Breach,
    CheckResult,
    Finding,
    PrincipleScore,
)
from trainer.core.rubric import BreachRule, Principle, Rubric
from trainer.core.text import Localized
from trainer.core.turn import Turn
from trainer.scoring.checks import Outcome, run
from trainer.scoring.due import due_turn
from trainer.scoring.evidence import Talk
from trainer.scoring.feedback import advise, strength_of
from trainer.scoring.levels import level_of, middle_of, points_of
from trainer.scoring.objections import stories
from trainer.scoring.reasons import reason_for, summary_of
from trainer.scoring.unscored import why_unscored

_NO_OBJECTIONS = Localized(
    de="Es kam weder Einwand noch Kritik; die Skala sieht dafür die mittlere Stufe vor.",
    en="There was neither objection nor criticism; the scale gives the middle level for that.",
)
_PRETENDED = Localized(
    de="Einwände konnten nicht aufkommen: Die meisten Redebeiträge brachten alles auf einmal, "
    "wiederholten nur oder lasen einen Leitfaden vor.",
    en="Objections had no chance: most turns brought everything at once, merely repeated, or read "
    "out a guide.",
)
_NOTHING_TO_SEE = Localized(
    de="In diesem Gespräch war dazu nichts zu beobachten.",
    en="Nothing about this could be observed in this call.",
)


def assess(turns: Sequence[Turn], rubric: Rubric, versions: Mapping[str, str]) -> Assessment:
    """Scores a call.

    Args:
        turns: The transcript with recognised acts.
        rubric: How to judge.
        versions: Versions to pin, such as the recogniser's; the rubric's is added, and the
            fingerprint of its content.

    Returns:
        The same assessment for the same transcript and rubric. Where the talk cannot be judged,
        levels, points and total are None and the reasons say why; there is never a stand-in number.
    """
    talk = Talk(tuple(turns), rubric.confidence, rubric.segments_per_turn)
    pinned = {
        **versions,
        "rubric": f"{rubric.id}/{rubric.version}",
        "rubric_content": rubric.fingerprint,
    }
    unscored = why_unscored(talk, rubric.minimum)
    if unscored is not None:
        return _unscored(unscored, pinned)
    outcomes = {
        principle: tuple(run(check, talk) for check in rubric.principles[principle].active)
        for principle in Principle
    }
    scores = {p: _score(p, found, rubric, talk) for p, found in outcomes.items()}
    breaches = _breaches(talk, rubric.breaches)
    total = _total(scores, rubric, breaches)
    notes = tuple(run(check, talk) for check in rubric.relationship if check.enabled)
    return Assessment(
        principles=scores,
        total=total,
        passed=total is not None and total >= rubric.pass_mark,
        findings=(
            *(_finding(o, p, talk) for p, found in outcomes.items() for o in found),
            *(_finding(outcome, None, talk) for outcome in notes),
        ),
        breaches=breaches,
        advice=advise(outcomes, {p: s.level for p, s in scores.items() if s.level}, talk),
        strength=strength_of(outcomes),
        objections=stories(talk),
        questions=_questions(talk),
        versions=pinned,
    )


def _unscored(reason: Localized, versions: dict[str, str]) -> Assessment:
    return Assessment(
        principles={principle: PrincipleScore(reason=reason) for principle in Principle},
        total=None,
        passed=False,
        findings=(),
        versions=versions,
    )


def _score(
    principle: Principle, outcomes: Sequence[Outcome], rubric: Rubric, talk: Talk
) -> PrincipleScore:
    part = rubric.principles[principle]
    points = points_of(outcomes)
    if points is not None:
        level = level_of(points, part)
        return PrincipleScore(level=level, points=points, reason=summary_of(outcomes))
    if principle is Principle.OBJECTIONS and talk.is_pretended:
        return PrincipleScore(level=1, points=0, reason=_PRETENDED)
    if principle is Principle.OBJECTIONS:
        level = rubric.level_without_objections
        return PrincipleScore(level=level, points=middle_of(level, part), reason=_NO_OBJECTIONS)
    return PrincipleScore(reason=_NOTHING_TO_SEE)


def _total(
    scores: Mapping[Principle, PrincipleScore], rubric: Rubric, breaches: Sequence[Breach]
) -> float | None:
    points = [score.points for score in scores.values() if score.points is not None]
    if not points:
        return None
    caps = {rule.id: rule.cap for rule in rubric.breaches}
    return min(round(sum(points) / len(points), 1), *(caps[breach.id] for breach in breaches), 100)


def _finding(outcome: Outcome, principle: Principle | None, talk: Talk) -> Finding:
    unmet = outcome.result is CheckResult.NOT_MET and not outcome.check.harmful
    shown = outcome.result is not CheckResult.NOT_OBSERVABLE and not unmet
    return Finding(
        id=outcome.check.id,
        principle=principle,
        result=outcome.result,
        quotes=tuple(item.quote for item in outcome.count.found) if shown else (),
        reason=reason_for(outcome, talk),
        due=due_turn(outcome, talk) if unmet else None,
    )


def _breaches(talk: Talk, rules: Sequence[BreachRule]) -> tuple[Breach, ...]:
    found = []
    for rule in rules:
        asked = next((item.turn for item in talk.customer(rule.after)), len(talk.turns))
        quotes = tuple(
            dict.fromkeys(item.quote for item in talk.trainee(rule.acts) if item.turn > asked)
        )
        if quotes:
            found.append(Breach(id=rule.id, quotes=quotes, reason=rule.explanation))
    return tuple(found)


def _questions(talk: Talk) -> tuple[AskedQuestion, ...]:
    first = {item.act: item.quote for item in reversed(talk.trainee(GUIDE_QUESTIONS))}
    return tuple(AskedQuestion(question=act, quote=first.get(act)) for act in GUIDE_QUESTIONS)
