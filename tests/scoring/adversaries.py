"""Calls that pretend: everything good is said, nothing is meant. None of them may pass.

Each has variants, and each is held against several customers, so that no rule can be written for
one wording. `fakes` names the principles a call pretends to follow.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random

from trainer.core.acts import Speaker
from trainer.core.rubric import Principle

Lines = tuple[tuple[Speaker, str], ...]


@dataclass(frozen=True, slots=True)
class Fake:
    """A call that pretends.

    Attributes:
        lines: The transcript.
        fakes: The principles it must fail on.
    """

    lines: Lines
    fakes: tuple[Principle, ...] = tuple(Principle)


COOL = (
    "Becker?",
    "Ja, und?",
    "Das ist mir zu teuer.",
    "Aha.",
    "Dafür habe ich keine Zeit.",
    "Da bin ich mir nicht sicher.",
    "Mhm.",
    "Nein, danke.",
    "Wiederhören.",
)
OPEN = (
    "Becker, guten Tag?",
    "Ja, ein paar Minuten habe ich.",
    "Ich bin gegangen, weil dreimal die Lieferung nicht kam.",
    "Und keiner hat angerufen, das hat mich geärgert.",
    "Mir ist wichtig, dass die Lieferung pünktlich ist.",
    "Das ist mir außerdem zu teuer geworden.",
    "Gut fand ich früher die Beratung im Laden.",
    "Ich habe gerade auch keine Zeit mehr.",
    "Ob das diesmal hält, da bin ich mir nicht sicher.",
    "Na gut, dann danke ich Ihnen.",
)
ANGRY = (
    "Wer ist da?",
    "Kommen Sie bitte zum Punkt.",
    "Was soll das werden, eine Umfrage?",
    "Sie hören mir ja gar nicht zu.",
    "Das haben Sie mir damals auch erzählt.",
    "Mir ist das alles zu teuer und zu umständlich.",
    "So, jetzt reicht es mir, auf Wiederhören.",
)
CUSTOMERS = {"cool": COOL, "open": OPEN, "angry": ANGRY}

GOOD: Mapping[str, tuple[str, ...]] = {
    "introduce": (
        "Mein Name ist Lena Vogt von der Gärtnerei Morgentau.",
        "Hier ist Lena Vogt, Gärtnerei Morgentau.",
    ),
    "reason": (
        "Ich rufe an, weil Sie lange nicht bei uns waren.",
        "Ich melde mich, weil wir Sie als Kundin vermissen.",
    ),
    "permission": ("Passt es Ihnen gerade?", "Haben Sie fünf Minuten für mich?"),
    "agenda": (
        "Erst stelle ich zwei Fragen, dann mache ich einen Vorschlag.",
        "Zuerst höre ich zu, danach reden wir über eine Lösung.",
    ),
    "thanks": (
        "Danke, dass Sie uns so lange vertraut haben.",
        "Vielen Dank für Ihre Offenheit.",
        "Ich danke Ihnen für Ihre Zeit.",
    ),
    "why": ("Was war der Grund für Ihren Weggang?", "Woran lag es, dass Sie gegangen sind?"),
    "grade": ("Welche Schulnote geben Sie uns?",),
    "top": ("Was müsste für eine Eins anders sein?",),
    "good": ("Was war gut bei uns?",),
    "conditions": ("Unter welchen Bedingungen kämen Sie wieder?",),
    "priority": ("Was ist Ihnen am wichtigsten?",),
    "never": ("Was darf nie wieder passieren?",),
    "return": ("Wenn das alles erfüllt ist, kommen Sie dann zurück?",),
    "probe": ("Wie meinen Sie das genau?", "Was ist damals passiert?"),
    "understand": (
        "Das verstehe ich gut.",
        "Das kann ich gut nachvollziehen.",
        "Da haben Sie recht, das war nicht in Ordnung.",
    ),
    "behind": ("Ist das der einzige Punkt?", "Was steckt denn wirklich dahinter?"),
    "cost": ("Der Preis lohnt sich, weil alles drin ist.",),
    "time": ("Wir machen es kurz, Sie haben keinen Aufwand.",),
    "doubt": ("Sie bekommen eine Garantie, schriftlich.",),
    "check": ("Ist das damit geklärt?", "Passt das so für Sie?"),
    "summary": ("Habe ich richtig verstanden, dass Ihnen Verlässlichkeit wichtig ist?",),
    "offer": ("Sie bekommen zehn Prozent Rabatt.", "Sie bekommen eine feste Ansprechpartnerin."),
    "benefit": ("Für Sie heißt das: Sie sparen.", "Damit haben Sie keinen Ärger mehr."),
    "decide": ("Wollen wir es so machen?", "Sind Sie wieder dabei?"),
    "step": ("Ich rufe Sie am Montag um zehn an.",),
    "terms": ("Dann halte ich fest: Start am Ersten, Anruf am Montag um zehn.",),
    "bye": ("Danke für Ihre Offenheit, auf Wiederhören.",),
}

GUIDE = (
    "Übernehmen Sie die Führung: klar eröffnen, Namen und Anlass nennen, um Erlaubnis fragen.",
    "Kündigen Sie den Weg durch das Gespräch an und halten Sie den Faden.",
    "Fragen Sie nach dem Grund und nach dem Bedarf, mit offenen Fragen, und haken Sie nach.",
    "Fassen Sie zusammen, bevor Sie etwas anbieten.",
    "Nehmen Sie Einwände ernst und finden Sie heraus, ob es ein Vorwand ist.",
    "Antworten Sie auf den Punkt und prüfen Sie, ob er geklärt ist.",
    "Zeigen Sie kurz den passenden Nutzen und fragen Sie nach der Entscheidung.",
    "Vereinbaren Sie einen konkreten nächsten Schritt und verabschieden Sie sich freundlich.",
)
TITLES = (
    "Sich mit Namen und Firma vorstellen. Den Anlass des Anrufs nennen. Fragen, ob es passt.",
    "Den Weg durchs Gespräch ankündigen. Überleiten und zum Thema zurückholen.",
    "Nach dem Grund fragen. Mehrere der neun Fragen stellen. Breit fragen. Nachhaken.",
    "Antworten aufnehmen. Zusammenfassen und bestätigen lassen. Die Rückkehrfrage stellen.",
    "Verständnis zeigen. Hinter den Einwand schauen. Passend antworten. Prüfen, ob er geklärt ist.",
    "Nutzen nach der Analyse zeigen. Nach der Entscheidung fragen. Das Ergebnis bestätigen.",
    "Einen konkreten nächsten Schritt vereinbaren. Wertschätzend verabschieden.",
)
NINE = (
    "Was hat den Ausschlag gegeben, nicht mehr mit uns zu arbeiten?",
    "Welche Schulnote würden Sie uns geben?",
    "Was müsste sich ändern, damit wir eine Eins von Ihnen bekommen?",
    "Was war gut in unserer gemeinsamen Zeit?",
    "Unter welchen Bedingungen können Sie sich einen Neuanfang vorstellen?",
    "Was wäre Ihnen dabei am wichtigsten?",
    "Worauf sollten wir achten?",
    "Was darf auf keinen Fall wieder passieren?",
    "Wenn wir all das erfüllen: Kommen Sie dann zurück?",
)
KEYWORDS = (
    "Verständnis Wertschätzung Nutzen Entscheidung Termin Montag zehn Uhr danke",
    "Einwand Vorwand Grund Bedarf Zusammenfassung Bestätigung geklärt",
    "Rabatt Garantie Service Ansprechpartner Gutschein Qualität Angebot",
    "Name Firma Anlass Erlaubnis Fragen Vorschlag Ablauf Faden",
    "Nachvollziehen nachhaken zusammenfassen vereinbaren verabschieden",
)


def alternating(customer: Sequence[str], trainee: Sequence[str]) -> Lines:
    """The customer picks up, then both take turns; the customer's lines begin anew at the end."""
    answers = cycle(customer[1:])
    lines: list[tuple[Speaker, str]] = [(Speaker.CUSTOMER, customer[0])]
    for text in trainee:
        lines += [(Speaker.TRAINEE, text), (Speaker.CUSTOMER, next(answers))]
    return tuple(lines)


