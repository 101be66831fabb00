"""Handing a call to the coach with a question, and hearing back."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.errors import NotAllowedError
from trainer.practice import Practice, Review
from trainer.store.calls import CallRecord
from trainer.store.submissions import SubmissionStore

LONGEST_QUESTION = 500


@dataclass(frozen=True, slots=True)
class News:
    """A call about which the coach has said something that the trainee has not seen.

    Attributes:
        comments: How many; 0 where only the review was finished.
    """

    call: CallRecord
    comments: int


@dataclass(frozen=True, slots=True)
class Submissions:
    """The service behind handing in. Every method checks whose call it is."""

    practice: Practice
    store: SubmissionStore

    def submit(self, person: str, call_id: str, question: str = "") -> None:
        """Lets coaches see an ended call, with a question to them.

        Raises:
            NotFoundError: No such call of this person.
            CallEndedError: It is still going on.
            NotAllowedError: It only tries content out.
        """
        review = self.practice.review(person, call_id)
        if review.call.trial:
            raise NotAllowedError("A test call is nobody's practice; it goes to no coach.")
        self.store.submit(review.call.id, question.strip()[:LONGEST_QUESTION])

    def question(self, review: Review) -> str:
        """Returns the question that came with a call somebody may see; empty for none."""
        return self.store.question(review.call.id)

    def news(self, person: str) -> Sequence[News]:
        """Returns the person's calls with something not seen yet, the latest first."""
        return [
            News(self.practice.open(person, call_id), count)
            for call_id, count in self.store.unseen(person).items()
        ]

    def see(self, person: str, review: Review) -> None:
        """Notes that the trainee is reading what the coach wrote."""
        if review.call.person == person and review.call.id in self.store.unseen(person):
            self.store.see(review.call.id)
