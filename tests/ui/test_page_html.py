"""What people write is shown as they wrote it."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.acts import Speaker
from trainer.core.assessment import Quote
from trainer.ui.bubbles import bubble
from trainer.ui.html import esc, unmarked
from trainer.ui.transcript import mark, quote_link

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "$5 und $10",
    "*fett* _kursiv_ `code`",
    "[Link](https://example.org)",
    ":material/home: :red[rot] :smile:",
    "Zeile eins\nZeile zwei\n\n# Kein Titel",
    "„Zitat“ & \"Anführung\" 'einfach'",
]


class Reader(HTMLParser):
    """Collects the visible text, the ids and the tags of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.ids, self.tags = "", [], []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids.extend(value for name, value in attrs if name == "id")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_line_shows_as_typed_and_brings_no_elements(text: str) -> None:
    shown = Reader(bubble(Speaker.TRAINEE, "", esc(text)))
    assert shown.text == text
    assert set(shown.tags) == {"div"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quote_shows_as_spoken(text: str) -> None:
    shown = Reader(quote_link(Quote(turn=1, start=0, end=len(text), text=text)))
    assert shown.text == f"„{text}“"
    assert shown.tags == ["a"]


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, list[Quote]]:
    text = draw(
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\0"), min_size=1)
    )
    spans = draw(
        st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))), unique=True)
    )
    return text, [
        Quote(turn=0, start=start, end=end, text=text[start:end])
        for start, end in spans
        if start < end
    ]


@given(quoted())
def test_marks_change_no_letter_and_give_each_quote_one_anchor(
    case: tuple[str, list[Quote]],
) -> None:
    text, quotes = case
    shown = Reader(mark(text, quotes))
    assert shown.text == text
    assert sorted(shown.ids) == sorted(f"q-0-{q.start}-{q.end}" for q in quotes)


def test_overlapping_quotes_each_light_up_all_of_their_words() -> None:
    text = "eins zwei drei"
    first, second = (Quote(turn=0, start=a, end=b, text=text[a:b]) for a, b in ((0, 9), (5, 14)))
    html = mark(text, [first, second])
    assert '<span class="wh-evidence q-0-0-9">eins </span>' in html
    assert '<span class="wh-evidence q-0-0-9 q-0-5-14">zwei</span>' in html
    assert '<span class="wh-evidence q-0-5-14"> drei</span>' in html


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_shows_what_was_written_and_marks_nothing_up(text: str) -> None:
    label = unmarked(text)
    assert re.sub(r"\\(.)", r"\1", label) == text
    assert not re.search(r"[!-/:-@\[`{-~^_]", re.sub(r"\\.", "", label))
