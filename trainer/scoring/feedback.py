"""Two points to work on and one thing done well."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias
from zlib import crc32

from trainer.core.assessment import Advice, CheckResult, Strength
from trainer.core.rubric import Check, Condition, Principle
from trainer.scoring.checks import Outcome
from trainer.scoring.due import is_answered_for, is_out_of_place
from trainer.scoring.evidence import Talk
from trainer.scoring.levels import points_of
from trainer.scoring.moments import Moment, moment_of
from trainer.scoring.reasons import happened, reason_for
from trainer.scoring.texts import Sentence, load_texts
from trainer.scoring.words import echoes

Point: TypeAlias = tuple[Outcome, Advice]


def advise(
    outcomes: Mapping[Principle, Sequence[Outcome]], levels: Mapping[Principle, int], talk: Talk
) -> tuple[Advice, ...]:
    """Returns the most useful points, of different principles and moments where possible.

    Those of the trainee's next level of the scale come before those that are further off, those
    of the weakest principle before others, and among them those that would raise the score most.
    In a call that only pretends, that comes first.

    Args:
        outcomes: What came of the checks.
        levels: The levels reached, of principles that were scored.
        talk: The call.
    """
    opened = {principle: _open_points(part, talk) for principle, part in outcomes.items()}
    within = {principle: _reach(principle, part, levels) for principle, part in opened.items()}
    best = sorted(
        (outcome for part in opened.values() for outcome in part),
        key=lambda outcome: (
            not (talk.is_pretended and Condition.MONOLOGUE in outcome.check.conditions),
            outcome.check.level > within[Principle(_principle(outcome))],
            levels.get(Principle(_principle(outcome)), 0),
            -_room(outcome, outcomes),
        ),
    )
    points = [(outcome, advice) for outcome in best if (advice := _advice(outcome, talk))]
    chosen = points[:1]
    for strangeness in (_of_another_principle, _of_another_moment):
        if len(chosen) == 1:
            chosen += [point for point in points[1:] if strangeness(point, chosen[0])][:1]
    return tuple(advice for _, advice in chosen)


def _reach(principle: Principle, opened: Sequence[Outcome], levels: Mapping[Principle, int]) -> int:
    """Returns the highest level of the scale whose checks are worth a word at this level.

    That is the next one of the principle or, where the rest of the call lies lower, of the call;
    where nothing of it is open, the lowest that is.
    """
    if principle is Principle.CLOSE and levels.get(Principle.NEEDS) == 1:
        return 0
    whole = sum(levels.values()) // len(levels) if levels else 1
    following = min(levels.get(principle, 1), whole) + 1
    lowest = min((outcome.check.level for outcome in opened), default=following)
    return max(following, min(lowest, whole + 2))


def strength_of(outcomes: Mapping[Principle, Sequence[Outcome]]) -> Strength | None:
    """Returns the weightiest thing done well in the best principle, None where nothing was."""
    met = {
        principle: [o for o in found if o.result is CheckResult.MET and o.count.found]
        for principle, found in outcomes.items()
    }
    if not any(met.values()):
        return None
    strongest = max((p for p in met if met[p]), key=lambda p: points_of(outcomes[p]) or 0.0)
    best = max(met[strongest], key=lambda outcome: outcome.check.weight)
    return Strength(check=best.check.id, quote=best.count.found[0].quote, text=happened(best))


def _of_another_moment(point: Point, other: Point) -> bool:
    return point[1].quote is None or point[1].quote != other[1].quote


def _of_another_principle(point: Point, other: Point) -> bool:
    return _principle(point[0]) != _principle(other[0]) and _of_another_moment(point, other)


def _principle(outcome: Outcome) -> str:
    return outcome.check.id.split(".")[0]


def _open_points(outcomes: Sequence[Outcome], talk: Talk) -> list[Outcome]:
    """Returns what can be improved; a harder check waits for an easier one with the same acts."""
    found: list[Outcome] = []
    for outcome in outcomes:
        improvable = outcome.result in {CheckResult.NOT_MET, CheckResult.PARTLY}
        if is_answered_for(outcome, talk) or is_out_of_place(outcome, talk):
            continue
        texts = load_texts().checks.get(outcome.check.id)
        if improvable and texts and texts.better and not _waits(outcome.check, found):
            found.append(outcome)
    return found


def _waits(check: Check, easier: Sequence[Outcome]) -> bool:
    return not check.harmful and any(
        {*check.acts} == {*other.check.acts} for other in easier if not other.check.harmful
    )


def _room(outcome: Outcome, outcomes: Mapping[Principle, Sequence[Outcome]]) -> float:
    """Returns the points of its principle that mending this would bring."""
    part = outcomes[Principle(_principle(outcome))]
    mended = CheckResult.NOT_OBSERVABLE if outcome.check.harmful else CheckResult.MET
    better = [replace(o, result=mended) if o is outcome else o for o in part]
    return (points_of(better) or 0.0) - (points_of(part) or 0.0)


def _advice(outcome: Outcome, talk: Talk) -> Advice | None:
    moment = moment_of(outcome, talk)
    texts = load_texts().checks[outcome.check.id]
    if moment is None or texts.next_time is None:
        return None
    better = _better(texts.better, moment)
    if better is None:
        return None
    return Advice(
        check=outcome.check.id,
        happened=reason_for(outcome, talk),
        quote=moment.quote,
        why=outcome.check.explanation,
        better=better,
        next_time=texts.next_time,
    )


def _better(sentences: Sequence[Sentence], moment: Moment) -> str | None:
    fitting = [sentence for sentence in sentences if _fits(sentence, moment)]
    # Said right after the customer's words, a long quote of them would be taken for an echo.
    own = [sentence for sentence in fitting if not echoes(_filled(sentence, moment), moment.heard)]
    if not own:
        return None
    closest = max(map(_closeness, own))
    equals = [sentence for sentence in own if _closeness(sentence) == closest]
    # Varied from moment to moment, the same for the same moment.
    chosen = equals[crc32(f"{moment.turn}{moment.quote}".encode()) % len(equals)]
    return _filled(chosen, moment)


def _filled(sentence: Sentence, moment: Moment) -> str:
    return sentence.text.format(**moment.slots)


def _fits(sentence: Sentence, moment: Moment) -> bool:
    return (
        sentence.slots <= moment.slots.keys()
        and sentence.objection in {None, moment.objection}
        and sentence.harm in {None, moment.harm}
        and (moment.after_no or not sentence.after_no)
        and (moment.busy or not sentence.busy)
        and (moment.told or not sentence.told)
    )


def _closeness(sentence: Sentence) -> tuple[bool, bool, bool, bool, int]:
    of_kind = sentence.objection is not None or sentence.harm is not None
    return sentence.after_no, sentence.busy, of_kind, sentence.told, len(sentence.slots)
