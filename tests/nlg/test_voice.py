from collections import Counter
from random import Random
from time import perf_counter

import pytest

from tests.nlg.builders import brief, customer, plan, trainee
from tests.personas import make_persona
from trainer.core.acts import CustomerAct
from trainer.core.persona import Persona
from trainer.core.plan import Cue, Ending, Fact, Mood, Move, Objection, Style
from trainer.core.turn import Turn
from trainer.nlg.phrase import Origin
from trainer.nlg.phrases import PhraseBank
from trainer.nlg.voice import voice
from trainer.nlg.words import normalize, sentences

ACTS = tuple(CustomerAct)
FACT_OF = {
    CustomerAct.GIVE_REASON: Fact.REASON,
    CustomerAct.GIVE_GRADE: Fact.GRADE,
    CustomerAct.GIVE_FOR_TOP_GRADE: Fact.TOP_GRADE,
    CustomerAct.GIVE_POSITIVES: Fact.POSITIVES,
    CustomerAct.GIVE_CONDITIONS: Fact.CONDITIONS,
    CustomerAct.GIVE_PRIORITY: Fact.PRIORITY,
    CustomerAct.GIVE_CARE_POINTS: Fact.CARE_POINTS,
    CustomerAct.GIVE_NEVER_AGAIN: Fact.NEVER_AGAIN,
    CustomerAct.ELABORATE: Fact.ELABORATE,
    CustomerAct.RETURN_MAYBE: Fact.RETURN_IF,
}
SAID = (
    trainee("Guten Tag, hier ist Lena Vogt vom Studio Wellenschlag.", "greet", "introduce"),
    trainee("Woran lag es denn, dass Sie gegangen sind?", "ask_reason"),
    trainee("Ich biete Ihnen zwanzig Prozent Rabatt an.", "offer_discount"),
    trainee("Sie bekommen einen festen Ansprechpartner.", "offer_staff", "answer_uncertainty"),
    trainee("Das tut mir ehrlich leid.", "apologize"),
    trainee("asdf jklö", "other"),
    trainee("Nur heute noch, entscheiden Sie sich!", "pressure"),
    trainee("Wollen wir es so machen?", "ask_commitment"),
)


def move_for(act: CustomerAct) -> Move:
    objection = next((o for o in Objection if act == f"object_{o}"), None)
    return Move(act, fact=FACT_OF.get(act), objection=objection)


def texts(bank: PhraseBank, *args: object, **kwargs: object) -> list[str]:
    return [line.text for line in voice(brief(*args, **kwargs), bank)]  # type: ignore[arg-type]


@pytest.mark.parametrize("mood", Mood)
@pytest.mark.parametrize("act", ACTS)
def test_every_act_has_a_line_in_every_mood(bank: PhraseBank, act: CustomerAct, mood: Mood) -> None:
    for said in SAID:
        (line,) = voice(brief(plan(Move(act), mood=mood), said), bank)
        assert line.text
        assert "{" not in line.text
        assert line.origin is not Origin.LAST_RESORT or act.startswith(("give_", "return_"))


@pytest.mark.parametrize("fact", list(FACT_OF.values()))
def test_a_fact_is_told_in_the_personas_own_words(bank: PhraseBank, fact: Fact) -> None:
    persona = make_persona()
    act = next(act for act, other in FACT_OF.items() if other is fact)
    (line,) = voice(brief(plan(Move(act, fact=fact)), SAID[1], persona=persona), bank)
    assert line.text in {variant.text for variant in persona.facts[fact].say}


@pytest.mark.parametrize(
    ("act", "moods"),
    [
        (CustomerAct.RETURN_MAYBE, {Mood.SCEPTICAL, Mood.NEUTRAL}),
        (CustomerAct.RETURN_YES, {Mood.OPEN, Mood.FRIENDLY}),
    ],
)
def test_the_answer_to_the_return_question_says_what_was_decided(
    bank: PhraseBank, act: CustomerAct, moods: set[Mood]
) -> None:
    persona = make_persona()
    fitting = {v.text for v in persona.facts[Fact.RETURN_IF].say if v.mood in moods}
    wanted = plan(Move(act, fact=Fact.RETURN_IF))
    for seed in range(8):
        (line,) = voice(brief(wanted, SAID[1], persona=persona, seed=seed), bank)
        assert line.text in fitting


