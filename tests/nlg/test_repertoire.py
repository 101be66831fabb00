import pytest

from tests.nlg.builders import brief, customer, plan, trainee
from tests.personas import make_persona
from trainer.core.dialogue import CustomerAct, Fact, Mood, Move, Objection
from trainer.nlg.phrases import PhraseBank
from trainer.nlg.repertoire import Repertoire, fits_anybody
from trainer.nlg.words import stem, tokens

ASKED = trainee("Woran lag es denn?", "ask_reason")
REASON = Move(CustomerAct.GIVE_REASON, fact=Fact.REASON)


@pytest.fixture(scope="module")
def repertoire(bank: PhraseBank) -> Repertoire:
    return Repertoire(bank)


def test_an_own_story_is_told_in_own_words_of_a_like_mood(repertoire: Repertoire) -> None:
    material = repertoire.material(REASON, brief(plan(REASON, mood=Mood.OPEN), ASKED), ())
    own = make_persona().facts[Fact.REASON].say
    assert material.lines == tuple(variant.text for variant in own[2:])


def test_what_was_said_is_not_offered_again(repertoire: Repertoire) -> None:
    own = make_persona().facts[Fact.REASON].say
    talk = (customer(own[2].text), ASKED)
    before = repertoire.material(REASON, brief(plan(REASON), *talk), ())
    assert own[2].text not in before.lines
    assert own[1].text in before.lines
    after = repertoire.material(REASON, brief(plan(REASON), *talk), [own[1].text])
    assert own[1].text not in after.lines


def test_an_objection_has_own_and_general_words(repertoire: Repertoire) -> None:
    cost = Move(CustomerAct.OBJECT_COST, objection=Objection.COST)
    lines = repertoire.material(cost, brief(plan(cost), ASKED), ()).lines
    own = {variant.text for variant in make_persona().objections[Objection.COST].say}
    assert own < set(lines)


def test_a_general_move_has_many_lines_and_nobody_is_in_them(repertoire: Repertoire) -> None:
    thank = Move(CustomerAct.THANK)
    lines = repertoire.material(thank, brief(plan(thank), ASKED), ()).lines
    assert len(lines) > 100
    assert not [line for line in lines if "{" in line or "Herr " in line]


def test_replies_that_only_some_may_say_are_kept_from_the_others(repertoire: Repertoire) -> None:
    move = Move(CustomerAct.ACCEPT_NEXT_STEP)
    private = repertoire.material(move, brief(plan(move), ASKED), ()).lines
    firm = make_persona(business=True)
    business = repertoire.material(move, brief(plan(move), ASKED, persona=firm), ()).lines
    assert set(private) != set(business)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Das ist mir recht.", True),
        ("Sag ich doch.", True),
        ("Aber sag mir das bitte vorher.", False),
        ("Das ist das dritte Mal.", False),
        ("Das hat er mir gesagt.", False),
        ("Am Montag ist mir das recht.", False),
        ("Recht", False),
    ],
)
def test_some_replies_fit_anybody(text: str, fits: bool) -> None:
    common = {stem(word) for word in tokens(text)}
    assert fits_anybody(text, common) is fits
    assert not fits_anybody(text, common - {stem(tokens(text)[0])})


def test_the_version_changes_with_the_corpus(bank: PhraseBank, repertoire: Repertoire) -> None:
    assert repertoire.version.startswith(bank.version)
    assert repertoire.version != bank.version
