"""Second opinions by a chat model: a coach asks, a thread in the background does the asking.

Nothing is asked by itself. A call is private until it is submitted, and even then its words go to
another model only when somebody in charge of it wants that; and a model needs minutes for a call,
which nobody should have to wait for. What was asked for stays asked for when the page is closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from queue import Queue
from threading import Lock, Thread

from trainer.coaching import Coaching
from trainer.core.assessment import Assessment
from trainer.core.judgement import Judgement
from trainer.core.person import Actor
from trainer.core.rubric import Rubric
from trainer.errors import ConflictError, NotFoundError, TrainerError
from trainer.scoring.differences import Comparison, compare
from trainer.scoring.inquiry import VERSION
from trainer.scoring.judge import Judge
from trainer.store.calls import CallRecord
from trainer.store.judgements import JudgementStore, KeptJudgement


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model said, beside what the rules said.

    Attributes:
        settled: Whether asking again would ask the same model the same, with nothing left open.
    """

    kept: KeptJudgement
    comparison: Comparison
    settled: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a second opinion is.

    Attributes:
        opinion: The latest; None before there is one.
        share: How much of the one being made is done, in [0, 1]; None where none is.
        problem: Why the last try came to nothing; empty where it did not.
    """

    opinion: Opinion | None = None
    share: float | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Job:
    call: str
    author: str


class Judging:
    """The service behind second opinions. Every method checks who asks. Safe between threads."""

    def __init__(self, coaching: Coaching, store: JudgementStore, judge: Judge | None) -> None:
        """Takes who knows the calls, where judgements are kept, and the judge; None for none."""
        self._coaching, self._store, self._judge = coaching, store, judge
        self._jobs: Queue[_Job] = Queue()
        self._lock = Lock()
        self._shares: dict[str, float] = {}
        self._problems: dict[str, str] = {}
        self._thread: Thread | None = None

    @property
    def model(self) -> str | None:
        """Name of the model that is asked; None where no judge is set up."""
        return None if self._judge is None else self._judge.llm.name

    def standing(self, actor: Actor, call_id: str) -> Standing:
        """Returns how far the second opinion on a submitted call is.

        Raises:
            NotAllowedError: The actor is no coach.
            NotFoundError: No such call, not submitted, or of somebody in other teams.
        """
        record = self._coaching.submitted(actor, call_id)
        with self._lock:
            share, problem = self._shares.get(call_id), self._problems.get(call_id, "")
        return Standing(self._opinion(record), share, problem)

    def ask(self, actor: Actor, call_id: str) -> None:
        """Asks for a second opinion; it comes when those asked for before are done.

        Raises:
            NotAllowedError: The actor is no coach.
            NotFoundError: A call the actor may not see, one without a score, or no judge.
            ConflictError: The same model has answered the same in full already.
        """
        record = self._coaching.submitted(actor, call_id)
        if self._judge is None:
            raise NotFoundError("No judge is set up; see WIEDERHOEREN_JUDGE in docs/scoring.md.")
        self._assessed(record)
        opinion = self._opinion(record)
        if opinion is not None and opinion.settled:
            raise ConflictError("The same model has answered this already.")
        with self._lock:
            if call_id in self._shares:
                return
            self._shares[call_id] = 0.0
            self._problems.pop(call_id, None)
            self._jobs.put(_Job(call_id, actor.person))
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._work, name="judge", daemon=True)
                self._thread.start()

    def ask_all(self, actor: Actor, calls: Sequence[str]) -> int:
        """Asks about several calls, leaving out those with nothing to ask; returns how many.

        Raises:
            NotAllowedError: The actor is no coach.
        """
        asked = 0
        for call_id in calls:
            try:
                self.ask(actor, call_id)
            except (NotFoundError, ConflictError):
                continue
            asked += 1
        return asked

    def wait(self) -> None:
        """Returns when all that was asked for is done."""
        self._jobs.join()

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                self._make(job)
            except TrainerError as error:
                with self._lock:
                    self._problems[job.call] = str(error)
            finally:
                with self._lock:
                    self._shares.pop(job.call, None)
                self._jobs.task_done()

    def _make(self, job: _Job) -> None:
        # The call may have been erased or taken along since; whoever asked could see it then.
        record = self._coaching.practice.calls.get(job.call)
        assessment, rubric = self._assessed(record)
        if self._judge is None:
            return

        def tell(share: float) -> None:
            with self._lock:
                self._shares[job.call] = share

        turns = [kept.turn for kept in record.turns]
        judgement = self._judge.judge(turns, rubric, progress=tell)
        found = compare(assessment, judgement, rubric)
        self._store.save(
            job.call,
            job.author,
            judgement,
            differing=len(found.differing),
            unscored=len(found.unscored),
        )

    def _opinion(self, record: CallRecord) -> Opinion | None:
        kept = self._store.get(record.id)
        if kept is None:
            return None
        assessment, rubric = self._assessed(record)
        found = compare(assessment, kept.judgement, rubric)
        return Opinion(kept, found, settled=self._is_settled(kept.judgement, found, rubric))

    def _is_settled(self, judgement: Judgement, found: Comparison, rubric: Rubric) -> bool:
        versions = judgement.versions
        same = (
            versions.get("model") == self.model
            and versions.get("rubric_content") == rubric.fingerprint
            and versions.get("question") == VERSION
        )
        return same and not found.unscored

    def _assessed(self, record: CallRecord) -> tuple[Assessment, Rubric]:
        """Returns the score of a call and the rubric it was made by.

        Raises:
            NotFoundError: It could not be scored, or the rubric's file is gone.
        """
        assessment = record.assessment
        rubric = self._coaching.practice.catalog.rubric_of(assessment)
        if assessment is None or not assessment.findings or rubric is None:
            raise NotFoundError(f"Call {record.id} has no score to compare with.")
        return assessment, rubric
