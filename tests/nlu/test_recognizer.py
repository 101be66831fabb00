"""The shipped recogniser on sentences that stand in no corpus file."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scoring.talks import SKILLED
from trainer.core.acts import Speaker
from trainer.core.turn import Spoken
from trainer.errors import RecognizerError
from trainer.nlu.recognizer import (
    ActRecognizer,
    load_recognizer,
    utterances_of,
    with_context_acts,
)
from trainer.settings import Settings

TRAINEE = {
    "Guten Morgen, Herr Lindner.": "greet",
    "Mein Name ist Paula Kern von der Stadtbäckerei Ofenglut.": "introduce",
    "Ich melde mich, weil Sie seit Monaten nichts mehr bestellt haben.": "state_reason",
    "Haben Sie gerade fünf Minuten für mich?": "ask_permission",
    "Passt es Ihnen im Moment?": "ask_permission",
    "Ich würde Ihnen gern erst zwei Fragen stellen und dann einen Vorschlag machen.": "set_agenda",
    "Kommen wir noch einmal auf die Lieferung zurück.": "steer",
    "Habe ich richtig verstanden, dass Ihnen Pünktlichkeit wichtig ist?": "summarize",
    "Was war der Grund, warum Sie bei uns gekündigt haben?": "ask_reason",
    "Woran lag es, dass Sie gegangen sind?": "ask_reason",
    "Welche Schulnote würden Sie uns geben?": "ask_grade",
    "Was müsste passieren, damit es eine Eins wird?": "ask_for_top_grade",
    "Was hat Ihnen an der Zusammenarbeit gefallen?": "ask_positives",
    "Unter welchen Bedingungen könnten Sie sich einen Neuanfang vorstellen?": "ask_conditions",
    "Was ist Ihnen am allerwichtigsten?": "ask_priority",
    "Worauf sollten wir in Zukunft achten?": "ask_care_points",
    "Was darf auf keinen Fall noch einmal vorkommen?": "ask_never_again",
    "Wenn wir das alles erfüllen, kommen Sie dann zurück?": "ask_return_if",
    "Können Sie mir genauer erzählen, was damals passiert ist?": "probe",
    "Das kann ich gut nachvollziehen.": "acknowledge",
    "Ich verstehe, dass Sie da verärgert waren.": "acknowledge",
    "Ist das der einzige Punkt, der Sie noch zögern lässt?": "isolate",
    "Das dauert höchstens drei Minuten, den Rest übernehmen wir für Sie.": "answer_time",
    "Sie können jederzeit zum Monatsende kündigen, das geben wir Ihnen schriftlich.":
        "answer_uncertainty",
    "Ist dieser Punkt damit für Sie geklärt?": "check_resolved",
    "Sie bekommen von uns zwanzig Prozent Rabatt auf die nächste Bestellung.": "offer_discount",
    "Als Dankeschön legen wir Ihnen ein kleines Geschenk dazu.": "offer_gift",
    "Unsere Hotline ist jetzt rund um die Uhr besetzt.": "offer_service",
    "Wir haben unser Sortiment deutlich erweitert.": "offer_product",
    "Wir sind in größere, helle Räume umgezogen.": "offer_premises",
    "Sie haben ab sofort eine feste Ansprechpartnerin, Frau Moser.": "offer_staff",
    "Für Sie heißt das: Sie müssen sich um nichts mehr kümmern.": "benefit",
    "Wollen wir es so miteinander versuchen?": "ask_commitment",
    "Ich rufe Sie am Dienstag um zehn Uhr wieder an.": "next_step",
    "Überlegen Sie es sich einfach in Ruhe.": "vague_close",
    "Auf Wiederhören und einen schönen Tag.": "farewell",
    "Vielen Dank für Ihre offenen Worte.": "appreciate",
    "Es tut mir sehr leid, dass das passiert ist.": "apologize",
    "Das stimmt so nicht, da irren Sie sich.": "contradict",
    "Das Angebot gilt aber nur heute, entscheiden Sie sich jetzt.": "pressure",
    "Ich lösche Ihre Nummer und wir rufen Sie nicht mehr an.": "respect_optout",
}  # fmt: skip
CUSTOMER = {
    "Wer ist denn da, bitte?": "ask_who",
    "Rufen Sie mich bitte nie wieder an.": "opt_out",
    "Dafür habe ich jetzt wirklich keine Zeit.": "object_time",
    "Das ist mir einfach zu teuer.": "object_cost",
    "Ich weiß nicht, ob ich Ihnen das glauben kann.": "object_uncertainty",
    "Was kostet mich das denn im Monat?": "ask_price",
    "Einverstanden, das machen wir so.": "accept",
    "Nein danke, ich bleibe bei meiner Entscheidung.": "decline",
    "Auf Wiederhören.": "farewell",
    "Eine glatte Vier.": "give_grade",
    "Das klingt wirklich interessant.": "show_interest",
    "Gut, schicken Sie mir die Unterlagen zu.": "accept_next_step",
    "Vielen Dank für Ihre Mühe.": "thank",
    "Das haben Sie mir damals auch schon versprochen.": "challenge",
    "Ja, fünf Minuten habe ich.": "grant_time",
}


SAID = st.one_of(
    st.sampled_from([*TRAINEE, *CUSTOMER, *(turn.text for turn in SKILLED)]),
    st.lists(st.sampled_from([*TRAINEE, *CUSTOMER]), max_size=5).map(" ".join),
    # As typed in a hurry: the borders are found without marks.
    st.lists(st.sampled_from([*TRAINEE, *CUSTOMER]), max_size=4).map(
        lambda parts: " ".join(parts).lower().translate(str.maketrans("", "", ".,?!:"))
    ),
    st.text(max_size=40),
)
SPOKEN = st.builds(Spoken, st.sampled_from(Speaker), SAID, st.none() | SAID)


@pytest.fixture(scope="module")
def recognizer() -> ActRecognizer:
    return load_recognizer(Settings().recognizer)


def share_right(recognizer: ActRecognizer, wanted: dict[str, str], speaker: Speaker) -> float:
    right = sum(
        recognizer.label(text, speaker=speaker)[0].best == act for text, act in wanted.items()
    )
    return right / len(wanted)


def test_plain_trainee_sentences_are_recognised(recognizer: ActRecognizer) -> None:
    assert share_right(recognizer, TRAINEE, Speaker.TRAINEE) >= 0.9


def test_plain_customer_sentences_are_recognised(recognizer: ActRecognizer) -> None:
    assert share_right(recognizer, CUSTOMER, Speaker.CUSTOMER) >= 0.9


def test_kind_sentences_are_not_taken_for_harm(recognizer: ActRecognizer) -> None:
    harmful = {"contradict", "pressure", "blame", "disparage", "rude", "overpromise"}
    kind = [text for text, act in TRAINEE.items() if act not in harmful]
    heard = {text: recognizer.label(text, speaker=Speaker.TRAINEE)[0].acts for text in kind}
    assert sum(bool(harmful & acts.keys()) for acts in heard.values()) <= 2


@pytest.mark.parametrize("speaker", list(Speaker))
@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "🙂🙃",
        "<b>Hallo</b>",
        "a" * 5000,
        "Hello, how are you?",
        "\x00",
        "?!",
        "Ja. " * 900,
    ],
)
def test_whatever_is_typed_offsets_are_verbatim_and_shares_are_shares(
    recognizer: ActRecognizer, speaker: Speaker, text: str
) -> None:
    for found in recognizer.label(text, speaker=speaker, context="Guten Tag."):
        assert text[found.start : found.end] == found.text
        assert all(0 <= share <= 1 for share in found.acts.values())
        assert list(found.acts.values()) == sorted(found.acts.values(), reverse=True)


def test_the_same_text_is_heard_the_same(recognizer: ActRecognizer) -> None:
    text = "Guten Tag. Woran lag es denn?"
    again = load_recognizer(Settings().recognizer)
    assert again.version == recognizer.version
    heard = [one.label(text, speaker=Speaker.TRAINEE) for one in (recognizer, again)]
    assert heard[0] == heard[1]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoken=st.lists(SPOKEN, max_size=12))
def test_turns_are_heard_together_to_the_bit_as_one_by_one(
    recognizer: ActRecognizer, spoken: list[Spoken]
) -> None:
    alone = [recognizer.label(t.text, speaker=t.speaker, context=t.context) for t in spoken]
    assert recognizer.label_all(spoken) == alone


def test_the_raw_probabilities_do_not_depend_on_the_neighbours(recognizer: ActRecognizer) -> None:
    utterances = with_context_acts(
        [
            utterance
            for text in CUSTOMER
            for utterance in utterances_of([text], context="Passt es?")
        ],
        recognizer.models[Speaker.TRAINEE].scorer,
    )
    model = recognizer.models[Speaker.CUSTOMER]
    together = model.probabilities(utterances)
    alone = [model.probabilities([utterance])[0] for utterance in utterances]
    assert all((row == single).all() for row, single in zip(together, alone, strict=True))


def test_the_weights_are_small_and_safe_to_load() -> None:
    files = list(Settings().recognizer.iterdir())
    assert {file.suffix for file in files} <= {".json", ".safetensors", ".md"}
    assert sum(file.stat().st_size for file in files) < 25_000_000


@pytest.mark.parametrize("damage", ["missing", "cut", "label"])
def test_damaged_weights_are_named_with_the_remedy(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(Settings().recognizer, folder)
    words, numbers = folder / "trainee.json", folder / "trainee.safetensors"
    if damage == "missing":
        words.unlink()
    elif damage == "cut":
        numbers.write_bytes(numbers.read_bytes()[:1000])
    else:
        data = json.loads(words.read_text(encoding="utf-8"))
        data["labels"][0] = "sing"
        words.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(RecognizerError, match="make fit"):
        load_recognizer(folder)
