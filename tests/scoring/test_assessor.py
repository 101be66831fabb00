from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scoring.talks import GRANT, OPENING, PICK_UP, SKILLED, agent, customer, rubric
from trainer.core.acts import GUIDE_QUESTIONS, CustomerAct, Speaker, TraineeAct
from trainer.core.assessment import Assessment, CheckResult, Quote
from trainer.core.plan import Objection
from trainer.core.rubric import Principle
from trainer.core.turn import Segment, Turn
from trainer.scoring.assessor import assess

EVERYTHING = agent(
    *((f"{act} und mehr davon.", act) for act in TraineeAct if act not in ("rude", "pressure"))
)
COOL = customer(("Das ist mir zu teuer.", "object_cost"))


def scored(*turns: Turn) -> Assessment:
    return assess(turns, rubric(), {"recognizer": "test"})


def levels(result: Assessment) -> list[int | None]:
    return [result.principles[principle].level for principle in Principle]


def quotes_in(result: Assessment) -> list[Quote]:
    found = [quote for finding in result.findings for quote in finding.quotes]
    found += [quote for breach in result.breaches for quote in breach.quotes]
    found += [advice.quote for advice in result.advice if advice.quote]
    found += [asked.quote for asked in result.questions if asked.quote]
    found += [result.strength.quote] if result.strength else []
    for story in result.objections:
        steps = (story.acknowledged, story.isolated, story.answered, story.checked)
        found += [*story.raised, *(quote for quote in steps if quote)]
    return found


def test_a_skilled_call_reaches_the_top_and_passes() -> None:
    result = scored(*SKILLED)
    assert levels(result) == [5, 5, 5, 5]
    assert result.passed and result.total is not None and result.total >= 85


def test_version_and_content_of_the_rubric_are_pinned() -> None:
    pinned = scored(*SKILLED).versions
    assert pinned == {
        "recognizer": "test",
        "rubric": f"winback/{rubric().version}",
        "rubric_content": rubric().fingerprint,
    }
    other = rubric().model_copy(update={"pass_mark": 71})
    assert assess(SKILLED, other, {}).versions["rubric_content"] != pinned["rubric_content"]


def test_a_bare_pitch_fails_everywhere() -> None:
    pitch = agent(("Zehn Prozent, nur heute!", "offer_discount pressure"))
    result = scored(PICK_UP, pitch, COOL, agent(("Das ist doch Unsinn.", "contradict rude")), COOL)
    assert all(level is not None and level <= 2 for level in levels(result))
    assert not result.passed


@pytest.mark.parametrize(
    ("turns", "reason"),
    [
        ((), "leer"),
        ((customer((" ", "")),), "leer"),
        ((OPENING, OPENING), "nur die anrufende Seite"),
        ((PICK_UP, GRANT), "nur die angerufene Seite"),
        ((PICK_UP, OPENING, GRANT), "zu kurz"),
        (
            (PICK_UP, agent(("Mehl und Eier.", "")), GRANT, agent(("Umrühren.", "other"))),
            "nicht nach einem Rückgewinnungsgespräch",
        ),
    ],
)
def test_what_is_no_call_is_unscored_with_its_reason(turns: tuple[Turn, ...], reason: str) -> None:
    result = scored(*turns)
    assert levels(result) == [None] * 4 and result.total is None and not result.passed
    assert {score.points for score in result.principles.values()} == {None}
    assert all(reason in score.reason.de for score in result.principles.values())
    assert (result.findings, result.advice, result.strength) == ((), (), None)


def test_vaguely_recognised_text_is_not_taken_for_a_call() -> None:
    dim = tuple(
        Turn(turn.speaker, turn.text, tuple(replace(s, acts=dict.fromkeys(s.acts, 0.5)) for s in
             turn.segments))
        for turn in SKILLED
    )  # fmt: skip
    assert scored(*dim).total is None


def test_everything_stuffed_into_one_turn_fails() -> None:
    result = scored(PICK_UP, EVERYTHING, COOL, agent(("Gut, danke.", "appreciate")), COOL)
    assert all(level is not None and level <= 2 for level in levels(result))


def test_everything_stuffed_into_every_turn_fails() -> None:
    result = scored(PICK_UP, *([EVERYTHING, COOL] * 6))
    assert all(level is not None and level <= 2 for level in levels(result))


def test_one_question_over_and_over_is_worth_one_question() -> None:
    ask = agent(("Woran lag es?", "ask_reason"))
    once = scored(PICK_UP, OPENING, GRANT, ask, COOL, agent(("Ah.", "other")), COOL)
    often = scored(PICK_UP, OPENING, GRANT, *([ask, COOL] * 8))
    assert often.principles[Principle.NEEDS].level == once.principles[Principle.NEEDS].level
    assert once.principles[Principle.NEEDS].level in (1, 2)


def test_saying_the_customers_words_again_is_no_summary() -> None:
    said = "Die Lieferung kam leider dreimal nicht pünktlich an."
    result = scored(
        PICK_UP, OPENING, customer((said, "give_reason")),
        agent((f"Also {said}", "summarize")), customer(("Ja.", "confirm")),
    )  # fmt: skip
    summary = next(f for f in result.findings if f.id == "needs.summary")
    assert summary.result is CheckResult.NOT_MET and "nur wiederholte" in summary.reason.de


