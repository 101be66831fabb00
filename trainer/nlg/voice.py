"""Puts a plan into lines of the bank: a whole corpus turn where one fits, else one a move."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

from trainer.core.acts import CustomerAct
from trainer.core.persona import Persona, Variant
from trainer.core.plan import Fact, Mood, Move, Objection
from trainer.nlg.brief import Brief
from trainer.nlg.choice import (
    WEIGHTS,
    draw,
    leans_back,
    length_cost,
    mood_distance,
    score,
    style_score,
)
from trainer.nlg.phrase import Origin, Phrase, Voiced
from trainer.nlg.phrases import PhraseBank
from trainer.nlg.situation import Situation, read_situation
from trainer.nlg.slots import fill
from trainer.nlg.words import tokens

_OBJECTS: Mapping[CustomerAct, Objection] = {
    CustomerAct(f"object_{objection}"): objection for objection in Objection
}
_RETURN_MOODS: Mapping[CustomerAct, tuple[Mood | None, ...]] = {
    CustomerAct.RETURN_YES: (Mood.OPEN, Mood.FRIENDLY),
    CustomerAct.RETURN_MAYBE: (Mood.SCEPTICAL, Mood.NEUTRAL),
    CustomerAct.RETURN_NO: (),
}
"""Persona files word the answer to the return question as a maybe up to neutral, then as a yes."""


def voice(
    brief: Brief,
    bank: PhraseBank,
    moves: Sequence[Move] | None = None,
    *,
    said: Sequence[str] = (),
) -> list[Voiced]:
    """Words a turn without a language model.

    Args:
        brief: The turn to word.
        bank: Where the lines come from.
        moves: The moves still to be voiced; all of the plan by default.
        said: Sentences of this turn that were shown already.

    Returns:
        One line a move, in speaking order.
    """
    situation = read_situation(brief, bank.closeness.to(brief.last_words))
    for sentence in said:
        situation = replace(situation, heard=situation.heard.and_also(sentence))
    left = list(brief.plan.moves if moves is None else moves)
    whole = _whole_turn(left, situation, bank, brief.rng)
    if whole is not None:
        return whole
    found: list[Voiced] = []
    before = said[-1] if said else ""
    for move in left:
        line = _one(move, situation, bank, brief.rng, before=before)
        found.append(line)
        before = line.text
        situation = replace(situation, heard=situation.heard.and_also(before))
    return found


def _one(move: Move, situation: Situation, bank: PhraseBank, rng: Random, *, before: str) -> Voiced:
    for candidates in _sources(move, situation, bank):
        line = _pick(candidates, move, situation, rng, before=before)
        if line is not None:
            return line
    return _last_resort(move, situation, bank, rng)


def _sources(
    move: Move, situation: Situation, bank: PhraseBank
) -> Iterator[list[tuple[float, Phrase]]]:
    """Yields scored lines, the most personal source first.

    Whoever objects does so as anybody might, too: eight lines of their own wear out soon.
    """
    if move.cue is not None:
        yield [(_plain_score(phrase, situation), phrase) for phrase in bank.cues[move.cue]]
    own = [
        (_plain_score(phrase, situation), phrase)
        for phrase in own_variants(move, situation.persona)
    ]
    if is_objection(move):
        own += fitting(move, situation, bank)[: len(own)]
    if own:
        yield own
    yield fitting(move, situation, bank)


def fitting(move: Move, situation: Situation, bank: PhraseBank) -> list[tuple[float, Phrase]]:
    """Returns the bank's lines that fit a move here, each with how well, best first."""
    scored = ((score(phrase, move, situation), phrase) for phrase in bank.by_act[move.act])
    found = [(value, phrase) for value, phrase in scored if value is not None]
    return sorted(found, key=_best_first)


def _best_first(pair: tuple[float, Phrase]) -> tuple[float, str]:
    return -pair[0], pair[1].id


def is_objection(move: Move) -> bool:
    """Whether a move raises an objection."""
    return move.act in _OBJECTS


def tells_own_story(move: Move) -> bool:
    """Whether nobody but this customer can say what a move says."""
    return move.act is CustomerAct.PICK_UP or (
        move.fact is not None and move.act not in _RETURN_MOODS
    )


