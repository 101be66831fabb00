"""A second opinion by a capable chat model on the rubric's own yes/no checks.

    inquiry ─► samples of the model ─► ballots (strict JSON, verbatim quotes) ─► majority ─► Verdict

A failed judgement is never a number and never a no: it is unscored with its reason, and the whole
exchange is kept.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from trainer.core.judgement import Asked, Doubt, Exchange, Judgement, Sample, Verdict
from trainer.core.rubric import Rubric
from trainer.core.turn import Turn
from trainer.errors import LLMError
from trainer.llm.base import LLM, Message, Sampling
from trainer.scoring.fence import speaks_to_the_judge
from trainer.scoring.inquiry import VERSION, Inquiry, inquiries, messages, schema
from trainer.scoring.votes import Ballot, UnusableError, decided, read_ballot, verdicts

LONGEST_CALL = 60_000
"""Characters; a longer call would not fit into most models together with the questions."""
_TOKENS_A_CHECK = 220
_TEMPERATURE = 0.7
"""Samples that cannot differ would make a majority of one."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Asks a chat model about calls.

    Attributes:
        llm: A capable chat model; the shipped one cannot follow such an instruction.
        samples: How many replies are drawn for each principle at most, odd so that few are split.
        timeout_s: Deadline of one reply.
        at_once: How many principles are asked about at the same time.
    """

    llm: LLM
    samples: int = 3
    timeout_s: float = 120.0
    at_once: int = 4

    def __post_init__(self) -> None:
        """Refuses a model that cannot judge.

        Raises:
            LLMError: It is the shipped one.
        """
        if self.llm.compact:
            raise LLMError(
                "the shipped model only words the customer's lines and cannot judge a call; set "
                "WIEDERHOEREN_JUDGE_MODEL to a chat model"
            )

    def judge(
        self,
        turns: Sequence[Turn],
        rubric: Rubric,
        *,
        progress: Callable[[float], None] = lambda _: None,
    ) -> Judgement:
        """Returns the second opinion on a call.

        Args:
            turns: The transcript.
            rubric: Whose checks are asked.
            progress: Is told which share in [0, 1] is done.

        Returns:
            A verdict for each check that is switched on. What the model got wrong is in the
            exchanges; nothing is raised for it.
        """
        asked = inquiries(rubric)
        doubt = self._refused(turns, rubric)
        if doubt is not None:
            found = [verdicts(each, (), samples=self.samples, without=doubt) for each in asked]
            return self._judgement(found, (), rubric)
        rounds: dict[int, _Round] = {}
        with ThreadPoolExecutor(self.at_once) as pool:
            running = {
                pool.submit(self._round, inquiry, turns): place
                for place, inquiry in enumerate(asked)
            }
            for done in as_completed(running):
                rounds[running[done]] = done.result()
                progress(len(rounds) / len(asked))
        ordered = [rounds[place] for place in range(len(asked))]
        return self._judgement(
            [each.verdicts for each in ordered], [each.exchange for each in ordered], rubric
        )

    def _refused(self, turns: Sequence[Turn], rubric: Rubric) -> Doubt | None:
        if sum(len(turn.text) for turn in turns) > LONGEST_CALL:
            return Doubt.TOO_LONG
        ids = [check.id for check in rubric.checks]
        return Doubt.ADDRESSED if speaks_to_the_judge(turns, ids) else None

    def _round(self, inquiry: Inquiry, turns: Sequence[Turn]) -> "_Round":
        asked = messages(inquiry, turns)
        samples: list[Sample] = []
        ballots: list[Ballot] = []
        without = Doubt.UNUSABLE
        for seed in range(self.samples):
            try:
                text = self._reply(asked, inquiry, seed)
                ballots.append(read_ballot(text, inquiry, turns))
                samples.append(Sample(seed=seed, text=text))
            except LLMError as error:
                without = Doubt.AWAY
                samples.append(Sample(seed=seed, text="", problem=str(error)))
            except UnusableError as error:
                samples.append(Sample(seed=seed, text=text, problem=str(error)))
            if self._settled(inquiry, ballots, failed=len(samples) - len(ballots)):
                break
        return _Round(
            verdicts(inquiry, ballots, samples=self.samples, without=without),
            Exchange(
                principle=inquiry.principle, asked=tuple(_kept(asked)), samples=tuple(samples)
            ),
        )

    def _settled(self, inquiry: Inquiry, ballots: Sequence[Ballot], *, failed: int) -> bool:
        """Tells whether further samples can change nothing."""
        hopeless = 2 * (self.samples - failed) <= self.samples
        return hopeless or decided(inquiry, ballots, samples=self.samples)

    def _reply(self, asked: Sequence[Message], inquiry: Inquiry, seed: int) -> str:
        sampling = Sampling(
            temperature=_TEMPERATURE,
            max_tokens=_TOKENS_A_CHECK * len(inquiry.checks),
            seed=seed,
            timeout_s=self.timeout_s,
            json_schema=schema(inquiry),
        )
        return "".join(self.llm.stream(asked, sampling))

    def _judgement(
        self,
        found: Sequence[tuple[Verdict, ...]],
        exchanges: Sequence[Exchange],
        rubric: Rubric,
    ) -> Judgement:
        return Judgement(
            verdicts=tuple(verdict for part in found for verdict in part),
            exchanges=tuple(exchanges),
            versions={
                "model": self.llm.name,
                "rubric": f"{rubric.id}/{rubric.version}",
                "rubric_content": rubric.fingerprint,
                "question": VERSION,
                "samples": str(self.samples),
            },
        )


@dataclass(frozen=True, slots=True)
class _Round:
    """What came of one inquiry."""

    verdicts: tuple[Verdict, ...]
    exchange: Exchange


def _kept(asked: Sequence[Message]) -> Iterator[Asked]:
    for message in asked:
        yield Asked(role=message.role, content=message.content)
