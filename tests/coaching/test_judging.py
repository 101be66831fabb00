"""Second opinions at work: asked for, made in the background, kept beside the score."""

from collections.abc import Iterator

import pytest

from tests.access import LINES, Company
from tests.coaching.judge_server import INTRODUCED, script
from tests.llm.rude_server import RudeServer, rude_server
from trainer.bootstrap import build_judge
from trainer.core.assessment import CheckResult
from trainer.core.judgement import Answer, Doubt
from trainer.errors import ConflictError, NotAllowedError, NotFoundError
from trainer.judging import Judging
from trainer.llm.local import EMBEDDED
from trainer.realcalls import build_real_calls
from trainer.scoring.draft import read_draft
from trainer.settings import Settings
from trainer.store.calls import CallFilter
from trainer.store.judgements import JudgementStore

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[RudeServer]:
    with rude_server() as made:
        made.script = script(lead_introduce=INTRODUCED)
        yield made


def judging(there: Company, server: RudeServer, model: str = "scripted", **more: object) -> Judging:
    settings = Settings(judge="openai", judge_model=model, judge_base_url=server.base_url, **more)
    store = JudgementStore(there.practice.calls.engine)
    return Judging(there.coaching, store, build_judge(settings))


def scored(there: Company) -> str:
    there.practice.review(there.actors["mia"].person, there.submitted)
    return there.submitted


def test_a_coach_asks_and_finds_the_contradictions_with_quotes_and_the_exchange(
    there: Company, server: RudeServer
) -> None:
    service, ina, call = judging(there, server), there.actors["ina"], scored(there)
    assert service.standing(ina, call).opinion is None
    before = there.practice.calls.get(call).assessment
    service.ask(ina, call)
    service.wait()
    standing = service.standing(ina, call)
    assert (standing.share, standing.problem) == (None, "")
    opinion = standing.opinion
    assert opinion is not None and opinion.settled
    verdicts = {v.check: v for v in opinion.kept.judgement.verdicts}
    introduced = verdicts["lead.introduce"]
    (quote,) = introduced.quotes
    assert introduced.answer is Answer.YES and (quote.turn, quote.text) == (1, INTRODUCED["words"])
    differing = {finding.id: finding.result for finding, _ in opinion.comparison.differing}
    assert differing and set(differing.values()) <= {CheckResult.MET, CheckResult.NOT_MET}
    assert all(exchange.samples for exchange in opinion.kept.judgement.exchanges)
    assert there.practice.calls.get(call).assessment == before
    (listed,) = there.coaching.inbox(ina, CallFilter(differing=True))
    assert listed.differing == len(differing)
    assert there.coaching.inbox(ina, CallFilter(differing=False)) == []


def test_the_same_is_not_asked_twice_but_another_model_is(
    there: Company, server: RudeServer
) -> None:
    service, ina, call = judging(there, server), there.actors["ina"], scored(there)
    service.ask(ina, call)
    service.ask(ina, call)  # while it waits or runs
    service.wait()
    asked = server.asked["scripted"]
    assert asked == 2 * len(there.practice.catalog.rubric().principles) + 2
    with pytest.raises(ConflictError):
        service.ask(ina, call)
    assert service.ask_all(ina, [call, there.private, "nirgends"]) == 0
    other = judging(there, server, "polite")
    assert other.ask_all(ina, [call]) == 1
    other.wait()
    opinion = other.standing(ina, call).opinion
    assert opinion is not None and "polite" in opinion.kept.judgement.versions["model"]


@pytest.mark.parametrize(("model", "doubt"), [("broken", Doubt.AWAY), ("polite", Doubt.UNUSABLE)])
def test_a_judge_that_fails_leaves_everything_open_with_the_reason_and_can_be_asked_again(
    there: Company, server: RudeServer, model: str, doubt: Doubt
) -> None:
    service, ina, call = judging(there, server, model), there.actors["ina"], scored(there)
    service.ask(ina, call)
    service.wait()
    opinion = service.standing(ina, call).opinion
    assert opinion is not None and not opinion.settled
    assert {v.doubt for v in opinion.kept.judgement.verdicts} == {doubt}
    assert opinion.comparison.differing == ()
    assert all(s.problem for x in opinion.kept.judgement.exchanges for s in x.samples)
    assert there.coaching.inbox(ina, CallFilter(differing=True)) == []
    service.ask(ina, call)
    service.wait()


def test_without_a_judge_nothing_is_asked(there: Company) -> None:
    store = JudgementStore(there.practice.calls.engine)
    service = Judging(there.coaching, store, build_judge(Settings()))
    assert service.model is None
    with pytest.raises(NotFoundError, match="WIEDERHOEREN_JUDGE"):
        service.ask(there.actors["ina"], scored(there))


def test_private_calls_and_those_of_others_are_never_sent(
    there: Company, server: RudeServer
) -> None:
    service = judging(there, server)
    scored(there)
    for who, call in (("ina", there.private), ("otto", there.submitted)):
        with pytest.raises(NotFoundError):
            service.ask(there.actors[who], call)
    with pytest.raises(NotAllowedError):
        service.ask(there.actors["mia"], there.submitted)
    service.wait()
    assert server.asked.total() == 0


def test_a_call_erased_meanwhile_is_told_and_the_next_one_still_comes(
    there: Company, server: RudeServer
) -> None:
    service, ina = judging(there, server), there.actors["ina"]
    other = there.call("ben")
    there.practice.review(there.actors["ben"].person, other)
    first = scored(there)
    reply = server.script

    def erase_then(sent: dict) -> str:
        if first in {call.id for call in there.coaching.inbox(ina, CallFilter())}:
            there.privacy.erase(there.actors["admin"], there.actors["mia"].person)
        return reply(sent)

    server.script = erase_then
    service.ask(ina, first)
    service.ask(ina, other)
    service.wait()
    with pytest.raises(NotFoundError):
        service.standing(ina, first)
    assert service.standing(ina, other).opinion is not None


def test_a_real_call_gets_a_second_opinion_too_and_its_words_go_with_the_person(
    there: Company, server: RudeServer
) -> None:
    engine, ina = there.practice.calls.engine, there.actors["ina"]
    reader = build_real_calls(there.practice, there.coaching)
    names = ("Kunde", "Agent")
    text = "\n".join(f"{names[index % 2]}: {line}" for index, line in enumerate(LINES))
    kept = reader.keep(ina, read_draft("a.txt", text.encode()), (), there.actors["mia"].person)
    assert kept.call is not None
    service = judging(there, server)
    service.ask(ina, kept.call)
    service.wait()
    assert service.standing(ina, kept.call).opinion is not None
    assert "judgements" in there.privacy.export(there.actors["mia"])
    there.privacy.erase(there.actors["admin"], there.actors["mia"].person)
    assert JudgementStore(engine).get(kept.call) is None


def test_a_model_that_cannot_judge_answers_nothing_and_the_exchange_says_why(
    there: Company,
) -> None:
    settings = Settings(judge="local", judge_model=str(EMBEDDED), judge_samples=1)
    store = JudgementStore(there.practice.calls.engine)
    service = Judging(there.coaching, store, build_judge(settings))
    ina, call = there.actors["ina"], scored(there)
    service.ask(ina, call)
    service.wait()
    opinion = service.standing(ina, call).opinion
    assert opinion is not None
    assert {v.doubt for v in opinion.kept.judgement.verdicts} == {Doubt.AWAY}
    problem = opinion.kept.judgement.exchanges[0].samples[0].problem
    assert "cannot judge a call" in problem
