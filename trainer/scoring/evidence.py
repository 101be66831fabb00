"""The transcript as scoring looks at it: who did what where, with words to quote."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from trainer.core.acts import Speaker
from trainer.core.assessment import Quote
from trainer.core.turn import Segment, Turn
from trainer.scoring.pretence import Pretence, find_pretences

DIGITS = 6
"""Probabilities are rounded before they are compared: the last digits differ between machines."""
_SENTENCE_END = re.compile(r"[.!?…]+[“”\"]?\s+(?=[„\"A-ZÄÖÜ])|\n+\s*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One act in one segment.

    Attributes:
        place: Index of the segment in its turn.
        act: The act.
        probability: How sure the recogniser is, in [0, 1].
        quote: Where it stands, with the words.
    """

    place: int
    act: str
    probability: float
    quote: Quote

    @property
    def turn(self) -> int:
        """Index of the turn in the transcript."""
        return self.quote.turn

    @property
    def text(self) -> str:
        """The words, verbatim."""
        return self.quote.text


@dataclass(frozen=True)
class Talk:
    """A transcript with its recognised acts.

    Attributes:
        turns: All turns.
        confidence: Acts below this probability do not count.
        segments_per_turn: How many of a trainee turn's segments count.
    """

    turns: tuple[Turn, ...]
    confidence: float
    segments_per_turn: int

    @cached_property
    def trainee_turns(self) -> tuple[int, ...]:
        """Indexes of the trainee's turns with words."""
        return self._turns_of(Speaker.TRAINEE)

    @cached_property
    def customer_turns(self) -> tuple[int, ...]:
        """Indexes of the customer's turns with words."""
        return self._turns_of(Speaker.CUSTOMER)

    @cached_property
    def pretences(self) -> Mapping[int, Pretence]:
        """The trainee's turns in which nothing but harm counts, with the reason, by index."""
        return find_pretences(self.turns)

    @property
    def is_pretended(self) -> bool:
        """Whether more than half of the trainee's turns only pretend."""
        return 2 * len(self.pretences) > len(self.trainee_turns)

    def trainee(self, acts: Collection[str]) -> tuple[Evidence, ...]:
        """Returns where the trainee does one of these acts, in order."""
        return tuple(item for item in self._evidence[Speaker.TRAINEE] if item.act in acts)

    def customer(self, acts: Collection[str]) -> tuple[Evidence, ...]:
        """Returns where the customer does one of these acts, in order."""
        return tuple(item for item in self._evidence[Speaker.CUSTOMER] if item.act in acts)

    def answer_to(self, turn: int) -> int | None:
        """Returns the index of the customer's turn right after this one, None where none came."""
        after = self.turns[turn + 1] if turn + 1 < len(self.turns) else None
        spoken = after is not None and after.speaker is Speaker.CUSTOMER and after.text.strip()
        return turn + 1 if spoken else None

    def distance(self, earlier: int, later: int) -> int:
        """Counts the trainee's turns after `earlier` up to and with `later`."""
        turns = self.trainee_turns
        return bisect_right(turns, later) - bisect_right(turns, earlier)

    def heard_before(self, turn: int) -> Iterator[str]:
        """Yields what the customer said before this turn."""
        return (self.turns[index].text for index in self.customer_turns if index < turn)

    def last_words(self, turn: int) -> Quote | None:
        """Returns the last segment of a turn, None where it has none."""
        quotes = [_quote(turn, self.turns[turn], part) for part in self.turns[turn].segments]
        return next((quote for quote in reversed(quotes) if quote), None)

    def sentence_of(self, quote: Quote) -> Quote:
        """Returns the whole sentence or sentences that a quote is a part of."""
        text = self.turns[quote.turn].text
        ends = [end.end() for end in _SENTENCE_END.finditer(text)]
        start = max((end for end in ends if end <= quote.start), default=0)
        end = min((end for end in ends if end >= quote.end), default=len(text))
        words = text[start:end].rstrip()
        return Quote(turn=quote.turn, start=start, end=start + len(words), text=words)

    @cached_property
    def everything(self) -> tuple[Evidence, ...]:
        """All evidence of both speakers, in order."""
        both = (*self._evidence[Speaker.TRAINEE], *self._evidence[Speaker.CUSTOMER])
        return tuple(sorted(both, key=lambda item: (item.turn, item.place)))

    @cached_property
    def _evidence(self) -> dict[Speaker, tuple[Evidence, ...]]:
        return {
            Speaker.TRAINEE: tuple(self._find(self.trainee_turns, most=self.segments_per_turn)),
            Speaker.CUSTOMER: tuple(self._find(self.customer_turns, most=None)),
        }

    def _turns_of(self, speaker: Speaker) -> tuple[int, ...]:
        return tuple(
            index
            for index, turn in enumerate(self.turns)
            if turn.speaker is speaker and turn.text.strip()
        )

    def _find(self, turns: Sequence[int], *, most: int | None) -> Iterator[Evidence]:
        for index in turns:
            for place, segment in enumerate(self.turns[index].segments[:most]):
                quote = _quote(index, self.turns[index], segment)
                for act, probability in segment.acts.items():
                    share = round(probability, DIGITS)
                    if quote and share >= self.confidence:
                        yield Evidence(place, act, share, quote)


def _quote(index: int, turn: Turn, segment: Segment) -> Quote | None:
    # Cut from the turn, not taken from the segment: what is shown is what stands there.
    words = turn.text[segment.start : segment.end]
    if not words.strip() or segment.start < 0:
        return None
    return Quote(turn=index, start=segment.start, end=segment.start + len(words), text=words)
