from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.nlu.borders import load_borders
from trainer.nlu.segmenter import segment
from trainer.settings import Settings


def pieces(text: str) -> list[str]:
    return [text[span.start : span.end] for span in segment(text)]


@given(st.text(max_size=300) | st.text(alphabet="ab .!?…,\n-–„“1äß", max_size=300))
def test_segments_are_trimmed_ordered_and_lose_no_word(text: str) -> None:
    spans = segment(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    assert all(piece == piece.strip() for piece in pieces(text))
    kept = "".join("".join(pieces(text)).split())
    wanted = "".join(text.split())
    assert [c for c in kept if c.isalnum()] == [c for c in wanted if c.isalnum()]


@pytest.mark.parametrize(
    "text",
    [
        "Wir haben z. B. samstags offen.",
        "Dr. Lehmann ruft Sie an.",
        "Das kostet 1.000 Euro im Jahr.",
        "Ich komme am 3. Mai vorbei.",
        "Um 14.30 Uhr passt es gut.",
    ],
)
def test_a_dot_that_ends_no_sentence_does_not_cut(text: str) -> None:
    assert pieces(text) == [text]


def test_sentences_are_cut_at_their_ends() -> None:
    text = "Guten Tag, Frau Berger. Haben Sie kurz Zeit? Das wäre schön!"
    assert pieces(text) == ["Guten Tag, Frau Berger.", "Haben Sie kurz Zeit?", "Das wäre schön!"]


def test_typed_text_without_full_stops_is_cut_at_a_new_start() -> None:
    assert len(pieces("das tut mir leid\nund woran lag es denn genau")) == 2


@pytest.mark.parametrize(
    "said",
    [
        ["guten tag herr lindner", "haben sie kurz fünf minuten für mich"],
        ["das tut mir wirklich sehr leid", "was ist denn damals genau passiert"],
    ],
)
def test_words_without_any_mark_are_cut_by_the_fitted_borders(said: list[str]) -> None:
    borders = load_borders(Settings().recognizer)
    text = " ".join(said)
    spans = segment(text, borders)
    assert [text[span.start : span.end] for span in spans] == said


def test_a_written_sentence_is_left_to_its_marks() -> None:
    borders = load_borders(Settings().recognizer)
    text = "Guten Tag Herr Lindner haben Sie kurz fünf Minuten für mich?"
    assert len(segment(text, borders)) == 1


def test_long_text_is_cut_quickly() -> None:
    began = perf_counter()
    assert segment("Das ist ein Satz ohne Ende und noch einer, " * 480)
    assert perf_counter() - began < 2


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_is_cut_into_nothing(text: str) -> None:
    assert pieces(text) == []
