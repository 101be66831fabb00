"""Calls that pretend: none of them may pass. Each is written as agent lines with the customer's."""

from trainer.core.dialogue import Speaker

Lines = tuple[tuple[Speaker, str], ...]

_COOL = (
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

_EVERYTHING = (
    "Guten Tag, Frau Becker, mein Name ist Lena Vogt von der Gärtnerei Morgentau. "
    "Ich rufe an, weil Sie lange nicht bei uns waren. Passt es Ihnen gerade? "
    "Erst stelle ich zwei Fragen, dann mache ich einen Vorschlag. Was war der Grund für Ihren "
    "Weggang? Welche Schulnote geben Sie uns? Was müsste für eine Eins anders sein? Was war gut? "
    "Unter welchen Bedingungen kämen Sie wieder? Was ist Ihnen am wichtigsten? Worauf sollten wir "
    "achten? Was darf nie wieder passieren? Wenn das alles erfüllt ist, kommen Sie dann zurück? "
    "Das verstehe ich gut. Ist das der einzige Punkt? Der Preis lohnt sich, weil alles drin ist. "
    "Wir machen es kurz. Sie bekommen eine Garantie. Ist das damit geklärt? Habe ich richtig "
    "verstanden, dass Ihnen Verlässlichkeit wichtig ist? Sie bekommen zehn Prozent Rabatt. Für Sie "
    "heißt das: Sie sparen. Wollen wir es so machen? Dann halte ich fest: am Montag um zehn. "
    "Danke für Ihre Offenheit, auf Wiederhören."
)
_GUIDE = (
    "Übernehmen Sie die Führung: klar eröffnen, Namen und Anlass nennen, um Erlaubnis fragen.",
    "Kündigen Sie den Weg durch das Gespräch an und halten Sie den Faden.",
    "Fragen Sie nach dem Grund und nach dem Bedarf, mit offenen Fragen, und haken Sie nach.",
    "Fassen Sie zusammen, bevor Sie etwas anbieten.",
    "Nehmen Sie Einwände ernst und finden Sie heraus, ob es ein Vorwand ist.",
    "Antworten Sie auf den Punkt und prüfen Sie, ob er geklärt ist.",
    "Zeigen Sie kurz den passenden Nutzen und fragen Sie nach der Entscheidung.",
    "Vereinbaren Sie einen konkreten nächsten Schritt und verabschieden Sie sich freundlich.",
)


def _alternating(trainee: tuple[str, ...]) -> Lines:
    lines: list[tuple[Speaker, str]] = [(Speaker.CUSTOMER, _COOL[0])]
    for index, text in enumerate(trainee):
        answer = _COOL[1 + index % (len(_COOL) - 1)]
        lines += [(Speaker.TRAINEE, text), (Speaker.CUSTOMER, answer)]
    return tuple(lines)


def _copying() -> Lines:
    lines: list[tuple[Speaker, str]] = []
    for text in (
        "Becker, guten Tag?",
        "Ich bin gegangen, weil dreimal die Lieferung nicht kam.",
        "Und keiner hat angerufen, das hat mich geärgert.",
        "Mir ist wichtig, dass die Lieferung pünktlich ist.",
        "Das ist mir außerdem zu teuer geworden.",
        "Ich habe gerade auch keine Zeit mehr.",
    ):
        lines += [(Speaker.CUSTOMER, text), (Speaker.TRAINEE, f"Also: {text}")]
    return tuple(lines)


FAKES: dict[str, Lines] = {
    "everything in one turn": _alternating((_EVERYTHING, "Ja.", "Gut.", "Also.")),
    "everything in every turn": _alternating((_EVERYTHING,) * 6),
    "guide pasted": _alternating(_GUIDE),
    "guide pasted at once": _alternating((" ".join(_GUIDE), "Ja.", "Gut.")),
    "one question over and over": _alternating(("Was war der Grund für Ihren Weggang?",) * 8),
    "customer copied": _copying(),
    "offers only": _alternating(
        (
            "Wir haben zehn Prozent Rabatt für Sie.",
            "Und einen Gutschein über zwanzig Euro.",
            "Dazu gibt es eine Tasse geschenkt.",
            "Wollen Sie das jetzt haben?",
            "Ich lege noch fünf Prozent drauf.",
        )
    ),
}
EMPTY: dict[str, Lines] = {
    "empty": (),
    "one-sided": tuple((Speaker.TRAINEE, text) for text in _GUIDE),
    "recipe": (
        (Speaker.TRAINEE, "Man nehme drei Eier und zweihundert Gramm Mehl."),
        (Speaker.CUSTOMER, "Die Butter schaumig rühren und den Zucker einrieseln lassen."),
        (Speaker.TRAINEE, "Den Teig eine Stunde ruhen lassen, dann ausrollen."),
        (Speaker.CUSTOMER, "Bei hundertachtzig Grad goldgelb backen."),
        (Speaker.TRAINEE, "Mit Puderzucker bestäuben und lauwarm servieren."),
    ),
}
