"""Reads the judge's replies and counts them: an answer needs the majority of all samples."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from trainer.core.assessment import Quote
from trainer.core.judgement import Answer, Doubt, Verdict
from trainer.core.turn import Turn
from trainer.scoring.citation import verbatim
from trainer.scoring.inquiry import Inquiry, Reply

_REPLIES = TypeAdapter(dict[str, Reply])
_WRAPPED = re.compile(
    r"\s*(?:<think>.*?</think>)?\s*(?:```(?:json)?\s*\n(?P<inner>.*?)\n?```)?\s*", re.DOTALL
)
_MOST_QUOTES = 3
_LONGEST_REASON = 300


class UnusableError(ValueError):
    """A reply that is thrown out as a whole; the message says why."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What one sample says about one check.

    Attributes:
        answer: None where it says yes and cites nothing that stands in the call.
    """

    answer: Answer | None
    quotes: tuple[Quote, ...] = ()
    reason: str = ""


Ballot = Mapping[str, Vote]
"""The votes of one sample by check."""


def read_ballot(text: str, inquiry: Inquiry, turns: Sequence[Turn]) -> Ballot:
    """Returns the votes in a reply.

    Raises:
        UnusableError: It is no JSON, breaks the schema, or answers other checks than were asked.
    """
    replies = _parsed(text)
    if set(replies) != set(inquiry.ids):
        strange = sorted(set(replies) ^ set(inquiry.ids))
        raise UnusableError(f"answers other checks than were asked: {', '.join(strange[:3])}")
    return {check: _vote(reply, turns) for check, reply in replies.items()}


def _parsed(text: str) -> dict[str, Reply]:
    whole = _WRAPPED.fullmatch(text)
    inner = whole["inner"] if whole and whole["inner"] else _after_thinking(text)
    try:
        return _REPLIES.validate_python(json.loads(inner, object_pairs_hook=_once))
    except json.JSONDecodeError as error:
        raise UnusableError(f"no valid JSON: {error.msg}") from None
    except RecursionError:
        raise UnusableError("no valid JSON: nested too deeply") from None
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise UnusableError(f"breaks the schema: {field}: {first['msg']}") from None


def _after_thinking(text: str) -> str:
    return re.sub(r"^\s*<think>.*?</think>", "", text, count=1, flags=re.DOTALL)


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise UnusableError("answers a check twice")
    return found


def _vote(reply: Reply, turns: Sequence[Turn]) -> Vote:
    reason = " ".join(reply.reason.split())[:_LONGEST_REASON]
    if reply.answer is not Answer.YES:
        return Vote(reply.answer, reason=reason)
    quotes = verbatim(reply.quotes, turns)
    return Vote(Answer.YES if quotes else None, quotes, reason)


def verdicts(
    inquiry: Inquiry, ballots: Sequence[Ballot], *, samples: int, without: Doubt
) -> tuple[Verdict, ...]:
    """Counts the votes.

    Args:
        inquiry: The checks that were asked about.
        ballots: The samples that could be read.
        samples: How many were to be drawn; more than half of them must agree.
        without: The doubt where too few samples could be read to decide anything.
    """
    return tuple(
        _verdict(check, inquiry, [ballot[check] for ballot in ballots], samples, without)
        for check in inquiry.ids
    )


def decided(inquiry: Inquiry, ballots: Sequence[Ballot], *, samples: int) -> bool:
    """Tells whether every check has its majority, so that no further sample can change it."""
    return all(_winner([ballot[check] for ballot in ballots], samples) for check in inquiry.ids)


def _winner(votes: Sequence[Vote], samples: int) -> Answer | None:
    counts = Counter(vote.answer for vote in votes if vote.answer)
    return next((answer for answer, count in counts.items() if 2 * count > samples), None)


def _verdict(
    check: str, inquiry: Inquiry, votes: Sequence[Vote], samples: int, without: Doubt
) -> Verdict:
    counts = Counter(vote.answer for vote in votes if vote.answer)
    winner = _winner(votes, samples)
    if winner is None:
        doubt = _doubt(votes, samples, without)
        return Verdict(check=check, principle=inquiry.principle, doubt=doubt, votes=dict(counts))
    own = [vote for vote in votes if vote.answer is winner]
    quotes = dict.fromkeys(quote for vote in own for quote in vote.quotes)
    return Verdict(
        check=check,
        principle=inquiry.principle,
        answer=winner,
        quotes=tuple(quotes)[:_MOST_QUOTES],
        reason=own[0].reason,
        votes=dict(counts),
    )


def _doubt(votes: Sequence[Vote], samples: int, without: Doubt) -> Doubt:
    if 2 * len(votes) <= samples:
        return without
    return Doubt.NO_QUOTE if any(vote.answer is None for vote in votes) else Doubt.SPLIT
