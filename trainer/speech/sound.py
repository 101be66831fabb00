"""How a customer sounds: chosen from the persona's data, spoken by the browser."""

from dataclasses import dataclass

from trainer.core.persona import Gender, Persona

_OLD, _YOUNG = 65, 35
_SLOWEST, _FASTEST = 0.85, 1.15


@dataclass(frozen=True, slots=True)
class Sound:
    """What the browser's speech synthesis is asked for.

    Attributes:
        female: Which of the machine's voices fit.
        pitch: 1 is the voice's own.
        rate: 1 is the voice's own speed.
    """

    female: bool
    pitch: float
    rate: float


def sound_of(persona: Persona) -> Sound:
    """Returns the voice of a customer: pitch by age, speed by temperament and age.

    The impatient and the easily annoyed speak faster, the patient and the old more slowly.
    """
    temper = persona.temperament
    rate = 1.0 + 0.2 * (0.5 - temper.patience) + 0.1 * (temper.irritability - 0.5)
    pitch = 1.0
    if persona.age >= _OLD:
        rate, pitch = rate - 0.06, pitch - 0.08
    elif persona.age < _YOUNG:
        rate, pitch = rate + 0.03, pitch + 0.06
    return Sound(
        female=persona.gender is Gender.FEMALE,
        pitch=round(pitch, 2),
        rate=round(min(_FASTEST, max(_SLOWEST, rate)), 2),
    )
