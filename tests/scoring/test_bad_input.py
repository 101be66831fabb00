"""What is no German win-back call between two people gets a plain reason and never a number."""

from dataclasses import replace

import pytest

from tests.scoring.adversaries import OPEN, alternating
from tests.scoring.talks import SKILLED, rubric
from trainer.call import annotate
from trainer.core.acts import Speaker
from trainer.core.turn import Recognizer, Turn
from trainer.nlu.recognizer import load_recognizer
from trainer.scoring.assessor import assess
from trainer.settings import Settings

A, K = Speaker.TRAINEE, Speaker.CUSTOMER
Lines = tuple[tuple[Speaker, str], ...]

CALL: Lines = (
    (K, "Becker, guten Tag?"),
    (A, "Guten Tag, Frau Becker, mein Name ist Lena Vogt von der Gärtnerei Morgentau."),
    (K, "Worum geht es denn?"),
    (A, "Ich rufe an, weil Sie lange nicht bei uns waren. Passt es Ihnen gerade?"),
    (K, "Ja, kurz geht es."),
    (A, "Danke. Woran lag es, dass Sie nicht mehr zu uns kommen?"),
    (K, "Meine Rosen kamen zweimal vertrocknet an, und niemand hat auf meine Mail geantwortet."),
    (A, "Das darf nicht sein, das tut mir leid. Was wäre Ihnen künftig am wichtigsten?"),
    (K, "Mir ist wichtig, dass ich frische Pflanzen bekomme."),
    (A, "Ihre Pflanzen kommen jetzt am selben Tag. Wollen wir es noch einmal versuchen?"),
    (K, "Na gut, ich probiere es."),
)


def swapped(lines: Lines) -> Lines:
    return tuple((K if who is A else A, text) for who, text in lines)


def said(*texts: str) -> Lines:
    return tuple((K if n % 2 else A, text) for n, text in enumerate(texts))


ENGLISH = said(
    "Good morning, this is Lena from the garden centre, do you have a minute for me?",
    "Yes, but please be quick, what is this about?",
    "We have not seen you for a long time and I would like to know why that is.",
    "The flowers that you sent to me were dead, and nobody answered my mail.",
)
RECIPES = {
    "cake": said(
        "Man nehme drei Eier und zweihundert Gramm Mehl.",
        "Die Butter schaumig rühren und den Zucker einrieseln lassen.",
        "Den Teig eine Stunde ruhen lassen, dann ausrollen.",
        "Bei hundertachtzig Grad goldgelb backen.",
        "Mit Puderzucker bestäuben und lauwarm servieren.",
    ),
    "soup": said(
        "Zwiebeln würfeln und in Öl glasig dünsten.",
        "Kartoffeln schälen, vierteln und dazugeben.",
        "Mit einem Liter Brühe ablöschen, zwanzig Minuten köcheln.",
        "Alles pürieren und mit Muskat abschmecken.",
        "Auf tiefe Teller verteilen, Schnittlauch darüber.",
        "Dazu passt ein kräftiges Brot.",
    ),
    "weather": said(
        "Im Norden ziehen am Nachmittag Wolken auf.",
        "In den Alpen fällt oberhalb von tausend Metern Schnee.",
        "Die Höchstwerte liegen zwischen drei und acht Grad.",
        "Der Wind weht schwach bis mäßig aus West.",
    ),
}
BAD: dict[str, tuple[Lines, str]] = {
    "empty": ((), "leer"),
    "blank": (((A, " "), (K, "\n")), "leer"),
    "only the caller": (tuple(line for line in CALL if line[0] is A), "nur die anrufende Seite"),
    "only the customer": (tuple(line for line in CALL if line[0] is K), "nur die angerufene Seite"),
    "speakers swapped": (swapped(CALL), "vertauscht"),
    "2,000 turns": (CALL * 182, "zu lang"),
    "umlauts broken": (
        tuple((who, text.encode().decode("cp1252", "replace")) for who, text in CALL),
        "Zeichen zerstört",
    ),
    "umlauts lost": (
        tuple((who, text.encode("ascii", "replace").decode()) for who, text in CALL),
        "Zeichen zerstört",
    ),
    "English": (ENGLISH, "nicht auf Deutsch"),
    "half English": (CALL[:6] + ENGLISH, "nicht auf Deutsch"),
    "Cyrillic": (said(*["Здравствуйте, как у вас дела сегодня?"] * 6), "nicht auf Deutsch"),
    **{name: (lines, "nicht nach einem Rückgewinnungsgespräch") for name, lines in RECIPES.items()},
}


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return load_recognizer(Settings().recognizer)


@pytest.mark.parametrize(("lines", "reason"), BAD.values(), ids=BAD.keys())
def test_it_is_unscored_with_a_plain_reason(
    lines: Lines, reason: str, recognizer: Recognizer
) -> None:
    result = assess(annotate(lines, recognizer), rubric(), {})
    assert (result.total, result.passed, result.findings, result.advice) == (None, False, (), ())
    for score in result.principles.values():
        assert (score.level, score.points) == (None, None)
        assert reason in score.reason.de


def test_an_honest_call_of_the_same_kind_is_scored(recognizer: Recognizer) -> None:
    assert assess(annotate(CALL, recognizer), rubric(), {}).total is not None


def test_a_foreign_word_or_a_single_foreign_line_does_no_harm(recognizer: Recognizer) -> None:
    lines = (*CALL[:4], (K, "Sorry, what was that?"), *CALL[3:])
    assert assess(annotate(lines, recognizer), rubric(), {}).total is not None


def test_one_broken_character_in_a_long_call_does_no_harm() -> None:
    first = replace(SKILLED[2], text="Ja, k\ufffdrz.", segments=())
    turns: tuple[Turn, ...] = (*SKILLED[:2], first, *SKILLED[3:])
    assert assess(turns, rubric(), {}).total is not None


def test_a_long_call_of_one_evening_is_scored(recognizer: Recognizer) -> None:
    talk = alternating(OPEN, ["Woran lag es?", "Das verstehe ich.", "Was war gut?"] * 60)
    assert assess(annotate(talk, recognizer), rubric(), {}).total is not None
