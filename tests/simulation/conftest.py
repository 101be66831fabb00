from random import Random

import pytest

from trainer.simulation.agent import Agent, Card


@pytest.fixture
def agent() -> Agent:
    return Agent(Card("Frau Yilmaz", "Gärtnerei Lindach", "sieben Monaten"), Random(1))
