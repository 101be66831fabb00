"""The transcript with everything that is quoted elsewhere marked and linked.

A quote is a link to `#q-TURN-START-END`. Quotes may overlap, so a turn is cut at every border and
each piece carries the classes of all quotes it belongs to; one style rule for each quote lights up
its pieces when it is the target of the address. No script is needed, and the browser scrolls.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from trainer.core.acts import Speaker
from trainer.core.assessment import Assessment, Quote
from trainer.store.calls import CallRecord, CommentRecord, TurnRecord
from trainer.ui.bubbles import bubble, column
from trainer.ui.html import esc, icon
from trainer.ui.texts import Texts


def quote_link(quote: Quote) -> str:
    """Returns a quote as a link to its place in the transcript."""
    return (
        f'<a class="wh-quote wh-text" lang="de" href="#{_quote_id(quote)}">„{esc(quote.text)}“</a>'
    )


def turn_link(turn: int, text: str) -> str:
    """Returns a link to a whole turn."""
    return f'<a href="#{turn_id(turn)}">{esc(text)}</a>'


def turn_id(turn: int) -> str:
    """Returns the id of a turn's element."""
    return f"turn-{turn}"


def quotes_of(assessment: Assessment | None) -> tuple[Quote, ...]:
    """Returns every quote that the review shows, each once, in the order of the call."""
    if assessment is None:
        return ()
    found = {
        *(quote for finding in assessment.findings for quote in finding.quotes),
        *(quote for breach in assessment.breaches for quote in breach.quotes),
        *(advice.quote for advice in assessment.advice if advice.quote),
        *(asked.quote for asked in assessment.questions if asked.quote),
    }
    if assessment.strength:
        found.add(assessment.strength.quote)
    for story in assessment.objections:
        steps = (story.acknowledged, story.isolated, story.answered, story.checked)
        found.update(story.raised, (step for step in steps if step))
    return tuple(sorted(found, key=lambda quote: (quote.turn, quote.start, quote.end)))


@dataclass(frozen=True)
class Transcript:
    """A call with marked quotes and the coaches' comments at their turns.

    Attributes:
        record: The call.
        trainee: The name over the trainee's lines.
        customer: The name over the customer's lines.
        t: The words.
        more: Quotes beside those of the assessment.
    """

    record: CallRecord
    trainee: str
    customer: str
    t: Texts
    more: tuple[Quote, ...] = ()

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Everything quoted in the review."""
        return tuple(dict.fromkeys((*quotes_of(self.record.assessment), *self.more)))

    @property
    def rules(self) -> str:
        """The style that lights up the quote which is the target of the address."""
        return _rules(self.quotes)

    def lines(self, turns: Sequence[TurnRecord]) -> str:
        """Returns some of its turns one under the other."""
        names = {Speaker.TRAINEE: self.trainee, Speaker.CUSTOMER: self.customer}
        comments = self.record.comments
        drawn = "".join(
            _line(kept, names[kept.turn.speaker], self.quotes)
            + "".join(comment_box(c, self.t) for c in comments if c.turn == kept.index)
            for kept in turns
        )
        return column(drawn, label=self.t("review.transcript.title"))


def transcript(
    record: CallRecord, trainee: str, customer: str, t: Texts, more: Iterable[Quote] = ()
) -> str:
    """Returns the whole call as HTML; see `Transcript`."""
    whole = Transcript(record, trainee, customer, t, tuple(more))
    return whole.rules + whole.lines(record.turns)


def reply_turn(record: CallRecord, turn: int) -> int | None:
    """Returns the trainee's turn that a moment is about: this one, or the next after a customer's.

    None where the trainee did not speak again.
    """
    mine = [k.index for k in record.turns if k.turn.speaker is Speaker.TRAINEE]
    return next((index for index in mine if index >= turn), None)


def plain_lines(record: CallRecord, trainee: str, customer: str) -> str:
    """Returns the lines of a call with no marks in them."""
    names = {Speaker.TRAINEE: trainee, Speaker.CUSTOMER: customer}
    return "".join(_line(kept, names[kept.turn.speaker], ()) for kept in record.turns)


def comment_box(comment: CommentRecord, t: Texts) -> str:
    """Returns one comment of a coach."""
    better = comment.kind == "better"
    key = "coach.better.by" if better else "review.transcript.comment"
    by = t(key, author=comment.author_name)
    symbol = icon("lightbulb" if better else "chat")
    return (
        f'<div class="wh-comment"><div class="wh-who">{symbol} {esc(by)}</div>'
        f'<div class="wh-text">{esc(comment.text)}</div></div>'
    )


def _line(kept: TurnRecord, who: str, quotes: Sequence[Quote]) -> str:
    inner = mark(kept.turn.text, [quote for quote in quotes if quote.turn == kept.index])
    return bubble(
        kept.turn.speaker, who, inner, identity=turn_id(kept.index), number=kept.index + 1
    )


def mark(text: str, quotes: Sequence[Quote]) -> str:
    """Returns a turn's text, escaped, with anchors and marks for the quotes in it."""
    borders = sorted({0, len(text), *(q.start for q in quotes), *(q.end for q in quotes)})
    anchored: set[str] = set()
    pieces: list[str] = []
    for start, end in pairwise(borders):
        here = [_quote_id(q) for q in quotes if q.start <= start and end <= q.end]
        pieces.extend(
            f'<span class="wh-anchor" id="{name}"></span>' for name in here if name not in anchored
        )
        anchored.update(here)
        words = esc(text[start:end])
        pieces.append(
            f'<span class="wh-evidence {" ".join(here)}">{words}</span>' if here else words
        )
    return "".join(pieces)


def _rules(quotes: Iterable[Quote]) -> str:
    names = [_quote_id(quote) for quote in quotes]
    lit = "".join(f".wh-turns:has(#{n}:target) .{n}{{background:var(--wh-mark)}}" for n in names)
    return f"<style>{lit}</style>" if lit else ""


def _quote_id(quote: Quote) -> str:
    return f"q-{quote.turn}-{quote.start}-{quote.end}"
