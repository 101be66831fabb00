from random import Random

import pytest

from trainer.bootstrap import Desk, build_desk
from trainer.settings import Settings
from trainer.simulation.agent import Agent, Card


@pytest.fixture(scope="session")
def desk() -> Desk:
    return build_desk(Settings())


@pytest.fixture
def agent() -> Agent:
    return Agent(Card("Frau Yilmaz", "Gärtnerei Lindach", "sieben Monaten"), Random(1))
