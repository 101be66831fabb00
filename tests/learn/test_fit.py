"""The fit itself, on a slice of the corpus that is small enough for a test."""

from dataclasses import replace

import pytest

from trainer.core.acts import Speaker
from trainer.learn.corpus import examples_of
from trainer.learn.fit import Scorers, fit_scorers, in_context, labels_of

pytestmark = pytest.mark.slow

SHARE = 12


@pytest.fixture(scope="module")
def scorers() -> Scorers:
    return fit_scorers({who: examples_of(who)[::SHARE] for who in Speaker})


@pytest.mark.parametrize("speaker", list(Speaker))
def test_a_fit_knows_what_it_was_fitted_on(scorers: Scorers, speaker: Speaker) -> None:
    examples = examples_of(speaker)[::SHARE]
    if speaker is Speaker.CUSTOMER:
        examples = in_context(examples, scorers[Speaker.TRAINEE])
    scores = scorers[speaker].scores([example.utterance for example in examples])
    labels = labels_of(speaker)
    right = sum(
        labels[best] in example.acts
        for best, example in zip(scores.argmax(axis=1), examples, strict=True)
    )
    assert right / len(examples) > 0.8


def test_a_customer_is_heard_by_the_question_that_was_asked(scorers: Scorers) -> None:
    grade = acts_after("Welche Schulnote würden Sie uns geben?", scorers)
    reason = acts_after("Warum haben Sie bei uns gekündigt?", scorers)
    assert grade["ask_grade"] > reason["ask_grade"]
    assert reason["ask_reason"] > grade["ask_reason"]
    assert sum(grade.values()) == pytest.approx(1, abs=1e-3)


def acts_after(question: str, scorers: Scorers) -> dict[str, float]:
    plain = examples_of(Speaker.CUSTOMER)[0]
    said = replace(plain, utterance=replace(plain.utterance, context=question))
    shares = in_context([said], scorers[Speaker.TRAINEE])[0].utterance.context_acts
    return dict(zip(labels_of(Speaker.TRAINEE), shares, strict=True))
