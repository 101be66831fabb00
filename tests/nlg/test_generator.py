import time
from collections.abc import Iterable

import pytest

from tests.nlg.builders import KeywordRecognizer, brief, customer, plan, trainee
from tests.personas import make_persona
from trainer.core.acts import CustomerAct
from trainer.core.plan import Cue, Fact, Move, Objection, Source
from trainer.errors import LLMError
from trainer.llm.base import Message, Sampling
from trainer.llm.scripted import ScriptedLLM
from trainer.nlg import generator
from trainer.nlg.generator import Brief, Generator, Utterance
from trainer.nlg.instructions import load_instructions
from trainer.nlg.phrases import PhraseBank
from trainer.nlg.prompt import as_messages

ASKED = trainee("Woran lag es denn?", "ask_reason")
REASON = Move(CustomerAct.GIVE_REASON, fact=Fact.REASON)
GOOD = "Der Kurs fiel dreimal aus, und keiner sagte Bescheid."


def speak(
    bank: PhraseBank, replies: Iterable[str | LLMError], wanted: Brief
) -> tuple[list[Utterance], ScriptedLLM]:
    llm = ScriptedLLM(replies)
    return list(Generator(bank, KeywordRecognizer(), llm).speak(wanted)), llm


def test_a_good_sentence_of_the_model_is_said(bank: PhraseBank) -> None:
    said, llm = speak(bank, [GOOD], brief(plan(REASON), ASKED))
    assert [(one.text, one.source) for one in said] == [(GOOD, Source.MODEL)]
    assert said[0].acts >= {CustomerAct.GIVE_REASON}
    assert len(llm.asked) == 1


def test_a_refused_sentence_is_asked_for_again(bank: PhraseBank) -> None:
    said, llm = speak(bank, ["Der Kurs fiel neunmal aus.", GOOD], brief(plan(REASON), ASKED))
    assert [(one.text, one.source) for one in said] == [(GOOD, Source.RETRY)]
    assert len(llm.asked) == 2


def test_after_three_refused_tries_the_phrase_bank_speaks(bank: PhraseBank) -> None:
    bad = "Als KI kann ich das nicht beantworten."
    said, llm = speak(bank, [bad] * 5, brief(plan(REASON), ASKED))
    assert {utterance.source for utterance in said} == {Source.PHRASE}
    assert len(llm.asked) == 3
    own = {variant.text for variant in make_persona().facts[Fact.REASON].say}
    assert " ".join(utterance.text for utterance in said) in own


def test_a_model_that_is_away_is_replaced_at_once(bank: PhraseBank) -> None:
    said, llm = speak(bank, [LLMError("gone")], brief(plan(REASON), ASKED))
    assert {utterance.source for utterance in said} == {Source.PHRASE}
    assert len(llm.asked) == 1


@pytest.mark.parametrize(
    ("compact", "line"),
    [(True, "Weil der Kurs dauernd ausfiel, so war das jedenfalls bei mir."), (False, GOOD)],
)
def test_a_model_that_is_away_is_remembered_until_it_answers(
    bank: PhraseBank, compact: bool, line: str
) -> None:
    llm = ScriptedLLM([LLMError("gone"), line], compact=compact)
    generator = Generator(bank, KeywordRecognizer(), llm)
    wanted = brief(plan(REASON), ASKED)
    assert generator.fault is None
    list(generator.speak(wanted))
    assert str(generator.fault) == "gone"
    list(generator.speak(wanted))
    assert generator.fault is None


def test_what_was_shown_before_a_fault_stays_and_only_the_rest_is_asked_for(
    bank: PhraseBank,
) -> None:
    cost = Move(CustomerAct.OBJECT_COST, objection=Objection.COST)
    second = "Und der Beitrag war mir zu teuer."
    said, llm = speak(
        bank, [f"{GOOD} Rufen Sie Herrn Brandt an.", second], brief(plan(REASON, cost), ASKED)
    )
    assert [(one.text, one.source) for one in said] == [
        (GOOD, Source.MODEL),
        (second, Source.RETRY),
    ]
    again = llm.asked[1][-1].content
    assert load_instructions().acts[CustomerAct.OBJECT_COST] in again
    assert "give_reason" not in again
    assert GOOD in again


