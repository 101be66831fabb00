"""What the shipped model says: how much of it passes, how true to the notes, how varied, how fast.

Every persona is called with the agents' lines of the corpus dialogues, once with the shipped model
and once with the phrase bank alone. No line of a persona was used to fit the model.

Run: PYTHONPATH=. .venv/bin/python benchmarks/voice.py
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter

import numpy as np
from sacrebleu.metrics import BLEU

from trainer.bootstrap import Desk, build_desk
from trainer.call import Call, transcribe
from trainer.core.acts import Speaker
from trainer.core.persona import Persona
from trainer.core.plan import Move, Source
from trainer.core.turn import Recognizer, Turn
from trainer.learn.corpus import read, turn_text
from trainer.learn.speech.calls import call_lines
from trainer.llm.base import LLM
from trainer.llm.local import EMBEDDED, LocalLLM
from trainer.nlg.brief import notes
from trainer.nlg.generator import Utterance
from trainer.nlg.words import content_stems, sentences, tokens
from trainer.settings import Settings

RESULTS = Path(__file__).parent / "results"
TODAY = datetime.now(UTC).date()
RESULT = RESULTS / f"{TODAY}-voice.md"
SAMPLES = RESULTS / f"{TODAY}-voice-samples.txt"
CALLS = 4
"""Calls for each persona."""
VARIED = 20
"""Calls with one persona for the variety of what is said."""
VARIETY_OF = slice(3, 6)
"""Personas whose variety is measured; how to draw was chosen by looking at the others."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One turn of the customer.

    Attributes:
        first_s: Seconds until the first sentence could be shown.
    """

    persona: Persona
    heard: str
    moves: tuple[Move, ...]
    said: tuple[Utterance, ...]
    first_s: float


def scripts() -> list[list[str]]:
    """Returns the agents' lines of every corpus dialogue."""
    return [
        [turn_text(turn) for turn in entry["turns"] if turn["speaker"] == "agent"]
        for _, entry in read("dialogues_*.jsonl")
    ]


def play(desk: Desk, persona: Persona, lines: Sequence[str], seed: int) -> Iterator[Answer]:
    """Yields the customer's turns of one call."""
    call = Call(persona, seed, desk.recognizer, desk.generator)
    talk: list[Turn] = []
    reaction, heard = call.pick_up(), ""
    for line in (*lines, ""):
        began = perf_counter()
        stream = call.speak(reaction.plan, talk)
        first = next(stream)
        waited = perf_counter() - began
        said = (first, *stream)
        yield Answer(persona, heard, reaction.plan.moves, said, waited)
        talk.append(transcribe(said))
        if reaction.ending is not None or not line:
            return
        turn, heard = call.hear(line, talk), line
        talk.append(turn)
        reaction = call.react(turn, reaction.state, index=len(talk))


def answers(desk: Desk, personas: Sequence[Persona], calls: int) -> list[Answer]:
    """Plays calls with each persona."""
    lines = scripts()
    return [
        answer
        for number, persona in enumerate(personas)
        for seed in range(calls)
        for answer in play(desk, persona, lines[(7 * number + seed) % len(lines)], seed)
    ]


def coverage(found: Sequence[Answer]) -> float:
    """Returns the share of the notes' content words that come back in what is said."""
    shares = []
    for answer in found:
        wanted = content_stems(" ".join(notes(answer.moves, answer.persona)))
        if wanted and any(move.fact for move in answer.moves):
            said = content_stems(" ".join(one.text for one in answer.said))
            shares.append(len(wanted & said) / len(wanted))
    return float(np.mean(shares))


def agreement(found: Sequence[Answer], recognizer: Recognizer) -> float:
    """Returns the share of single-move turns of the model in which the recogniser hears the act.

    It was fitted on the lines that the model pieces together, so it knows many of them.
    """
    hits = []
    for answer in found:
        if len(answer.moves) == 1 and answer.said[0].source is not Source.PHRASE:
            text = " ".join(one.text for one in answer.said)
            segments = recognizer.label(
                text, speaker=Speaker.CUSTOMER, context=answer.heard or None
            )
            hits.append(any(answer.moves[0].act in segment.acts for segment in segments))
    return float(np.mean(hits))


def written(personas: Sequence[Persona]) -> frozenset[str]:
    """Returns every sentence that somebody wrote for a customer."""
    variants = [
        variant.text
        for persona in personas
        for entry in (*persona.facts.values(), *persona.objections.values())
        for variant in entry.say
    ]
    openings = [text for persona in personas for text in persona.pick_up]
    corpus = [line.text for line in call_lines()]
    return frozenset(s for text in (*variants, *openings, *corpus) for s in sentences(text))


def distinct(texts: Sequence[str], size: int) -> float:
    """Returns the share of different word groups of a size among all (Li et al. 2016)."""
    groups = [
        tuple(words[at : at + size])
        for words in (list(map(str.lower, tokens(text))) for text in texts)
        for at in range(len(words) - size + 1)
    ]
    return len(set(groups)) / len(groups)


