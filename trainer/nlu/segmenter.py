"""Cuts a turn into functional segments: about a sentence each, as in the corpus.

    "Guten Tag, Frau Dr. Yilmaz. Passt es gerade?"  ->  [0, 27) and [28, 44)

Written text is cut at its marks. Typed text and a speech recogniser's output have none; there a
`BorderModel` says where a segment ends.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from trainer.nlu.borders import WORD, BorderModel
from trainer.nlu.features import normalize

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
_PAUSE = re.compile(r"[,;:–—]")


class Span(NamedTuple):
    """Character positions `[start, end)` in a turn."""

    start: int
    end: int


def segment(text: str, borders: BorderModel | None = None) -> tuple[Span, ...]:
    """Returns the segments of any text in order, trimmed and without overlap.

    Marks and emoji without a word belong to the segment before them, or to the first. Empty for a
    text without words.

    Args:
        text: The turn.
        borders: Cuts stretches without marks; left whole without it.
    """
    if not WORD.search(text):
        return ()
    spans: list[Span] = []
    for sentence in _sentences(text):
        for span in _clauses(text, sentence, borders):
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


def _clauses(text: str, sentence: Span, borders: BorderModel | None) -> Iterator[Span]:
    """Cuts a stretch that is neither a written sentence nor has commas, as typed or recognised."""
    words = list(WORD.finditer(text, *sentence))
    written = words and words[0].group()[0].isupper() and text[sentence.end - 1] in ".?!"
    start = sentence.start
    if borders and len(words) > 1 and not written and not _PAUSE.search(text, *sentence):
        for place in borders.cuts([normalize(word.group()) for word in words]):
            end = words[place + 1].start()
            yield Span(start, end)
            start = end
    yield Span(start, sentence.end)


def _append(text: str, spans: list[Span], span: Span) -> None:
    """Adds a span without its outer blanks; one without words goes to its neighbour."""
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    trimmed = Span(start, start + len(piece.strip()))
    if trimmed.start >= trimmed.end:
        return
    if spans and not (WORD.search(text, *trimmed) and WORD.search(text, *spans[-1])):
        spans[-1] = Span(spans[-1].start, trimmed.end)
    else:
        spans.append(trimmed)
