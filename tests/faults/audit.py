"""Compares what trainees remember with what is kept, and what is kept with what must be."""

from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter

from tests.faults.trainee import LINES, Memory
from trainer.call import Call
from trainer.core.acts import Speaker
from trainer.core.persona import Persona
from trainer.dialogue.state import DialogueState
from trainer.practice import Practice
from trainer.store.calls import CallFilter, CallRecord, TurnRecord

_STATE = TypeAdapter(DialogueState)


def damage(practice: Practice, person: str, memories: Sequence[Memory]) -> list[str]:
    """Returns every difference in words; none where nothing was lost, doubled or halved."""
    known = [memory for memory in memories if memory.call is not None]
    kept = {call.id for call in practice.calls.list(CallFilter(person=person, limit=100_000))}
    found = [f"call {call} is known to nobody" for call in kept - {it.call for it in known}]
    for memory in known:
        record = practice.open(person, str(memory.call))
        found += [
            f"call {memory.number}: {problem}" for problem in _of_call(practice, record, memory)
        ]
    return found


def _of_call(practice: Practice, record: CallRecord, memory: Memory) -> Iterator[str]:
    texts = [kept.turn.text for kept in record.turns]
    if [kept.index for kept in record.turns] != list(range(len(texts))):
        yield "turns are missing"
    speakers = [kept.turn.speaker for kept in record.turns]
    expected = [Speaker.TRAINEE if at % 2 else Speaker.CUSTOMER for at in range(len(texts))]
    if speakers != expected:
        yield f"speakers do not take turns: {speakers}"
    said = texts[1::2]
    if said[: len(memory.said)] != memory.said or said != list(LINES[: len(said)]):
        yield f"the trainee said {memory.said}, kept is {said}"
    for index, text in memory.shown.items():
        if texts[index : index + 1] != [text]:
            yield f"turn {index} was shown as {text!r}, kept is {texts[index : index + 1]}"
    yield from _of_answers(practice, record)
    if memory.over:
        yield from _of_end(record)


def _of_answers(practice: Practice, record: CallRecord) -> Iterator[str]:
    """Every answer is whole, and the one that an undisturbed call would have had."""
    persona = Persona.model_validate(record.persona)
    call = Call(persona, record.seed, practice.recognizer, practice.generator)
    reaction = call.pick_up()
    for kept in record.turns:
        if kept.turn.speaker is Speaker.TRAINEE:
            if (
                call.hear(kept.turn.text, [it.turn for it in record.turns[: kept.index]])
                != kept.turn
            ):
                yield f"turn {kept.index} was heard otherwise"
            reaction = call.react(kept.turn, reaction.state, index=kept.index + 1)
        elif not _is_whole(kept):
            yield f"turn {kept.index} is not whole"
        elif kept.plan != reaction.plan or _STATE.validate_python(kept.state) != reaction.state:
            yield f"turn {kept.index} follows another plan"


def _is_whole(kept: TurnRecord) -> bool:
    counted = sum((kept.sentences or {}).values())
    spoken = " ".join(segment.text for segment in kept.turn.segments)
    return bool(kept.turn.text) and spoken == kept.turn.text and counted == len(kept.turn.segments)


def _of_end(record: CallRecord) -> Iterator[str]:
    if record.ended_at is None or record.ending is None or record.assessment is None:
        yield "the call has no end or no assessment"
