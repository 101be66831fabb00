"""The scripted agents by name."""

from collections.abc import Mapping

from trainer.simulation.agent import Skill
from trainer.simulation.careful import average, skilled
from trainer.simulation.careless import aimless, discount, pushy, silent, stuffer, weak

SKILLS: Mapping[str, Skill] = {
    "skilled": skilled,
    "average": average,
    "weak": weak,
    "stuffer": stuffer,
    "pushy": pushy,
    "aimless": aimless,
    "silent": silent,
    "discount": discount,
}