def test_what_the_model_leaves_out_comes_from_the_bank(bank: PhraseBank) -> None:
    farewell = CustomerAct.FAREWELL
    said, _ = speak(bank, [GOOD, "", ""], brief(plan(REASON, farewell), ASKED))
    assert (said[0].text, said[0].source) == (GOOD, Source.MODEL)
    assert [utterance.source for utterance in said[1:]] == [Source.PHRASE] * len(said[1:])
    assert len(said) > 1


def test_without_a_model_all_is_phrases(bank: PhraseBank) -> None:
    generator = Generator(bank, KeywordRecognizer())
    said = list(generator.speak(brief(plan(CustomerAct.GREET, CustomerAct.ASK_WHO), ASKED)))
    assert len(said) >= 2
    assert {utterance.source for utterance in said} == {Source.PHRASE}


def test_a_long_own_variant_comes_sentence_by_sentence(bank: PhraseBank) -> None:
    say = [
        {"text": f"Das war so eine Sache. Der Kurs fiel aus, Fall {n}. Das war's."} for n in "abc"
    ]
    persona = make_persona(facts={Fact.REASON: {"note": "Kurs", "say": say}})
    generator = Generator(bank, KeywordRecognizer())
    said = list(generator.speak(brief(plan(REASON), ASKED, persona=persona)))
    assert len(said) == 3
    assert " ".join(utterance.text for utterance in said) in {entry["text"] for entry in say}


def test_the_version_names_the_bank_and_the_model(bank: PhraseBank) -> None:
    recognizer = KeywordRecognizer()
    assert Generator(bank, recognizer).version == bank.version
    assert Generator(bank, recognizer, ScriptedLLM([])).version == f"scripted+{bank.version}"


def test_the_prompt_has_the_persona_the_plan_and_the_talk(bank: PhraseBank) -> None:
    talk = (customer("Petersen."), ASKED)
    _, llm = speak(bank, [GOOD], brief(plan(REASON), *talk))
    header, first, last = llm.asked[0]
    assert "Erika Petersen" in header.content
    assert "Studio Wellenschlag" in header.content
    assert first == Message("assistant", "Petersen.")
    assert last.role == "user"
    assert last.content.startswith("Woran lag es denn?")
    assert load_instructions().acts[CustomerAct.GIVE_REASON] in last.content
    assert make_persona().facts[Fact.REASON].note in last.content


def test_a_chat_model_is_told_what_to_do_for_every_act_and_cue() -> None:
    instructions = load_instructions()
    assert set(instructions.acts) == set(CustomerAct)
    assert set(instructions.cues) == set(Cue)
    owed = Move(CustomerAct.ASK_DETAILS, cue=Cue.OFFER_OWED)
    assert instructions.for_move(owed) == instructions.cues[Cue.OFFER_OWED]


def test_the_prompt_keeps_other_facts_to_itself(bank: PhraseBank) -> None:
    _, llm = speak(bank, [GOOD], brief(plan(REASON), ASKED))
    whole = " ".join(message.content for message in llm.asked[0])
    for fact in set(Fact) - {Fact.REASON}:
        assert make_persona().facts[fact].note not in whole


def test_a_model_can_pick_up_the_phone(bank: PhraseBank) -> None:
    _, llm = speak(bank, ["Petersen, danke."], brief(plan(CustomerAct.THANK)))
    assert [message.role for message in llm.asked[0]] == ["system", "user"]


@pytest.mark.parametrize(
    ("turn", "role"), [(trainee("Guten Tag."), "user"), (customer("Petersen."), "assistant")]
)
def test_the_customer_is_the_assistant(turn: object, role: str) -> None:
    (message,) = as_messages([turn])  # type: ignore[list-item]
    assert message.role == role


def speak_by_move(
    bank: PhraseBank, replies: Iterable[str | LLMError], wanted: Brief
) -> tuple[list[Utterance], ScriptedLLM]:
    llm = ScriptedLLM(replies, compact=True)
    return list(Generator(bank, KeywordRecognizer(), llm).speak(wanted)), llm


