"""A small customer for tests; every test changes what it is about."""

from pathlib import Path
from typing import Any

import yaml

from trainer.core.persona import Persona
from trainer.core.plan import Benefit, Fact, Mood, Objection

SHIPPED = [
    Persona.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    for path in sorted((Path(__file__).parents[1] / "personas").glob("*.yaml"))
]

_FACTS = {
    Fact.REASON: ("Kurs fiel dreimal aus, keiner sagte Bescheid", "Weil der Kurs dauernd ausfiel"),
    Fact.GRADE: ("4, wegen der Absagen", "Eine Vier, mehr ist nicht drin"),
    Fact.TOP_GRADE: ("Absage am Vortag", "Dass man mir am Vortag absagt"),
    Fact.POSITIVES: ("Trainerin Frau Lorenz", "Die Frau Lorenz war großartig"),
    Fact.CONDITIONS: ("monatlich kündbar", "Ich müsste jeden Monat gehen können"),
    Fact.PRIORITY: ("Verlässlichkeit", "Dass man sich auf Sie verlassen kann"),
    Fact.CARE_POINTS: ("Mail statt Anruf", "Schreiben Sie mir lieber eine Mail"),
    Fact.NEVER_AGAIN: ("vor verschlossener Tür stehen", "Noch mal vor der verschlossenen Tür"),
    Fact.RETURN_IF: ("vielleicht, erst Probe", "Erst will ich es ausprobieren"),
    Fact.ELABORATE: ("mit Matte im Regen", "Ich stand mit der Matte im Regen"),
}
_TAILS = (
    (Mood.DISMISSIVE, "."),
    (Mood.SCEPTICAL, ", wenn Sie es wissen wollen."),
    (Mood.NEUTRAL, ", so war das jedenfalls bei mir."),
    (Mood.OPEN, ", das sag ich Ihnen gern ganz offen."),
    (Mood.FRIENDLY, ", und schön, dass Sie danach fragen."),
)
_OBJECTIONS = {
    Objection.TIME: ("kommt spät heim", ("Ich hab keine Zeit.", "Das dauert mir zu lange.",
                                         "Dafür fehlt mir die Ruhe.")),
    Objection.COST: ("Beitrag gestiegen", ("Das ist mir zu teuer.", "Der Beitrag ist zu hoch.",
                                           "So viel geb ich nicht aus.")),
    Objection.UNCERTAINTY: ("glaubt Zusagen nicht", ("Das glaub ich erst, wenn ich es sehe.",
                                                     "Da bin ich misstrauisch geworden.",
                                                     "Ich weiß nicht, ob das was wird.")),
}  # fmt: skip


def make_persona(**changes: Any) -> Persona:
    """Builds a valid customer: three objections, one of them a pretext for another.

    Args:
        **changes: Top-level fields to replace; mappings are merged into the default mapping.
    """
    data = _default()
    for field, value in changes.items():
        merged = isinstance(value, dict) and isinstance(data.get(field), dict)
        data[field] = {**data[field], **value} if merged else value
    return Persona.model_validate(data)


def _default() -> dict[str, Any]:
    return {
        "id": "erika_muster",
        "version": 1,
        "name": {"first": "Erika", "last": "Petersen"},
        "gender": "female",
        "age": 44,
        "industry": {"de": "Fitnessstudio", "en": "Gym"},
        "company": "Studio Wellenschlag",
        "competitor": "Kraftraum",
        "customer_type": "lost",
        "churn_reason": "poor_service",
        "difficulty": "medium",
        "style": "sachlich",
        "card": {
            "customer_since": 2018,
            "lost_for": "sieben Monaten",
            "headline": {"de": "Kursmitglied, gekündigt", "en": "Course member, cancelled"},
            "history": [
                {"de": "Kurskarte seit 2018", "en": "Course card since 2018"},
                {"de": "Kündigung ohne Angabe", "en": "Cancelled without a reason"},
            ],
        },
        "pick_up": ["Petersen.", "Ja, Petersen hier?", "Guten Tag, Petersen."],
        "facts": {
            fact: {"note": note, "say": [{"mood": m, "text": core + t} for m, t in _TAILS]}
            for fact, (note, core) in _FACTS.items()
        },
        "objections": {
            objection: {
                "kind": "pretext" if objection is Objection.TIME else "real",
                "hides": Objection.UNCERTAINTY if objection is Objection.TIME else None,
                "note": note,
                "say": [{"text": text} for text in texts],
            }
            for objection, (note, texts) in _OBJECTIONS.items()
        },
        "offer_fit": dict.fromkeys(Benefit, 0.5),
        "temperament": {
            "trust": 0.4,
            "patience": 0.7,
            "irritability": 0.4,
            "talkativeness": 0.5,
            "candour": 0.5,
        },
        "decision": {"trust": 0.6, "fit": 0.6, "settled": ["uncertainty"]},
        "economics": {
            "revenue_per_year": 420,
            "years": 5,
            "care_cost_per_year": 60,
            "winback_cost": 40,
        },
    }