def self_bleu(texts: Sequence[str], sample: int = 150) -> float:
    """Returns the mean BLEU of a line against all others, 0–100; lower is more varied."""
    chosen = Random(1).sample(list(texts), min(sample, len(texts)))
    bleu = BLEU(effective_order=True)
    scores = []
    for at, text in enumerate(chosen):
        others = chosen[:at] + chosen[at + 1 :]
        scores.append(bleu.sentence_score(text, others).score)
    return float(np.mean(scores))


def share_rows(
    found: Sequence[Answer], known: frozenset[str], recognizer: Recognizer
) -> Iterator[str]:
    """Yields how many sentences came from where, how true they are, and the waiting time."""
    sources = Counter(one.source for answer in found for one in answer.said)
    total = sum(sources.values())
    for source in Source:
        yield f"| sentences from {source} | {sources[source] / total:.3f} |"
    own = [one.text for answer in found for one in answer.said if one.source is not Source.PHRASE]
    yield f"| of the model's, somebody's word for word | {np.mean([t in known for t in own]):.3f} |"
    yield f"| planned act heard | {agreement(found, recognizer):.3f} |"
    waits = [answer.first_s for answer in found]
    yield f"| fact words said | {coverage(found):.3f} |"
    yield f"| first sentence p50 / p95 | {_percentiles(waits)} |"
    yield f"| turns / sentences | {len(found)} / {total} |"


def _percentiles(seconds: Sequence[float]) -> str:
    return " / ".join(f"{np.percentile(seconds, q):.2f} s" for q in (50, 95))


def variety_rows(found: Mapping[str, Sequence[Answer]]) -> Iterator[str]:
    """Yields distinct-1/2/3 and self-BLEU of what one persona said, by where the words are from.

    The more somebody says, the fewer of the words are new; so the groups are counted in the same
    number of words of each, the fewest that one of them said.
    """
    said = {
        name: [" ".join(one.text for one in answer.said) for answer in answers_]
        for name, answers_ in found.items()
    }
    fewest = min(sum(len(tokens(line)) for line in lines) for lines in said.values())
    for name, lines in said.items():
        alike = list(_first(lines, fewest))
        cells = " | ".join(f"{distinct(alike, size):.3f}" for size in (1, 2, 3))
        words = sum(len(tokens(line)) for line in lines)
        turns = f"{len(set(lines))} of {len(lines)}"
        yield f"| {name} | {words} | {cells} | {self_bleu(lines):.1f} | {turns} |"


def _first(lines: Sequence[str], words: int) -> Iterator[str]:
    for line in lines:
        here = tokens(line)[:words]
        if not here:
            return
        words -= len(here)
        yield " ".join(here)


def variety(persona: Persona, desk: Desk, plain: Desk) -> Iterator[str]:
    """Yields a table of what a persona says in many calls."""
    yield f"{VARIED} calls with {persona.full_name}: distinct word groups in as many words of each."
    yield ""
    yield "| from | words | distinct-1 | distinct-2 | distinct-3 | self-BLEU | different turns |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    found = {
        "model": answers(desk, [persona], VARIED),
        "phrase bank": answers(plain, [persona], VARIED),
    }
    yield from variety_rows(found)
    yield ""


def samples(found: Sequence[Answer], number: int = 100) -> str:
    """Returns random sentences of the model with what they answer, to be read."""
    own = [
        (answer, one) for answer in found for one in answer.said if one.source is not Source.PHRASE
    ]
    chosen = Random(11).sample(own, min(number, len(own)))
    return "".join(
        f"{place:3} [{', '.join(move.act for move in answer.moves)}] {answer.heard[-90:]}\n"
        f"      {one.text}\n"
        for place, (answer, one) in enumerate(chosen, start=1)
    )


def measure(llm: LLM) -> str:
    """Plays everything, writes the samples and returns the figures as Markdown."""
    settings = Settings()
    desk, plain = build_desk(settings, llm), build_desk(settings)
    personas = list(desk.catalog.personas.values())
    spoken = answers(desk, personas, CALLS)
    SAMPLES.write_text(samples(spoken), encoding="utf-8")
    return "\n".join(
        (
            f"# The shipped model, {TODAY}",
            "",
            f"`{llm.name}`; {CALLS} calls with each of {len(personas)} personas.",
            "",
            "| what | value |",
            "| --- | --- |",
            *share_rows(spoken, written(personas), desk.recognizer),
            "",
            *(line for persona in personas[VARIETY_OF] for line in variety(persona, desk, plain)),
        )
    )


if __name__ == "__main__":
    report = measure(LocalLLM(Path(sys.argv[1]) if len(sys.argv) > 1 else EMBEDDED))
    RESULT.write_text(report, encoding="utf-8")
    print(report)
