from collections import Counter

import pytest

from trainer.core.acts import CustomerAct
from trainer.learn.speech.calls import call_lines, held_out, trainee_lines
from trainer.learn.speech.line import Line

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return call_lines()


def test_the_same_corpus_gives_the_same_lines(lines: list[Line]) -> None:
    assert call_lines() == lines


def test_every_act_is_there_to_be_learnt(lines: list[Line]) -> None:
    counts = Counter(act for line in lines if not held_out(line) for act in line.request.acts)
    assert min(counts[act] for act in CustomerAct) >= 50


def test_whole_customers_and_calls_are_held_out(lines: list[Line]) -> None:
    kept = {line.group for line in lines if held_out(line)}
    fitted = {line.group for line in lines if not held_out(line)}
    assert not kept & fitted
    for kind in ("facts", "dialogues", "customer", "reply"):
        assert any(group.startswith(kind) for group in kept), kind


def test_a_line_without_a_note_has_no_rare_word_of_its_own(lines: list[Line]) -> None:
    bare = [line for line in lines if not line.request.notes and line.group != "bank"]
    assert 0.2 < len(bare) / len(lines) < 0.8


def test_facts_bring_the_note_they_were_written_for(lines: list[Line]) -> None:
    facts = [line for line in lines if line.group.startswith("facts")]
    assert all(line.request.notes and line.request.mood and line.request.style for line in facts)


def test_trainees_say_no_customers_act() -> None:
    assert not any(line.request.acts for line in trainee_lines())
