"""Handing in with a question, news of comments, and the call as a file."""

import json
from pathlib import Path

import pytest
from sqlalchemy import update

from trainer.callfile import call_file
from trainer.coaching import Coaching
from trainer.core.person import Actor, Role
from trainer.errors import CallEndedError, NotFoundError
from trainer.practice import Practice
from trainer.scoring.transcript import read_transcript
from trainer.store.attempts import AttemptRecord
from trainer.store.coaching import CoachingStore
from trainer.store.submissions import SubmissionStore
from trainer.store.tables import CallRow
from trainer.submissions import LONGEST_QUESTION, Submissions

OPENING = "Guten Tag, mein Name ist Lena Vogt. Ich rufe an, weil wir Sie vermissen. Passt es kurz?"


@pytest.fixture
def submissions(practice: Practice) -> Submissions:
    return Submissions(practice, SubmissionStore(practice.calls.engine))


def coach_of(practice: Practice) -> Actor:
    return Actor(practice.people.ensure("Ina", Role.COACH).id, Role.COACH, teams=None)


@pytest.fixture
def call(practice: Practice, trainee: str) -> str:
    record = practice.start(trainee, "carla_monteiro", seed=5)
    list(practice.say(trainee, record.id, OPENING))
    return practice.hang_up(trainee, record.id).id


def test_a_call_goes_to_the_coach_with_its_question_once(
    practice: Practice, submissions: Submissions, trainee: str, call: str
) -> None:
    submissions.submit(trainee, call, "  War das zu früh?  ")
    submissions.submit(trainee, call, "Noch etwas")
    assert submissions.question(practice.review(trainee, call)) == "War das zu früh?"


def test_a_question_has_an_end(
    practice: Practice, submissions: Submissions, trainee: str, call: str
) -> None:
    submissions.submit(trainee, call, "ä" * 5000)
    assert len(submissions.question(practice.review(trainee, call))) == LONGEST_QUESTION


def test_only_ones_own_ended_call_can_be_handed_in(
    practice: Practice, submissions: Submissions, trainee: str, call: str
) -> None:
    other = practice.people.ensure("Jan", Role.TRAINEE).id
    with pytest.raises(NotFoundError):
        submissions.submit(other, call)
    running = practice.start(trainee, "carla_monteiro", seed=6)
    with pytest.raises(CallEndedError):
        submissions.submit(trainee, running.id)


def test_comments_are_news_until_they_were_read(
    practice: Practice, submissions: Submissions, trainee: str, call: str
) -> None:
    coaching, coach = Coaching(practice, CoachingStore(practice.calls.engine)), coach_of(practice)
    submissions.submit(trainee, call)
    assert not submissions.news(trainee)
    coaching.comment(coach, call, "Ruhig.", turn=1)
    coaching.comment(coach, call, "Gut.")
    assert [(news.call.id, news.comments) for news in submissions.news(trainee)] == [(call, 2)]
    assert not submissions.news(practice.people.ensure("Jan", Role.TRAINEE).id)
    submissions.see(trainee, practice.review(trainee, call))
    assert not submissions.news(trainee)
    coaching.comment(coach, call, "Noch etwas.")
    assert [news.comments for news in submissions.news(trainee)] == [1]


def test_a_finished_review_is_news_even_without_a_comment(
    practice: Practice, submissions: Submissions, trainee: str, call: str
) -> None:
    coaching, coach = Coaching(practice, CoachingStore(practice.calls.engine)), coach_of(practice)
    submissions.submit(trainee, call)
    submissions.see(trainee, practice.review(trainee, call))
    coaching.finish(coach, call, version=0)
    assert [(news.call.id, news.comments) for news in submissions.news(trainee)] == [(call, 0)]
    submissions.see(trainee, practice.review(trainee, call))
    assert not submissions.news(trainee)


def test_a_call_handed_in_before_there_were_questions_has_news_too(
    practice: Practice, submissions: Submissions, trainee: str, call: str
) -> None:
    with practice.calls.engine.begin() as connection:
        connection.execute(update(CallRow).values(submitted_at=practice.calls.now()))
    Coaching(practice, CoachingStore(practice.calls.engine)).comment(
        coach_of(practice), call, "Gut."
    )
    assert submissions.question(practice.review(trainee, call)) == ""
    assert submissions.news(trainee)
    submissions.see(trainee, practice.review(trainee, call))
    assert not submissions.news(trainee)


def test_the_file_of_a_call_holds_what_was_said_and_can_be_scored_again(
    practice: Practice, trainee: str, call: str, tmp_path: Path
) -> None:
    review = practice.review(trainee, call)
    taken = AttemptRecord(call, exam=True, notes="Garantie für $5")
    content = json.loads(call_file(review, taken, 2))
    assert content["hints"] == 2 and content["attempt"]["exam"] and content["notes"] == taken.notes
    assert content["assessment"]["total"] == review.call.assessment.total
    assert "state" not in json.dumps(content["transcript"])
    path = tmp_path / "call.json"
    path.write_text(json.dumps(content["transcript"]), encoding="utf-8")
    read = read_transcript(path)
    assert [text for _, text in read] == [kept.turn.text for kept in review.call.turns]