def own_variants(move: Move, persona: Persona) -> Iterator[Phrase]:
    """Yields the lines of the persona file for a move."""
    for number, variant in enumerate(_variants(move, persona), start=1):
        yield Phrase(
            id=f"{persona.id}-{number}",
            text=variant.text,
            acts=frozenset({move.act}),
            mood=variant.mood,
            style=persona.style,
            origin=Origin.PERSONA,
            triggers={},
        )


def _variants(move: Move, persona: Persona) -> Sequence[Variant]:
    if move.act is CustomerAct.PICK_UP:
        return [Variant(text=text) for text in persona.pick_up]
    if move.fact is Fact.RETURN_IF and move.act in _RETURN_MOODS:
        moods = (*_RETURN_MOODS[move.act], None)
        fitting = [v for v in persona.facts[move.fact].say if v.mood in moods]
        return fitting if _RETURN_MOODS[move.act] else []
    if move.fact is not None:
        return persona.facts[move.fact].say
    objection = _OBJECTS.get(move.act)
    return persona.objections[objection].say if objection else ()


def _plain_score(phrase: Phrase, situation: Situation) -> float:
    return (
        -WEIGHTS.mood * mood_distance(phrase.mood, situation.plan.mood)
        + style_score(phrase, situation.persona.style)
        - length_cost(phrase, situation.plan.length)
    )


def _pick(
    candidates: Sequence[tuple[float, Phrase]],
    move: Move,
    situation: Situation,
    rng: Random,
    *,
    before: str,
) -> Voiced | None:
    """Draws among the best lines that were not said yet and whose slots can be filled."""
    ranked = sorted(
        ((value - _start_cost(phrase.text, before), phrase) for value, phrase in candidates),
        key=_best_first,
    )
    fillings = situation.fillings_for(move)
    usable: list[tuple[float, Voiced]] = []
    for value, phrase in ranked:
        if not before and phrase.origin is Origin.CORPUS and leans_back(phrase.text):
            continue
        text = fill(phrase.text, fillings)
        if text is not None and not situation.heard.resembles(text):
            usable.append((value, Voiced(text, phrase.origin)))
        if len(usable) == WEIGHTS.top:
            break
    if not usable:
        return None
    return usable[draw([(value, at) for at, (value, _) in enumerate(usable)], rng)][1]


def _start_cost(text: str, before: str) -> float:
    """Two lines in a row that begin alike sound like a list."""
    return WEIGHTS.same_start if tokens(text)[:1] == tokens(before)[:1] else 0.0


def _whole_turn(
    moves: Sequence[Move], situation: Situation, bank: PhraseBank, rng: Random
) -> list[Voiced] | None:
    if len(moves) < 2 or any(_is_personal(move, situation.persona) for move in moves):
        return None
    scored = []
    for row in bank.turns:
        value = _row_score(row, moves, situation)
        if value is not None:
            scored.append((value, row))
    scored.sort(key=lambda pair: (-pair[0], pair[1][0].id))
    usable = [(value, lines) for value, row in scored if (lines := _lines(row, moves, situation))]
    if not usable or rng.random() > _share_of_whole_turns(len(usable)):
        return None
    return usable[draw([(value, at) for at, (value, _) in enumerate(usable)], rng)][1]


def _share_of_whole_turns(usable: int) -> float:
    """The fewer there are, the rarer one is taken: the same few would be heard in every call."""
    return usable / (usable + WEIGHTS.rare)


def _is_personal(move: Move, persona: Persona) -> bool:
    return move.cue is not None or bool(_variants(move, persona))


def _row_score(row: Sequence[Phrase], moves: Sequence[Move], situation: Situation) -> float | None:
    if len(row) != len(moves):
        return None
    values = []
    for phrase, move in zip(row, moves, strict=True):
        value = score(phrase, move, situation) if move.act in phrase.acts else None
        if value is None:
            return None
        values.append(value)
    return sum(values) / len(values)


def _lines(
    row: Sequence[Phrase], moves: Sequence[Move], situation: Situation
) -> list[Voiced] | None:
    lines = []
    for phrase, move in zip(row, moves, strict=True):
        text = fill(phrase.text, situation.fillings_for(move))
        if text is None or situation.heard.resembles(text):
            return None
        lines.append(Voiced(text, phrase.origin, whole_turn=True))
    return lines


def _last_resort(move: Move, situation: Situation, bank: PhraseBank, rng: Random) -> Voiced:
    sentences = bank.last_resort[move.act]
    fresh = [text for text in sentences if not situation.heard.has(text)]
    return Voiced(rng.choice(fresh or sentences), Origin.LAST_RESORT)