def test_a_call_without_any_objection_gets_the_middle_level_of_the_scale() -> None:
    turns = (PICK_UP, OPENING, GRANT, agent(("Wie geht es Ihnen?", "ask_open")), GRANT)
    score = scored(*turns).principles[Principle.OBJECTIONS]
    assert score.level == 3 and "weder Einwand noch Kritik" in score.reason.de


def test_selling_after_do_not_call_again_caps_the_total() -> None:
    stop = customer(("Rufen Sie mich nie wieder an.", "opt_out"))
    push = agent(("Aber zehn Prozent, wollen Sie?", "offer_discount ask_commitment"))
    result = scored(*SKILLED[:-1], stop, push, customer(("Nein.", "decline")))
    assert [breach.id for breach in result.breaches] == ["contact.opt_out"]
    assert result.total is not None and result.total <= 40 and not result.passed
    polite = agent(("Das respektiere ich.", "respect_optout"))
    assert scored(*SKILLED[:-1], stop, polite).breaches == ()


def test_findings_stand_in_the_rubrics_order_with_the_notes_last() -> None:
    result = scored(*SKILLED)
    assert [finding.id for finding in result.findings] == [check.id for check in rubric().checks]
    assert {f.principle for f in result.findings if f.id.startswith("relationship.")} == {None}


def test_the_objections_story_names_each_step() -> None:
    (story,) = scored(*SKILLED).objections
    assert story.objection is Objection.COST and len(story.raised) == 2
    steps = (story.acknowledged, story.isolated, story.answered, story.checked)
    assert [quote.text.split()[0] for quote in steps if quote] == ["Das", "Geht", "Dafür", "Ist"]


def test_all_nine_questions_are_listed_with_the_place_where_they_were_asked() -> None:
    asked = scored(*SKILLED).questions
    assert [item.question for item in asked] == list(GUIDE_QUESTIONS)
    assert [item.question for item in asked if item.quote] == [
        "ask_reason", "ask_positives", "ask_priority", "ask_never_again", "ask_return_if",
    ]  # fmt: skip


def test_the_same_transcript_gives_the_same_assessment() -> None:
    assert scored(*SKILLED) == scored(*SKILLED)


GOOD = [
    act
    for act in TraineeAct
    if act not in ("contradict", "pressure", "blame", "disparage", "rude", "overpromise")
    # An early offer, a vague close and a longer way to the end are no good acts everywhere.
    and not act.startswith(("offer_", "vague", "other", "inform", "benefit"))
    and act not in ("answer_time", "answer_cost", "answer_uncertainty")
]


@given(place=st.integers(0, len(SKILLED) - 1), act=st.sampled_from(GOOD), skip=st.integers(1, 12))
@settings(max_examples=150, deadline=None)
def test_a_good_act_more_in_a_turn_never_lowers_a_level(
    place: int, act: TraineeAct, skip: int
) -> None:
    turns = [turn for number, turn in enumerate(SKILLED) if number not in (skip * 2 - 1,)]
    place = min(place, len(turns) - 1)
    if turns[place].speaker is not Speaker.TRAINEE:
        return
    before = scored(*turns)
    segment = turns[place].segments[-1]
    better = replace(segment, acts={**segment.acts, act: 1.0})
    turns[place] = replace(turns[place], segments=(*turns[place].segments[:-1], better))
    after = scored(*turns)
    for old, new in zip(levels(before), levels(after), strict=True):
        assert old is not None and new is not None and new >= old


WORDS = st.text(alphabet="abcäöß .,?!„“$<>{}\n😀", min_size=0, max_size=30)


@st.composite
def random_turns(draw: st.DrawFn) -> Turn:
    speaker = draw(st.sampled_from(Speaker))
    labels = list(TraineeAct if speaker is Speaker.TRAINEE else CustomerAct)
    segments, text = [], ""
    for _ in range(draw(st.integers(0, 4))):
        piece = draw(WORDS)
        acts = draw(st.dictionaries(st.sampled_from(labels), st.floats(0.3, 1), max_size=3))
        segments.append(Segment(len(text), len(text) + len(piece), piece, acts))
        text += piece + " "
    return Turn(speaker, text, tuple(segments))


@given(st.lists(random_turns(), max_size=30), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_transcript_gives_verbatim_quotes_and_points_in_range(
    turns: list[Turn], framed: bool
) -> None:
    turns = [*SKILLED[:8], *turns] if framed else turns
    result = scored(*turns)
    for quote in quotes_in(result):
        assert turns[quote.turn].text[quote.start : quote.end] == quote.text
    assert result.total is None or 0 <= result.total <= 100
    for score in result.principles.values():
        assert (score.level is None) == (score.points is None)
    for finding in result.findings:
        shown = finding.result in (CheckResult.MET, CheckResult.PARTLY)
        assert bool(finding.quotes) >= shown
        assert {turns[quote.turn].speaker for quote in finding.quotes} <= {Speaker.TRAINEE}
        missing = finding.result is CheckResult.NOT_MET and not finding.quotes
        assert (finding.due is not None) == missing


def test_random_calls_of_known_acts_use_the_whole_scale() -> None:
    random = Random(7)
    seen = set()
    for _ in range(40):
        kept = [
            turn for turn in SKILLED if turn.speaker is Speaker.CUSTOMER or random.random() < 0.6
        ]
        seen |= set(levels(scored(*kept)))
    assert seen >= {1, 2, 3, 4, 5}
