"""Short talks for tests: `A` for the trainee, `K` for the customer, each part text and acts."""

from functools import lru_cache
from pathlib import Path

import yaml

from trainer.core.acts import Speaker
from trainer.core.rubric import Check, Condition, Counting, Rubric
from trainer.core.turn import Segment, Turn
from trainer.scoring.evidence import Talk

RUBRIC_FILE = Path(__file__).parents[2] / "rubrics" / "winback.yaml"

Part = tuple[str, str]


def turn(speaker: Speaker, *parts: Part, probability: float = 1.0) -> Turn:
    segments, start = [], 0
    for text, acts in parts:
        found = dict.fromkeys(acts.split(), probability)
        segments.append(Segment(start, start + len(text), text, found))
        start += len(text) + 1
    return Turn(speaker, " ".join(text for text, _ in parts), tuple(segments))


def agent(*parts: Part) -> Turn:
    return turn(Speaker.TRAINEE, *parts)


def customer(*parts: Part) -> Turn:
    return turn(Speaker.CUSTOMER, *parts)


def talk(*turns: Turn) -> Talk:
    return Talk(turns, confidence=0.3, segments_per_turn=8)


@lru_cache(maxsize=1)
def rubric() -> Rubric:
    return Rubric.model_validate(yaml.safe_load(RUBRIC_FILE.read_text(encoding="utf-8")))


def check(
    *acts: str,
    conditions: tuple[Condition, ...] = (),
    count: Counting = Counting.TURNS,
    partly: float = 1,
    met: float = 1,
    harmful: bool = False,
) -> Check:
    return Check.model_validate(
        {
            "id": "needs.test",
            "title": {"de": "Test", "en": "Test"},
            "explanation": {"de": "Test", "en": "Test"},
            "guide": "needs",
            "weight": 10,
            "acts": acts,
            "conditions": conditions,
            "count": count,
            "partly": partly,
            "met": met,
            "harmful": harmful,
        }
    )


PICK_UP = customer(("Becker.", "pick_up"))
OPENING = agent(
    ("Guten Tag, Frau Becker.", "greet"),
    ("Lena Vogt von der Gärtnerei Morgentau.", "introduce"),
    ("Ich rufe an, weil Sie lange nicht bei uns waren.", "state_reason"),
    ("Passt es gerade?", "ask_permission"),
)
GRANT = customer(("Ja, kurz.", "grant_time"))
SKILLED = (
    PICK_UP,
    OPENING,
    GRANT,
    agent(
        ("Danke, dass Sie uns so lange vertraut haben.", "appreciate"),
        ("Erst frage ich, dann schlage ich etwas vor.", "set_agenda"),
        ("Woran lag es, dass Sie nicht mehr kommen?", "ask_reason"),
    ),
    customer(("Die Rosen waren zweimal vertrocknet geliefert.", "give_reason complain")),
    agent(
        ("Vertrocknete Rosen, das darf nicht sein.", "accept_criticism"),
        ("Was ist danach passiert?", "probe"),
    ),
    customer(("Niemand hat auf meine Mail geantwortet.", "elaborate")),
    agent(("Das tut mir leid.", "apologize"), ("Was war gut bei uns?", "ask_positives")),
    customer(("Die Beratung von Herrn Lohse.", "give_positives")),
    agent(("Was wäre Ihnen am wichtigsten?", "ask_priority")),
    customer(("Frische Pflanzen und eine Antwort.", "give_priority")),
    agent(("Was dürfte nie wieder passieren?", "ask_never_again")),
    customer(("Dass keiner antwortet.", "give_never_again")),
    agent(("Sie brauchen frische Pflanzen und verlässliche Antworten, richtig?", "summarize")),
    customer(("Ja, genau.", "confirm")),
    agent(("Wenn das stimmt, kämen Sie wieder?", "ask_return_if")),
    customer(("Vielleicht, aber es ist mir zu teuer.", "return_maybe object_cost")),
    agent(
        ("Das kann ich verstehen.", "acknowledge"),
        ("Geht es um den Preis selbst oder um etwas anderes?", "isolate"),
    ),
    customer(("Um den Preis, ehrlich gesagt, der ist zu hoch.", "object_cost")),
    agent(
        ("Da rechnen Sie zu Recht.", "acknowledge"),
        ("Dafür bekommen Sie jede Pflanze ersetzt.", "answer_cost"),
        ("Ist der Preis damit in Ordnung?", "check_resolved"),
    ),
    customer(("Ja, das ist fair.", "concede")),
    agent(
        ("Die Pflanzen kommen jetzt frisch am selben Tag.", "offer_service"),
        ("Für Sie heißt das: keine vertrockneten Rosen mehr.", "benefit"),
        ("Wollen wir es so machen?", "ask_commitment"),
    ),
    customer(("Ja, gut.", "accept")),
    agent(
        ("Also Lieferung am Montag um zehn, Rechnung danach.", "confirm_terms"),
        ("Danke für Ihre Offenheit.", "appreciate"),
        ("Auf Wiederhören.", "farewell"),
    ),
)
