from xml.etree import ElementTree

import pytest

from tests.personas import make_persona
from trainer.catalog import load_catalog
from trainer.core.persona import Gender
from trainer.settings import load_settings
from trainer.ui.avatar import draw, picture

PERSONAS = list(load_catalog(load_settings().personas, load_settings().rubrics).personas.values())


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.id)
def test_every_persona_gets_a_well_formed_portrait(persona) -> None:
    assert ElementTree.fromstring(draw(persona)).tag.endswith("svg")


def test_the_same_person_always_has_the_same_face() -> None:
    assert draw(PERSONAS[0]) == draw(PERSONAS[0].model_copy(update={"version": 99}))


def test_the_shipped_personas_all_look_different() -> None:
    assert len({draw(persona) for persona in PERSONAS}) == len(PERSONAS)


def test_old_people_have_grey_hair_and_women_no_beard() -> None:
    young, old = make_persona(age=30), make_persona(age=75)
    assert draw(young) != draw(old)
    faces = [
        draw(make_persona(id=f"person_{n}", gender=Gender.FEMALE)).count("M33 52c1")
        for n in range(40)
    ]
    assert sum(faces) == 0


def test_a_portrait_beside_the_name_is_silent_and_one_alone_is_not() -> None:
    persona = PERSONAS[0]
    assert 'alt=""' in picture(persona, size=40)
    assert f'alt="{persona.full_name}"' in picture(persona, size=40, empty_alt=False)
