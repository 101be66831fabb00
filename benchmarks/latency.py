"""How long a trainee waits for the customer's answer, through the whole pipeline and the database.

Run: PYTHONPATH=. .venv/bin/python benchmarks/latency.py
"""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from trainer.bootstrap import build_practice
from trainer.core.person import Role
from trainer.practice import Practice
from trainer.settings import Settings

RESULT = Path(__file__).parent / "results" / "2026-11-25-latency.md"
SEEDS = 5
LINES = (
    "Guten Tag, mein Name ist Lena Vogt. Ich rufe an, weil Sie lange nicht mehr bei uns waren.",
    "Hätten Sie fünf Minuten für mich? Erst zwei Fragen, dann vielleicht ein Vorschlag.",
    "Das verstehe ich gut. Geht es dabei wirklich darum, oder steckt noch etwas anderes dahinter?",
    "Was war denn der Grund, dass Sie gegangen sind?",
    "Da haben Sie recht, das hätte nicht passieren dürfen. Es tut mir leid.",
    "Was ist damals genau passiert?",
    "Welche Schulnote würden Sie uns geben?",
    "Und was müsste anders sein, damit es eine Eins wird?",
    "Was hat Ihnen denn gut gefallen?",
    "Worauf kommt es Ihnen am meisten an?",
    "Unter welchen Bedingungen könnten Sie sich einen Neuanfang vorstellen?",
    "Habe ich richtig verstanden, dass Ihnen Verlässlichkeit am wichtigsten ist?",
    "Wenn wir das alles erfüllen, kämen Sie dann zurück?",
    "Sie bekommen eine feste Ansprechpartnerin. Für Sie heißt das: ein Anruf, und es läuft.",
    "Wollen wir es so noch einmal miteinander versuchen?",
    "Vielen Dank für Ihre Offenheit und auf Wiederhören.",
)


def play(practice: Practice, person: str, persona: str, seed: int) -> list[tuple[int, float]]:
    """Returns turn number and waiting time in milliseconds for every turn of one call."""
    call = practice.start(person, persona, seed=seed)
    waits: list[tuple[int, float]] = []
    for number, line in enumerate(LINES, start=1):
        began = perf_counter()
        list(practice.say(person, call.id, line))
        waits.append((number, (perf_counter() - began) * 1000))
        if practice.open(person, call.id).ended_at is not None:
            break
    return waits


def measure() -> str:
    """Plays all personas and returns the figures as Markdown."""
    with TemporaryDirectory() as folder:
        began = perf_counter()
        practice = build_practice(Settings(DATABASE_URL=f"sqlite:///{folder}/calls.db"))
        start_s = perf_counter() - began
        person = practice.people.ensure("Bench", Role.TRAINEE).id
        waits = [
            wait
            for persona in practice.catalog.personas
            for seed in range(SEEDS)
            for wait in play(practice, person, persona, seed)
        ]
        practice.close()
    all_ms = np.array([ms for _, ms in waits])
    early = np.median([ms for number, ms in waits if number <= 4])
    late = np.median([ms for number, ms in waits if number >= 10])
    p50, p95, p99 = np.percentile(all_ms, (50, 95, 99))
    return "\n".join(
        (
            "# Waiting time for the customer's answer (phrases)",
            "",
            f"{datetime.now(UTC):%Y-%m-%d}, 2 cores, SQLite, one trainee;",
            "`PYTHONPATH=. .venv/bin/python benchmarks/latency.py`",
            "",
            "| figure | value |",
            "| --- | --- |",
            f"| turns | {len(all_ms)} |",
            f"| p50 | {p50:.0f} ms |",
            f"| p95 | {p95:.0f} ms (target 150) |",
            f"| p99 | {p99:.0f} ms |",
            f"| median of turns 1–4 / 10 and later | {early:.0f} / {late:.0f} ms |",
            f"| start of the services | {start_s:.1f} s |",
            "",
        )
    )


if __name__ == "__main__":
    report = measure()
    RESULT.write_text(report, encoding="utf-8")
    print(report)
