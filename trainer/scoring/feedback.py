"""Two points to work on and one thing done well."""

from collections.abc import Mapping, Sequence
from zlib import crc32

from trainer.core.assessment import Advice, CheckResult, Strength
from trainer.core.rubric import Check, Principle
from trainer.scoring.checks import Outcome
from trainer.scoring.evidence import Talk
from trainer.scoring.moments import Moment, moment_of
from trainer.scoring.reasons import happened, reason_for
from trainer.scoring.texts import Sentence, load_texts

MOST_ADVICE = 2


def advise(outcomes: Mapping[Principle, Sequence[Outcome]], talk: Talk) -> tuple[Advice, ...]:
    """Returns the most useful points, of different principles where possible."""
    best = sorted(
        (outcome for part in outcomes.values() for outcome in _open_points(part)),
        key=lambda outcome: -_room(outcome, outcomes),
    )
    chosen = best[:1]
    others = [o for o in best[1:] if _principle(o) != _principle(best[0])] or best[1:]
    chosen += others[: MOST_ADVICE - len(chosen)]
    found = (_advice(outcome, talk) for outcome in chosen)
    return tuple(advice for advice in found if advice is not None)


def strength_of(outcomes: Sequence[Outcome]) -> Strength | None:
    """Returns the weightiest thing done well, None where nothing was."""
    met = [o for o in outcomes if o.result is CheckResult.MET and o.count.found]
    if not met:
        return None
    best = max(met, key=lambda outcome: outcome.check.weight)
    return Strength(check=best.check.id, quote=best.count.found[0].quote, text=happened(best))


def _principle(outcome: Outcome) -> str:
    return outcome.check.id.split(".")[0]


def _open_points(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Returns what can be improved; a harder check waits for an easier one with the same acts."""
    found: list[Outcome] = []
    for outcome in outcomes:
        improvable = outcome.result in {CheckResult.NOT_MET, CheckResult.PARTLY}
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
    if outcome.check.harmful:
        return -outcome.gain
    possible = sum(other.possible for other in outcomes[Principle(_principle(outcome))])
    return 100 * (outcome.check.weight - outcome.gain) / possible


def _advice(outcome: Outcome, talk: Talk) -> Advice | None:
    moment = moment_of(outcome, talk)
    texts = load_texts().checks[outcome.check.id]
    if moment is None or texts.next_time is None:
        return None
    return Advice(
        check=outcome.check.id,
        happened=reason_for(outcome, talk),
        quote=moment.quote,
        why=outcome.check.explanation,
        better=_better(texts.better, moment),
        next_time=texts.next_time,
    )


def _better(sentences: Sequence[Sentence], moment: Moment) -> str:
    fitting = [
        sentence
        for sentence in sentences
        if sentence.slots <= moment.slots.keys() and sentence.objection in {None, moment.objection}
    ]
    closest = max(_closeness(sentence) for sentence in fitting)
    equals = [sentence for sentence in fitting if _closeness(sentence) == closest]
    # Varied from moment to moment, the same for the same moment.
    chosen = equals[crc32(f"{moment.turn}{moment.quote}".encode()) % len(equals)]
    return chosen.text.format(**moment.slots)


def _closeness(sentence: Sentence) -> tuple[bool, int]:
    return sentence.objection is not None, len(sentence.slots)
