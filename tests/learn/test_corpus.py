from collections import defaultdict

import pytest

from trainer.core.acts import Speaker, acts_of
from trainer.learn.corpus import examples_of
from trainer.learn.fit import fold_of


@pytest.mark.parametrize("speaker", list(Speaker))
def test_every_label_of_the_corpus_is_known(speaker: Speaker) -> None:
    known = {act.value for act in acts_of(speaker)}
    assert {act for example in examples_of(speaker) for act in example.acts} <= known


@pytest.mark.parametrize("speaker", list(Speaker))
def test_one_call_or_customer_is_never_torn_over_two_folds(speaker: Speaker) -> None:
    folds = defaultdict(set)
    for example in examples_of(speaker):
        folds[example.group].add(fold_of(example))
    assert {len(found) for found in folds.values()} == {1}
    assert len({fold for found in folds.values() for fold in found}) >= 5


def test_a_file_of_single_turns_is_held_out_as_a_whole() -> None:
    folds = defaultdict(set)
    for example in examples_of(Speaker.TRAINEE):
        if example.source.startswith("agent_"):
            folds[example.source].add(fold_of(example))
    assert {len(found) for found in folds.values()} == {1}
    assert len(folds) >= 10


def test_the_facts_teach_what_each_answer_is() -> None:
    labels = {e.acts for e in examples_of(Speaker.CUSTOMER) if e.source.startswith("facts_")}
    assert {("give_reason",), ("give_for_top_grade",), ("elaborate",), ("return_yes",)} <= labels