def _stuffed(rng: Random, *, each: int, turns: int) -> tuple[str, ...]:
    kinds = list(GOOD)
    return tuple(
        " ".join(rng.choice(GOOD[kind]) for kind in rng.sample(kinds, each)) for _ in range(turns)
    )


def _all_at_once() -> dict[str, tuple[str, ...]]:
    first = [texts[0] for texts in GOOD.values()]
    half = len(first) // 2
    return {
        "one turn": (" ".join(first), "Ja.", "Gut.", "Also."),
        "one turn backwards": (" ".join(reversed(first)), "Ja.", "Gut."),
        "every turn": (" ".join(first),) * 6,
        "two halves": (" ".join(first[:half]), " ".join(first[half:]), "Ja."),
        "one turn in a list": ("\n".join(f"- {text}" for text in first), "Genau.", "Ja."),
        "without full stops": (" ".join(first).replace(".", ",").replace("?", ","), "Ja.", "Gut."),
    }


def _pasted() -> dict[str, tuple[str, ...]]:
    return {
        "guide": GUIDE,
        "guide at once": (" ".join(GUIDE), "Ja.", "Gut."),
        "titles": TITLES,
        "titles at once": (" ".join(TITLES), "Ja.", "Gut."),
        "nine questions at once": (" ".join(NINE), "Und?", "Ja?"),
        "nine questions in threes": tuple(" ".join(NINE[n : n + 3]) for n in (0, 3, 6, 0, 3)),
        "keywords": KEYWORDS,
        "keywords again": KEYWORDS * 2,
    }