SAY = (
    "Der Kurs fiel dreimal aus, und keiner hat es gesagt.",
    "Der Kurs fiel aus, und keiner sagte mir Bescheid.",
    "Das war mir der Kurs nicht wert.",
    "Da stand ich, und der Kurs war mir zu viel.",
    "Da stand ich, und der Kurs fiel aus, und der andere auch.",
)
NEW = "Der Kurs fiel dreimal aus, und keiner sagte mir Bescheid."
TELLER = make_persona(
    facts={Fact.REASON: {"note": "Kurs", "say": [{"text": text} for text in SAY]}}
)


def test_the_shipped_model_words_one_move_at_a_time(bank: PhraseBank) -> None:
    cost = Move(CustomerAct.OBJECT_COST, objection=Objection.COST)
    second = "Das ist mir zu teuer."
    said, llm = speak_by_move(bank, [NEW, second], brief(plan(REASON, cost), ASKED, persona=TELLER))
    assert [(one.text, one.source) for one in said] == [
        (NEW, Source.MODEL),
        (second, Source.MODEL),
    ]
    assert "[give_reason]" in llm.asked[0][-1].content
    assert "[object_cost]" not in llm.asked[0][-1].content
    assert llm.asked[1][-1].content.endswith(f"|{NEW}")


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "Der Kurs fiel dreimal aus, und",
        "Der Kurs fiel dreimal aus.",
        "Der Kurs fiel neunmal aus, und keiner sagte mir Bescheid.",
        "Keiner sagte mir Bescheid.",
        "Der Kurs fiel aus, und keiner sagte Bescheid.",
        "Der Kurs fiel aus, und keiner sagte mir Bescheid, verstehst du?",
        "Das war mir zu viel.",
        "Da stand ich, und der Kurs fiel aus, und der Kurs fiel aus, und der andere auch.",
    ],
)
def test_a_refused_line_of_the_shipped_model_is_asked_for_again(bank: PhraseBank, bad: str) -> None:
    said, llm = speak_by_move(bank, [bad, NEW], brief(plan(REASON), ASKED, persona=TELLER))
    assert [(one.text, one.source) for one in said] == [(NEW, Source.RETRY)]
    assert len(llm.asked) == 2


def test_a_move_the_shipped_model_fails_at_comes_from_the_bank_in_its_place(
    bank: PhraseBank,
) -> None:
    bad = ["Als KI kann ich das nicht beantworten."] * 3
    cost = Move(CustomerAct.OBJECT_COST, objection=Objection.COST)
    said, _ = speak_by_move(
        bank, [*bad, "Das ist mir zu teuer."], brief(plan(REASON, cost), ASKED, persona=TELLER)
    )
    assert said[0].source is Source.PHRASE
    assert (said[-1].text, said[-1].source) == ("Das ist mir zu teuer.", Source.MODEL)


def test_when_the_shipped_model_breaks_off_the_rest_comes_from_the_bank(bank: PhraseBank) -> None:
    thanks = Move(CustomerAct.THANK)
    wanted = brief(plan(REASON, thanks), ASKED, persona=TELLER)
    said, _ = speak_by_move(bank, [NEW, LLMError("gone")], wanted)
    assert (said[0].text, said[0].source) == (NEW, Source.MODEL)
    assert {one.source for one in said[1:]} == {Source.PHRASE}
    assert len(said) > 1


@pytest.mark.parametrize("compact", [True, False])
def test_a_turn_has_one_deadline_for_all_its_tries(
    bank: PhraseBank, compact: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generator, "_TURN_S", 0.25)
    allowed: list[float] = []

    class Dawdling(ScriptedLLM):
        def stream(self, messages: list[Message], sampling: Sampling) -> Iterable[str]:
            allowed.append(sampling.timeout_s)
            time.sleep(0.1)
            yield "Als KI kann ich das nicht beantworten."

    moves = [Move(CustomerAct.OBJECT_COST, objection=Objection.COST), REASON] * 2
    llm = Dawdling([], compact=compact)
    began = time.monotonic()
    said = list(Generator(bank, KeywordRecognizer(), llm).speak(brief(plan(*moves), ASKED)))
    assert time.monotonic() - began < 2
    assert {utterance.source for utterance in said} == {Source.PHRASE}
    assert 1 < len(allowed) <= 3
    assert allowed == sorted(allowed, reverse=True) and max(allowed) <= 0.25
