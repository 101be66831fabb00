import pytest

from tests.access import Company
from trainer.coaching import LONGEST_TEXT, automatic, choices
from trainer.core.rubric import Principle
from trainer.errors import ConflictError, InputError, NotFoundError
from trainer.store.calls import CallFilter

LEVELS = dict.fromkeys(Principle, 3)


def test_a_correction_stands_beside_the_automatic_result_once_it_is_finished(
    there: Company,
) -> None:
    ina, mia, call = there.actors["ina"], there.actors["mia"], there.submitted
    coached = there.coaching.look(ina, call)
    said = automatic(coached.review.call.assessment, "needs")
    other = next(level for level in choices("needs") if level != said)
    there.coaching.correct(ina, call, "needs", other, " Sie hört zu. ", version=0)
    assert there.coaching.outcome(mia, call).history == ()
    there.coaching.finish(ina, call, version=1)
    (correction,) = there.coaching.outcome(mia, call).history
    assert (correction.automatic, correction.coach) == (said, other)
    assert correction.reason == "Sie hört zu." and correction.author_name == "Ina"
    assessment = there.practice.review(mia.person, call).call.assessment
    assert automatic(assessment, "needs") == said
    there.coaching.finish(ina, call, version=2, finished=False)
    assert there.coaching.outcome(mia, call).history == ()


def test_of_two_coaches_at_once_the_second_is_told_and_overwrites_nothing(there: Company) -> None:
    ina, call = there.actors["ina"], there.submitted
    seen = there.coaching.look(ina, call).state.version
    there.coaching.correct(ina, call, "lead", "4", "erste", version=seen)
    for act in (
        lambda: there.coaching.correct(ina, call, "lead", "1", "zweite", version=seen),
        lambda: there.coaching.finish(ina, call, version=seen),
    ):
        with pytest.raises(ConflictError):
            act()
    state = there.coaching.look(ina, call).state
    assert state.latest["lead"].coach == "4" and state.finished_at is None


def test_every_correction_stays_in_the_history_and_the_latest_counts(there: Company) -> None:
    ina, call = there.actors["ina"], there.submitted
    for version, value in enumerate("123"):
        there.coaching.correct(ina, call, "close", value, f"Grund {value}", version=version)
    state = there.coaching.look(ina, call).state
    assert [one.coach for one in state.history] == ["1", "2", "3"]
    assert state.latest["close"].reason == "Grund 3"


@pytest.mark.parametrize(
    ("subject", "value", "reason", "problem"),
    [
        ("lead", "6", "so", "value"),
        ("lead", "met", "so", "value"),
        ("lead", "3", "  ", "empty"),
        ("lead", "3", "x" * (LONGEST_TEXT + 1), "long"),
    ],
)
def test_a_correction_needs_a_value_and_a_reason(
    there: Company, subject: str, value: str, reason: str, problem: str
) -> None:
    with pytest.raises(InputError) as caught:
        there.coaching.correct(
            there.actors["ina"], there.submitted, subject, value, reason, version=0
        )
    assert caught.value.problem == problem


def test_only_what_was_assessed_can_be_corrected(there: Company) -> None:
    with pytest.raises(NotFoundError):
        there.coaching.correct(
            there.actors["ina"], there.submitted, "lead.no_such_check", "met", "so", version=0
        )


def test_a_check_is_corrected_in_the_checks_own_words(there: Company) -> None:
    ina, call = there.actors["ina"], there.submitted
    finding = there.coaching.look(ina, call).review.call.assessment.findings[0]
    there.coaching.correct(ina, call, finding.id, "partly", "halb", version=0)
    kept = there.coaching.look(ina, call).state.latest[finding.id]
    assert (kept.automatic, kept.coach) == (finding.result, "partly")


def test_blind_scores_come_before_the_look_and_never_after(there: Company) -> None:
    ina, call = there.actors["ina"], there.submitted
    there.coaching.score_blind(ina, call, LEVELS, version=0)
    coached = there.coaching.look(ina, call)
    kept = coached.state.history
    assert {one.subject: one.coach for one in kept} == {str(one): "3" for one in Principle}
    assert all(one.blind for one in kept)
    assert all(
        one.automatic == automatic(coached.review.call.assessment, one.subject) for one in kept
    )
    with pytest.raises(ConflictError):
        there.coaching.score_blind(ina, call, LEVELS, version=1)
    with pytest.raises(ConflictError):
        there.coaching.look_blind(ina, call)


def test_a_better_sentence_is_kept_as_such(there: Company) -> None:
    there.coaching.comment(
        there.actors["ina"], there.submitted, "Was führte dazu?", turn=3, better=True
    )
    (comment,) = there.practice.open(there.actors["mia"].person, there.submitted).comments
    assert (comment.kind, comment.turn) == ("better", 3)


def test_every_look_can_be_read_by_the_calls_trainee(there: Company) -> None:
    ina, mia = there.actors["ina"], there.actors["mia"]
    there.coaching.look_blind(ina, there.submitted)
    there.coaching.look(ina, there.submitted)
    there.coaching.look(ina, there.submitted)
    looks = there.coaching.looks(mia)
    assert [(look.viewer_name, look.what) for look in looks] == [
        ("Ina", "review"),
        ("Ina", "blind"),
    ]


def test_an_example_is_shown_while_its_trainee_agrees(there: Company) -> None:
    ina, mia, ben = (there.actors[name] for name in ("ina", "mia", "ben"))
    with pytest.raises(NotFoundError):
        there.coaching.answer_example(mia, there.submitted, agreed=True)
    there.coaching.ask_example(ina, there.submitted)
    with pytest.raises(NotFoundError):
        there.coaching.example(ben, there.submitted)
    there.coaching.answer_example(mia, there.submitted, agreed=True)
    assert there.coaching.example(ben, there.submitted).call.id == there.submitted
    assert there.coaching.looks(mia)[0].what == "example"
    there.coaching.answer_example(mia, there.submitted, agreed=False)
    with pytest.raises(NotFoundError):
        there.coaching.example(ben, there.submitted)


@pytest.mark.parametrize("words", ["Ausschlag", "ausschlag", "den Ausschlag gegeben", "ZURÜCKRUFT"])
def test_words_are_found_in_what_was_said(there: Company, words: str) -> None:
    other = there.call("ben", lines=("Ja?", "Guten Tag, hier ist Ben.", "Nein danke."))
    found = there.coaching.inbox(there.actors["ina"], CallFilter(words=words))
    assert [call.id for call in found] == [there.submitted]
    assert other not in [call.id for call in found]


@pytest.mark.parametrize("words", ["%", "_", "greet", "speaker", '"', "\\"])
def test_words_are_no_pattern_and_not_the_labels_behind_the_talk(
    there: Company, words: str
) -> None:
    assert there.coaching.inbox(there.actors["ina"], CallFilter(words=words)) == []


def test_finished_reviews_can_be_left_out(there: Company) -> None:
    ina = there.actors["ina"]
    other = there.call("ben")
    there.coaching.finish(ina, other, version=0)
    for finished, wanted in ((True, [other]), (False, [there.submitted])):
        found = there.coaching.inbox(ina, CallFilter(finished=finished))
        assert [call.id for call in found] == wanted
