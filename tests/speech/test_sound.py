from pathlib import Path

import pytest

from trainer.catalog import load_catalog
from trainer.core.persona import Persona
from trainer.settings import PROJECT
from trainer.speech.sound import sound_of

PERSONAS = load_catalog(PROJECT / "personas", PROJECT / "rubrics").personas
ANY = next(iter(PERSONAS.values()))


def altered(**temperament: float) -> Persona:
    changed = ANY.temperament.model_copy(update=temperament)
    return ANY.model_copy(update={"temperament": changed, "age": 50})


@pytest.mark.parametrize("persona", PERSONAS.values(), ids=PERSONAS)
def test_every_customer_can_be_listened_to(persona: Persona) -> None:
    sound = sound_of(persona)
    assert 0.85 <= sound.rate <= 1.15 and 0.85 <= sound.pitch <= 1.15
    assert sound.female is (persona.salutation.startswith("Frau"))


def test_the_impatient_speak_faster_and_the_old_lower() -> None:
    calm, hasty = altered(patience=1.0), altered(patience=0.0)
    assert sound_of(hasty).rate > sound_of(calm).rate
    old = calm.model_copy(update={"age": 80})
    assert sound_of(old).pitch < sound_of(calm).pitch


def test_the_personas_sound_different() -> None:
    assert len({sound_of(persona) for persona in PERSONAS.values()}) >= 8
    assert Path(PROJECT / "docs" / "voice.md").is_file()