def test_a_no_to_the_return_question_is_never_the_personas_maybe(bank: PhraseBank) -> None:
    wanted = plan(Move(CustomerAct.RETURN_NO, fact=Fact.RETURN_IF))
    own = {variant.text for variant in make_persona().facts[Fact.RETURN_IF].say}
    for seed in range(8):
        assert not own & set(texts(bank, wanted, SAID[1], seed=seed))


def test_an_objection_is_raised_in_own_words_and_in_anybodys_and_never_twice_in_the_same(
    bank: PhraseBank,
) -> None:
    own = {variant.text for variant in make_persona().objections[Objection.COST].say}
    anybodys = {phrase.text for phrase in bank.by_act[CustomerAct.OBJECT_COST]}
    talk: tuple[Turn, ...] = (SAID[2],)
    said: list[str] = []
    for seed in range(6):
        wanted = plan(Move(CustomerAct.OBJECT_COST, objection=Objection.COST))
        said += texts(bank, wanted, *talk, seed=seed)
        talk = (*talk, customer(said[-1]), SAID[2])
    assert len(set(said)) == 6
    assert set(said) & own and set(said) & anybodys
    assert set(said) <= own | anybodys


def test_a_cue_is_answered_from_its_own_bank(bank: PhraseBank) -> None:
    wanted = plan(Move(CustomerAct.CONFUSED, cue=Cue.GIBBERISH))
    (line,) = voice(brief(wanted, SAID[5]), bank)
    assert line.origin is Origin.CUE
    assert line.text in {phrase.text for phrase in bank.cues[Cue.GIBBERISH]}


def test_every_cue_has_lines(bank: PhraseBank) -> None:
    assert set(bank.cues) == set(Cue)
    assert min(map(len, bank.cues.values())) >= 8


def test_the_caller_is_named_only_when_they_said_their_name(bank: PhraseBank) -> None:
    wanted = plan(CustomerAct.GREET)
    unnamed = trainee("Guten Tag, hier ist das Studio Wellenschlag.", "greet", "introduce")
    named = {text for seed in range(40) for text in texts(bank, wanted, SAID[0], seed=seed)}
    assert any("Lena Vogt" in text for text in named)
    for seed in range(40):
        (text,) = texts(bank, wanted, unnamed, seed=seed)
        assert "{" not in text
        assert "Studio" not in text


@pytest.mark.parametrize("seed", range(4))
def test_in_sixty_turns_of_any_plan_nothing_is_said_twice(bank: PhraseBank, seed: int) -> None:
    rng = Random(seed)
    persona = make_persona()
    talk: list[Turn] = []
    heard: Counter[str] = Counter()
    for _ in range(60):
        talk.append(rng.choice(SAID))
        moves = [move_for(rng.choice(ACTS)) for _ in range(rng.randint(1, 4))]
        wanted = plan(*moves, mood=rng.choice(list(Mood)))
        lines = voice(brief(wanted, *talk, persona=persona, seed=rng.getrandbits(20)), bank)
        assert len(lines) == len(moves)
        heard.update(normalize(line.text) for line in lines)
        talk.append(customer(" ".join(line.text for line in lines)))
    assert [text for text, count in heard.items() if count > 1] == []


def test_one_act_asked_sixty_times_never_runs_dry_nor_repeats(bank: PhraseBank) -> None:
    for act in (CustomerAct.CONFUSED, CustomerAct.DECLINE, CustomerAct.THANK):
        talk: list[Turn] = []
        said = []
        for turn in range(60):
            talk.append(SAID[5])
            said += texts(bank, plan(act), *talk, seed=turn)
            talk.append(customer(said[-1]))
        assert len({normalize(text) for text in said}) == 60


def test_the_same_random_numbers_give_the_same_words(bank: PhraseBank) -> None:
    wanted = plan(CustomerAct.CHALLENGE, CustomerAct.ASK_DETAILS, mood=Mood.SCEPTICAL)
    assert texts(bank, wanted, SAID[3], seed=5) == texts(bank, wanted, SAID[3], seed=5)


def test_other_random_numbers_give_other_words(bank: PhraseBank) -> None:
    wanted = plan(CustomerAct.CHALLENGE, mood=Mood.SCEPTICAL)
    said = {texts(bank, wanted, SAID[3], seed=seed)[0] for seed in range(30)}
    assert len(said) >= 4


