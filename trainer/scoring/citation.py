"""Looks up what a model cites; only words that the trainee said, letter for letter, count."""

from collections.abc import Iterator, Sequence

from trainer.core.acts import Speaker
from trainer.core.assessment import Quote
from trainer.core.turn import Turn
from trainer.scoring.inquiry import Cited

_MARKS = " \n\t\"„“”‚‘'»«"
"""What models like to put around a quote."""


def verbatim(cited: Sequence[Cited], turns: Sequence[Turn]) -> tuple[Quote, ...]:
    """Returns the cited words that stand in the trainee's turns, with offsets found here.

    The line that the model names is looked at first, then all others: models miscount. A single
    word proves nothing unless it is the whole turn.
    """
    found = (_look_up(each, turns) for each in cited)
    return tuple(dict.fromkeys(quote for quote in found if quote))


def _look_up(cited: Cited, turns: Sequence[Turn]) -> Quote | None:
    words = cited.words.strip(_MARKS)
    if not words:
        return None
    for index in _places(cited.line - 1, turns):
        text = turns[index].text
        start = text.find(words)
        if start >= 0 and (len(words.split()) > 1 or words == text.strip(_MARKS)):
            return Quote(turn=index, start=start, end=start + len(words), text=words)
    return None


def _places(first: int, turns: Sequence[Turn]) -> Iterator[int]:
    said = [n for n, turn in enumerate(turns) if turn.speaker is Speaker.TRAINEE]
    yield from sorted(said, key=lambda index: index != first)
