"""Records of calls that nobody has to play."""

from dataclasses import replace

from trainer.core.plan import Ending, Objection
from trainer.simulation.record import Line, Record

LOST = Record(
    agent="skilled",
    persona="erika_muster",
    seed=1,
    difficulty="easy",
    can_be_won=True,
    winnable=True,
    about_money=False,
    ending=Ending.DECLINED,
    turns=10,
    decided_at=None,
    resisted=4,
    stages={Objection.TIME: "dropped", Objection.COST: "answered"},
    returned=1,
    pretexts_argued=2,
    argued_back=1,
    pretexts_probed=1,
    led_on=1,
    facts=3,
    repeats=0,
    unasked=1,
    abrupt=False,
    trust=(0.4, 0.5),
    latencies_ms=(5.0, 7.0),
    points={"lead": 80.0, "needs": 70.0, "objections": 60.0, "close": 50.0},
    total=65.0,
    passed=True,
    transcript=(Line("agent", "Hallo <b>&", ("greet",), 0.4),),
)


def won(**changes: object) -> Record:
    return replace(LOST, ending=Ending.ACCEPTED, decided_at=9, **changes)  # type: ignore[arg-type]


def lost(**changes: object) -> Record:
    return replace(LOST, **changes)  # type: ignore[arg-type]