def _repeated() -> dict[str, tuple[Principle, tuple[str, ...]]]:
    why = (
        "Woran lag es, dass Sie gegangen sind?",
        "Was war der Grund?",
        "Warum sind Sie weg?",
        "Was hat den Ausschlag gegeben?",
        "Weshalb haben Sie aufgehört?",
        "Was hat Sie dazu bewogen?",
        "Aus welchem Grund sind Sie nicht mehr da?",
        "Wie kam es dazu, dass Sie gekündigt haben?",
    )
    two = ("Was war der Grund für Ihren Weggang?", "Welche Schulnote geben Sie uns?")
    return {
        "one question": (Principle.NEEDS, two[:1] * 8),
        "one question in other words": (Principle.NEEDS, why),
        "two questions in turn": (Principle.NEEDS, two * 4),
        "passt es gerade": (Principle.LEAD, ("Passt es Ihnen gerade?",) * 8),
        "looking behind": (Principle.OBJECTIONS, ("Was steckt denn wirklich dahinter?",) * 8),
        "understanding": (Principle.OBJECTIONS, ("Das verstehe ich gut.",) * 8),
        "the decision": (Principle.CLOSE, ("Wollen wir es so machen?",) * 8),
        "thanks": (Principle.CLOSE, ("Vielen Dank für Ihre Offenheit.",) * 8),
    }


def _echoes(customer: Sequence[str]) -> dict[str, Lines]:
    def lines(form: str) -> Lines:
        said = islice(customer, len(customer) - 1)
        pairs = (((Speaker.CUSTOMER, t), (Speaker.TRAINEE, form.format(t))) for t in said)
        return tuple(line for pair in pairs for line in pair)

    return {
        "copied": lines("{0}"),
        "copied with also": lines("Also: {0}"),
        "copied as a summary": lines("Sie sagen also, „{0}“ Habe ich das richtig verstanden?"),
        "copied with understanding": lines("„{0}“ – das verstehe ich."),
        "copied twice": lines("{0} {0}"),
    }


def fakes() -> Iterator[tuple[str, Fake]]:
    """Yields every fake with its name."""
    for name, customer in CUSTOMERS.items():
        rng = Random(f"stuffed {name}")
        for each in (4, 5, 6, 8):
            for number in range(3):
                turns = _stuffed(rng, each=each, turns=6)
                yield f"stuffed by {each}, {number} ({name})", Fake(alternating(customer, turns))
        for kind, turns in {**_all_at_once(), **_pasted()}.items():
            yield f"{kind} ({name})", Fake(alternating(customer, turns))
        for kind, (principle, turns) in _repeated().items():
            yield f"{kind} ({name})", Fake(alternating(customer, turns), (principle,))
        for kind, lines in _echoes(customer).items():
            summed_up = (Principle.NEEDS,) if "summary" in kind else tuple(Principle)
            yield f"{kind} ({name})", Fake(lines, summed_up)
