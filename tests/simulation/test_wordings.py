import json
import re
from pathlib import Path

import pytest

from trainer.nlg.words import normalize, sentences
from trainer.simulation.agent import Agent
from trainer.simulation.wordings import load_wordings

CORPUS = Path(__file__).parents[2] / "trainer" / "corpus"
PROPER = {name: texts for name, texts in load_wordings().items() if name != "silence"}


def every_sentence() -> set[str]:
    texts = (text for texts in PROPER.values() for text in texts)
    return {normalize(part) for text in texts for part in sentences(text)}


def spoken_in_the_corpus() -> set[str]:
    rows = (
        json.loads(line)
        for file in CORPUS.glob("*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    )
    return {
        normalize(sentence)
        for row in rows
        for segment in (*row.get("segments", ()), *_segments_of_dialogues(row))
        for sentence in sentences(segment["text"])
    }


def _segments_of_dialogues(row: dict) -> list[dict]:
    return [segment for turn in row.get("turns", ()) for segment in turn.get("segments", ())]


def test_no_sentence_of_an_agent_stands_in_the_corpus() -> None:
    corpus = spoken_in_the_corpus()
    assert len(corpus) > 10_000
    long = {text for text in every_sentence() if len(text.split()) >= 4}
    assert sorted(long & corpus) == []


@pytest.mark.parametrize("intent", sorted(PROPER))
def test_each_thing_can_be_said_in_several_ways(intent: str) -> None:
    texts = PROPER[intent]
    assert len(set(texts)) == len(texts) >= 2
    for text in texts:
        assert not re.search(r"\b(du|dich|dir|dein\w*|euch|euer)\b", text, re.IGNORECASE)
        assert re.search(r"[.?!“]$", text), text


def test_words_are_not_said_twice_while_there_are_others(agent: Agent) -> None:
    ways = len(PROPER["probe"])
    assert len({agent.say("probe") for _ in range(ways)}) == ways


@pytest.mark.parametrize("intent", sorted(PROPER))
def test_every_slot_is_filled_with_its_grammar(agent: Agent, intent: str) -> None:
    for _ in PROPER[intent]:
        assert not set("{}") & set(agent.say(intent))
    said = " ".join(agent.say("introduce") for _ in range(12))
    assert "von der Gärtnerei Lindach" in said and "von Gärtnerei" not in said
