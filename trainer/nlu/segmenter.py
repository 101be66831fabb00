"""Cuts a turn into functional segments: about a sentence each, as in the corpus.

    "Guten Tag, Frau Dr. Yilmaz. Passt es gerade?"  ->  [0, 27) and [28, 44)

Written text is cut at its marks. Typed text and a speech recogniser's output have none; there, long
stretches are cut before words that open a new sentence.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_MARKS = re.compile(r"[.!?…]+[\"“”»«’')\]]*(?=\s|$)|[!?]+(?=[^\W\d_])|\n+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(„\"])(?:z\. ?b|d\. ?h|u\. ?a|o\. ?ä|i\. ?d\. ?r|v\. ?a|s\. ?o|m\. ?e|[a-zäöü]|"
    r"dr|prof|nr|str|ca|bzw|evtl|ggf|inkl|exkl|zzgl|tel|max|min|vgl|abs|mio|mrd|st|hr|fr|"
    r"dipl|ing|sen|geb|std|sek|"
    r"jan|feb|apr|aug|sept?|okt|nov|dez|mo|di|mi|do|sa|so|allg|bes|lt)\.$",
    re.IGNORECASE,
)
_OPEN_ENDED = re.compile(r"(?:usw|etc|u\.s\.w)\.$", re.IGNORECASE)
_ORDINAL = re.compile(
    r"(?:\b(?:am|der|die|das|dem|den|des|zum|vom|bis|im|ab|seit|und|oder|jede[nr]?)\s+|^)\d{1,2}\.$",
    re.IGNORECASE,
)
_AFTER_NUMBER = re.compile(
    r"\s*(?:\d|[a-zäöüß]|jan|feb|mär|apr|mai\b|jun|jul|aug|sep|okt|nov|dez|klasse|stock|etage|"
    r"quartal)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_PAUSE = re.compile(r"[,;:–—]")
_LONGEST_UNMARKED = 7
_SHORTEST_CLAUSE = 3
_OPENER_PAIRS = frozenset(
    [
        "aber was",
        "aber wie",
        "also was",
        "also ich",
        "also wir",
        "und was",
        "und wie",
        "und wann",
        "und warum",
        "und wieso",
        "und woran",
        "und wenn",
        "und haben",
        "und ist",
        "und sind",
        "und ich",
        "und wir",
        "und dann",
        "und da",
        "und worauf",
        "darf ich",
        "haben sie",
        "hätten sie",
        "haetten sie",
        "könnten sie",
        "koennten sie",
        "können sie",
        "koennen sie",
        "wären sie",
        "waeren sie",
        "möchten sie",
        "moechten sie",
        "wollen sie",
        "wollen wir",
        "sind sie",
        "ist das",
        "ist es",
        "was war",
        "was ist",
        "was hat",
        "was wäre",
        "was waere",
        "was muss",
        "was müsste",
        "was muesste",
        "warum haben",
        "wieso haben",
        "woran lag",
        "woran hat",
        "wie war",
        "wie wäre",
        "wie waere",
        "wie wichtig",
        "wie würden",
        "wie wuerden",
        "welche note",
        "unter welchen",
        "ich wollte",
        "ich wollt",
        "ich rufe",
        "ich ruf",
        "ich hab",
        "ich habe",
        "ich kann",
        "ich schick",
        "ich verstehe",
        "ich versteh",
        "wir haben",
        "wir hätten",
        "wir haetten",
        "wir könnten",
        "bei uns",
        "für sie",
        "guten tag",
        "vielen dank",
        "danke für",
        "danke fuer",
        "danke dass",
        "tut mir",
        "das tut",
        "das ist",
        "das kann",
        "das versteh",
        "das verstehe",
        "das war",
        "das haben",
        "das geht",
        "dann ruf",
        "dann machen",
        "dann schick",
        "dann haben",
        "da haben",
        "da bin",
        "passt es",
        "passt ihnen",
        "mein name",
        "aber ich",
        "aber das",
        "aber da",
    ]
)


class Span(NamedTuple):
    """Character positions `[start, end)` in a turn."""

    start: int
    end: int


def segment(text: str) -> tuple[Span, ...]:
    """Returns the segments of any text in order, trimmed and without overlap.

    Marks and emoji without a word belong to the segment before them, or to the first. Empty for a
    text without words.
    """
    if not _WORD.search(text):
        return ()
    spans: list[Span] = []
    for sentence in _sentences(text):
        for span in _clauses(text, sentence):
            _append(text, spans, span)
    return tuple(spans)


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for mark in _MARKS.finditer(text):
        if _ends_sentence(text, start, mark):
            yield Span(start, mark.end())
            start = mark.end()
    yield Span(start, len(text))


def _ends_sentence(text: str, start: int, mark: re.Match[str]) -> bool:
    end = mark.end()
    if "\n" in mark.group():
        return True
    follows = text[end : end + 12].lstrip()
    if not follows:
        return True
    quoted = mark.group()[-1] not in ".!?…"
    if quoted or mark.group()[-1] == "…" or mark.group().startswith(".."):
        return not follows[0].islower()
    if mark.group() != ".":
        return True
    before = text[max(start, end - 24) : end]
    if _OPEN_ENDED.search(before):
        return follows[0].isupper()
    if _ABBREVIATION.search(before):
        return False
    if before[-2:-1].isdigit():
        return not (_AFTER_NUMBER.match(follows) or _ORDINAL.search(before))
    return True


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    """Cuts a long stretch without commas, as typed or recognised, before opening words."""
    words = list(_WORD.finditer(text, *sentence))
    written = words and words[0].group()[0].isupper() and text[sentence.end - 1] in ".?!"
    if written or len(words) <= _LONGEST_UNMARKED or _PAUSE.search(text, *sentence):
        yield sentence
        return
    start, since = sentence.start, 0
    for place, (word, after) in enumerate(pairwise(words)):
        pair = f"{word.group()} {after.group()}".lower()
        rest = len(words) - place
        if since >= _SHORTEST_CLAUSE and rest >= _SHORTEST_CLAUSE and pair in _OPENER_PAIRS:
            yield Span(start, word.start())
            start, since = word.start(), 0
        since += 1
    yield Span(start, sentence.end)


def _append(text: str, spans: list[Span], span: Span) -> None:
    """Adds a span without its outer blanks; one without words goes to its neighbour."""
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    trimmed = Span(start, start + len(piece.strip()))
    if trimmed.start >= trimmed.end:
        return
    if spans and not (_WORD.search(text, *trimmed) and _WORD.search(text, *spans[-1])):
        spans[-1] = Span(spans[-1].start, trimmed.end)
    else:
        spans.append(trimmed)