def test_a_won_call_does_not_end_with_a_lost_ones_farewell(bank: PhraseBank) -> None:
    lost = {p.text for p in bank.by_act[CustomerAct.FAREWELL] if _triggers(p) == {"lost"}}
    wanted = plan(CustomerAct.FAREWELL, mood=Mood.OPEN, ending=Ending.ACCEPTED)
    for seed in range(30):
        assert not lost & set(texts(bank, wanted, SAID[7], seed=seed))


def _triggers(phrase: object) -> set[str]:
    return set(phrase.triggers.get(CustomerAct.FAREWELL, ()))  # type: ignore[attr-defined]


def test_a_settled_objection_is_let_go_in_words_on_that_objection(bank: PhraseBank) -> None:
    wanted = plan(Move(CustomerAct.CONCEDE, objection=Objection.TIME), mood=Mood.OPEN)
    said = trainee("Ich nehme Ihnen alles ab, es dauert drei Minuten.", "answer_time")
    for seed in range(30):
        (text,) = texts(bank, wanted, said, seed=seed)
        assert "Preis" not in text
        assert "Misstrauen" not in text


@pytest.mark.parametrize("style", [Style.TERSE, Style.IRONIC, Style.TALKATIVE])
def test_the_customers_style_is_heard(bank: PhraseBank, style: Style) -> None:
    of_style = {p.text for p in bank.by_act[CustomerAct.DECLINE] if p.style is style}

    def hits(persona: Persona) -> int:
        wanted = plan(CustomerAct.DECLINE, mood=Mood.DISMISSIVE)
        said = (texts(bank, wanted, SAID[7], persona=persona, seed=seed)[0] for seed in range(40))
        return sum(text in of_style for text in said)

    assert hits(make_persona(style=style)) >= 2 * hits(make_persona(style="emotional"))
    assert hits(make_persona(style=style)) >= 10


def test_no_turn_opens_with_a_line_that_goes_on_from_another(bank: PhraseBank) -> None:
    for seed in range(30):
        (text,) = texts(bank, plan(CustomerAct.DECLINE, mood=Mood.SCEPTICAL), SAID[7], seed=seed)
        assert not text.startswith(("Daher", "Aber", "Darum", "Und darum"))


@pytest.mark.parametrize(
    "text", ["", "   ", "🙂🙂🙂", "<script>alert(1)</script> $x$ **fett**", "blah " * 1000]
)
def test_whatever_was_typed_there_is_an_answer(bank: PhraseBank, text: str) -> None:
    turn = trainee(text) if text.strip() else Turn(SAID[0].speaker, text, ())
    (line,) = voice(brief(plan(Move(CustomerAct.CONFUSED, cue=Cue.UNSURE)), turn), bank)
    assert sentences(line.text)


def test_a_turn_is_worded_within_a_blink(bank: PhraseBank) -> None:
    persona: Persona = make_persona()
    talk = tuple(turn for said in SAID * 4 for turn in (said, customer("Das weiß ich nicht.")))
    wanted = plan(CustomerAct.CHALLENGE, CustomerAct.ASK_DETAILS)
    began = perf_counter()
    for seed in range(20):
        voice(brief(wanted, *talk, SAID[3], persona=persona, seed=seed), bank)
    assert (perf_counter() - began) / 20 < 0.15


def test_an_odd_turn_is_noticed_before_anything_else_is_said(bank: PhraseBank) -> None:
    move = Move(CustomerAct.GIVE_REASON, fact=Fact.REASON, cue=Cue.REPEATED_QUESTION)
    (line,) = voice(brief(plan(move), SAID[1]), bank)
    assert line.origin is Origin.CUE


def test_what_was_shown_in_this_turn_is_not_said_again(bank: PhraseBank) -> None:
    wanted = plan(CustomerAct.THANK, mood=Mood.OPEN)
    for seed in range(30):
        lines = voice(brief(wanted, SAID[4], seed=seed), bank, said=["Vielen Dank."])
        assert "Vielen Dank." not in [line.text for line in lines]


@pytest.mark.parametrize("said", ["Das kostet 5² Euro, also ٣ mal ½.", "㊿ " * 30])
def test_odd_digits_are_no_trouble(bank: PhraseBank, said: str) -> None:
    (line,) = voice(brief(plan(CustomerAct.ASK_PRICE), trainee(said, "offer_discount")), bank)
    assert line.text
