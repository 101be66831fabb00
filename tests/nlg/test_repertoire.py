import pytest

from tests.nlg.builders import brief, customer, plan, trainee
from tests.personas import make_persona
from trainer.core.acts import CustomerAct
from trainer.core.plan import Fact, Mood, Move, Objection
from trainer.nlg.phrases import PhraseBank
from trainer.nlg.repertoire import Repertoire

ASKED = trainee("Woran lag es denn?", "ask_reason")
REASON = Move(CustomerAct.GIVE_REASON, fact=Fact.REASON)


@pytest.fixture(scope="module")
def repertoire(bank: PhraseBank) -> Repertoire:
    return Repertoire(bank)


def test_an_own_story_is_told_in_own_words_of_a_like_mood(repertoire: Repertoire) -> None:
    material = repertoire.material(REASON, brief(plan(REASON, mood=Mood.OPEN), ASKED), ())
    own = make_persona().facts[Fact.REASON].say
    assert own[0].mood is Mood.DISMISSIVE
    assert material.lines == tuple(variant.text for variant in own[1:])


def test_what_was_said_is_not_offered_again(repertoire: Repertoire) -> None:
    own = make_persona().facts[Fact.REASON].say
    talk = (customer(own[2].text), ASKED)
    before = repertoire.material(REASON, brief(plan(REASON), *talk), ())
    assert own[2].text not in before.lines
    assert own[1].text in before.lines
    after = repertoire.material(REASON, brief(plan(REASON), *talk), [own[1].text])
    assert own[1].text not in after.lines


def test_of_an_objections_lines_half_are_the_customers_own_as_long_as_there_are_some(
    repertoire: Repertoire, bank: PhraseBank
) -> None:
    cost = Move(CustomerAct.OBJECT_COST, objection=Objection.COST)
    own = [variant.text for variant in make_persona().objections[Objection.COST].say]
    lines = repertoire.material(cost, brief(plan(cost), ASKED), ()).lines
    anybodys = {phrase.text for phrase in bank.by_act[CustomerAct.OBJECT_COST]}
    assert len(lines) == 2 * len(own)
    assert set(own) < set(lines) <= set(own) | anybodys
    used_up = (*(customer(text) for text in own), ASKED)
    assert not set(repertoire.material(cost, brief(plan(cost), *used_up), ()).lines) & set(own)


def test_a_general_move_has_a_choice_of_lines_that_fit_the_mood(
    repertoire: Repertoire, bank: PhraseBank
) -> None:
    thank = Move(CustomerAct.THANK)
    lines = repertoire.material(thank, brief(plan(thank, mood=Mood.FRIENDLY), ASKED), ()).lines
    assert 8 <= len(lines) <= 16
    written = {phrase.text: phrase for phrase in bank.by_act[CustomerAct.THANK]}
    assert Mood.DISMISSIVE not in {written[line].mood for line in lines if line in written}


def test_what_fits_the_occasion_goes_before_what_fits_any(repertoire: Repertoire) -> None:
    answer = Move(CustomerAct.ANSWER)
    probed = trainee("Wie ging es danach weiter?", "probe")
    asked = trainee("Wie wird das Wetter bei Ihnen?", "ask_open")
    again = repertoire.material(answer, brief(plan(answer), probed), ()).lines
    anew = repertoire.material(answer, brief(plan(answer), asked), ()).lines
    assert "Mehr kann ich Ihnen dazu nicht sagen." in again
    assert "Mehr kann ich Ihnen dazu nicht sagen." not in anew


def test_who_has_said_who_is_calling_is_not_asked_for_it(repertoire: Repertoire) -> None:
    who = Move(CustomerAct.ASK_WHO)
    known = trainee("Guten Tag, Lena Vogt von der Post.", "greet", "introduce")
    lines = repertoire.material(who, brief(plan(who), known), ()).lines
    assert lines and not [line for line in lines if line.startswith("Wer")]


def test_the_version_is_that_of_the_bank(bank: PhraseBank, repertoire: Repertoire) -> None:
    assert repertoire.version == bank.version
