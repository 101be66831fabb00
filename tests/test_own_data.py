"""Export leaves nothing out and tells no secret; erasure leaves nothing in the file."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer.bootstrap import Desk, build_desk, build_practice
from trainer.core.person import Role
from trainer.core.preparation import Analysis, Preparation
from trainer.own_data import OwnData, build_own_data
from trainer.practice import Practice
from trainer.preparing import build_preparing
from trainer.settings import Settings

PERSONA = "nicole_hambach"
SAID = "Guten Tag, hier ist Quastenflosser. Warum sind Sie denn gegangen?"
NOTED = "Zwiebelfischnotiz"


@pytest.fixture(scope="module")
def desk() -> Desk:
    return build_desk(Settings())


@pytest.fixture
def practice(tmp_path: Path, desk: Desk) -> Iterator[Practice]:
    practice = build_practice(Settings(DATABASE_URL=f"sqlite:///{tmp_path / 'calls.db'}"), desk)
    yield practice
    practice.close()


@pytest.fixture
def own(practice: Practice) -> OwnData:
    return build_own_data(practice)


def make_call(practice: Practice, person: str) -> str:
    preparing = build_preparing(practice)
    preparing.save(person, PERSONA, Preparation(notes={Analysis.SALES: NOTED}))
    call = preparing.start(person, PERSONA).id
    list(practice.say(person, call, SAID))
    return call


def test_everything_is_exported_and_an_open_call_keeps_its_secrets(
    practice: Practice, own: OwnData
) -> None:
    mia = practice.people.ensure("Mia", Role.TRAINEE).id
    call = make_call(practice, mia)
    before = own.as_json(mia)
    persona = practice.catalog.persona(PERSONA)
    assert SAID in before
    assert NOTED in before
    hidden = [fact.note for fact in persona.facts.values()]
    assert not any(note in before for note in hidden)
    for word in ("offer_fit", "temperament", '"state"', '"plan"', '"seed"'):
        assert word not in before
    practice.hang_up(mia, call)
    (found,) = json.loads(own.as_json(mia))["calls"]
    assert found["assessment"]["versions"]
    assert found["persona"]["facts"]["reason"]["note"] in hidden
    (line,) = csv.DictReader(io.StringIO(own.as_csv(mia)))
    assert line["customer"] == persona.full_name
    assert line["ending"] == "abandoned"


def test_nobody_elses_calls_are_exported(practice: Practice, own: OwnData) -> None:
    mia, ben = (practice.people.ensure(name, Role.TRAINEE).id for name in ("Mia", "Ben"))
    make_call(practice, mia)
    assert json.loads(own.as_json(ben)) == {"calls": []}


def test_erased_is_gone_from_the_file_itself_and_others_keep_theirs(
    practice: Practice, own: OwnData, tmp_path: Path
) -> None:
    mia, ben = (practice.people.ensure(name, Role.TRAINEE).id for name in ("Mia", "Ben"))
    call = make_call(practice, mia)
    practice.hang_up(mia, call)
    practice.submit(mia, call)
    coach = practice.people.ensure("Eva", Role.COACH).id
    practice.comment(coach, call, "Rautengrubenotter", turn=1)
    build_preparing(practice).save(mia, PERSONA, Preparation(notes={Analysis.SALES: NOTED}))
    kept = practice.start(ben, "hiltrud_lohmeyer").id

    def bytes_of_database() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("calls.db*"))

    words = (b"Quastenflosser", NOTED.encode(), b"Rautengrubenotter", call.encode())
    assert all(word in bytes_of_database() for word in words)
    own.erase(mia)
    assert not any(word in bytes_of_database() for word in words)
    assert practice.own_calls(mia) == []
    assert practice.open(ben, kept).turns
