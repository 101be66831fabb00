"""Before the call: thinks it out, keeps it with the call, compares it afterwards."""

from dataclasses import dataclass

from trainer.core.preparation import Preparation
from trainer.hindsight import Hindsight, look_back
from trainer.practice import Practice, Review
from trainer.store.calls import CallRecord
from trainer.store.preparations import PreparationStore


@dataclass(frozen=True, slots=True)
class Preparing:
    """The service behind the customer's card and the review's part on the preparation."""

    practice: Practice
    store: PreparationStore

    def draft(self, person: str, persona_id: str) -> Preparation:
        """Returns what a person has thought out for the next call with a customer."""
        return self.store.draft(person, persona_id)

    def save(self, person: str, persona_id: str, preparation: Preparation) -> None:
        """Keeps it; the call takes it along."""
        self.store.save_draft(person, persona_id, preparation)

    def take_along(self, call: CallRecord) -> None:
        """Keeps what was thought out, if anything was, with the call just begun.

        Raises:
            StoreError: It cannot be written; the draft is still there.
        """
        persona_id = str(call.persona["id"])
        if self.store.draft(call.person, persona_id).steps_done:
            self.store.attach(call.person, persona_id, call.id)

    def compared(self, review: Review) -> Hindsight | None:
        """Returns the preparation beside the truth; None where it was skipped.

        Args:
            review: An ended call that its reader may see: only that opens the truth.
        """
        preparation = self.store.of_call(review.call.id)
        return None if preparation is None else look_back(preparation, review)


def build_preparing(practice: Practice) -> Preparing:
    """Builds the service on the same database as the calls."""
    return Preparing(practice, PreparationStore(practice.calls.engine))
