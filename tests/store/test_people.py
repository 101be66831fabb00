from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from trainer.core.person import Role
from trainer.errors import NotFoundError
from trainer.store.people import PeopleStore


@pytest.fixture
def people(engine: Engine) -> PeopleStore:
    return PeopleStore(engine)


def test_a_person_is_made_once(people: PeopleStore) -> None:
    made = people.ensure("Özlem 🙂", Role.TRAINEE)
    assert people.ensure("Özlem 🙂", Role.TRAINEE) == made
    assert people.get(made.id) == made
    assert (made.name, made.role) == ("Özlem 🙂", Role.TRAINEE)


def test_the_same_name_in_another_role_is_another_person(people: PeopleStore) -> None:
    roles = [people.ensure("Mia", role) for role in Role]
    assert len({person.id for person in roles}) == len(Role)
    assert {person.role for person in people.list()} == set(Role)


def test_people_are_listed_by_name(people: PeopleStore) -> None:
    for name in ("Mia", "Ada", "Jan"):
        people.ensure(name, Role.TRAINEE)
    assert [person.name for person in people.list()] == ["Ada", "Jan", "Mia"]


@pytest.mark.parametrize("person", ["nobody", "", "\x00"])
def test_a_person_who_is_not_there_is_not_found(people: PeopleStore, person: str) -> None:
    with pytest.raises(NotFoundError, match="There is no person"):
        people.get(person)


def test_a_name_no_database_keeps_is_still_one_person(people: PeopleStore) -> None:
    made = people.ensure("Mia\x00", Role.TRAINEE)
    assert people.ensure("Mia\x00", Role.TRAINEE) == made == people.get(made.id)


def test_many_at_once_make_one_person(people: PeopleStore) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: people.ensure("Mia", Role.TRAINEE), range(20)))
    assert len({person.id for person in made}) == 1
    assert people.list() == made[:1]
