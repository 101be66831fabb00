"""The printed review: readable, complete, at most three pages, whatever was said."""

from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest

from trainer.core.acts import Speaker
from trainer.core.person import Role
from trainer.core.text import Language
from trainer.core.turn import Turn
from trainer.practice import Practice, Review
from trainer.store.attempts import AttemptRecord
from trainer.store.calls import TurnRecord
from trainer.ui.handout import MOST_PAGES, Handout
from trainer.ui.texts import Texts

pytestmark = pytest.mark.slow

LINES = [
    "Guten Tag, mein Name ist Lena Vogt. Ich rufe an, weil wir Sie vermissen. Passt es kurz?",
    "Das verstehe ich. Was hat damals den Ausschlag gegeben, dass Sie gegangen sind?",
    "Für $5 **fett** <b>ß</b> 🙂",
]


@pytest.fixture
def review(practice: Practice) -> Review:
    person = practice.people.ensure("Mia", Role.TRAINEE).id
    record = practice.start(person, "carla_monteiro", seed=5)
    for line in LINES:
        list(practice.say(person, record.id, line))
    practice.hang_up(person, record.id)
    return practice.review(person, record.id)


def pages_of(
    review: Review, practice: Practice, *, language: Language = Language.GERMAN
) -> list[str]:
    paper = Handout(
        review,
        practice.catalog.rubrics.get("winback"),
        AttemptRecord(review.call.id),
        hints=1,
        began=datetime(2026, 11, 25, 9, 30, tzinfo=UTC),
        lasted="4:12 Min.",
        t=Texts(language),
    )
    document = pypdfium2.PdfDocument(paper.pdf())
    try:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(" ".join(text.get_text_bounded().split()))
            text.close()
            page.close()
        return pages
    finally:
        document.close()


def test_it_says_what_the_review_says(review: Review, practice: Practice) -> None:
    text = " ".join(pages_of(review, practice))
    assessment = review.call.assessment
    assert f"{assessment.total:.0f}" in text and "Gespräch mit Carla Monteiro" in text
    for advice in assessment.advice:
        assert " ".join(advice.better.replace("„", "‚").replace("“", "‘").split()) in text
    assert "Für $5 **fett** <b>ß</b> ?" in text
    for kept in review.call.turns:
        assert kept.turn.text.split(".")[0].replace("🙂", "?") in text
    for finding in assessment.findings:
        if finding.principle is not None and finding.quotes:
            assert practice.catalog.rubric("winback").check(finding.id).title.de in text


def test_it_is_english_where_the_page_is(review: Review, practice: Practice) -> None:
    text = " ".join(pages_of(review, practice, language=Language.ENGLISH))
    assert "The four principles" in text and "Die vier" not in text


def test_a_long_talk_is_cut_on_the_third_page_and_says_so(
    review: Review, practice: Practice
) -> None:
    said = "Ich erzähle Ihnen das jetzt ganz ausführlich, weil es mir wichtig ist. " * 12
    turns = tuple(
        TurnRecord(
            index, Turn(list(Speaker)[index % 2], said, ()), datetime(2026, 11, 25, tzinfo=UTC)
        )
        for index in range(120)
    )
    long = replace(review, call=replace(review.call, turns=turns))
    pages = pages_of(long, practice)
    assert len(pages) == MOST_PAGES
    assert "steht das Gespräch nur in der App" in pages[-1]


def test_a_single_line_longer_than_the_paper_stays_within_three_pages(
    review: Review, practice: Practice
) -> None:
    first = replace(review.call.turns[1], turn=Turn(Speaker.TRAINEE, "viel " * 9000, ()))
    call = replace(review.call, turns=(review.call.turns[0], first, *review.call.turns[2:]))
    assert len(pages_of(replace(review, call=call), practice)) <= MOST_PAGES


def test_a_call_without_assessment_is_printed_without_numbers(
    review: Review, practice: Practice
) -> None:
    bare = replace(review, call=replace(review.call, assessment=None))
    text = " ".join(pages_of(bare, practice))
    assert "keine Bewertung" in text and "von 100" not in text
