"""What is being edited in one browser session, until it is saved."""

from copy import deepcopy
from dataclasses import dataclass

from trainer.content import Item
from trainer.drafts import Draft, draft_of, tidy
from trainer.store.content import Kind


@dataclass(slots=True)
class Workpiece:
    """A draft with the version it came from.

    Attributes:
        seen: The version that was opened.
        saved: What that version says.
        draft: What it is to say; the form's fields write into it.
        first: What its version 1 says: the template it came from, under its new name.
        round: Raised when the draft is replaced as a whole: the fields then start anew.
    """

    kind: Kind
    id: str
    seen: int
    saved: Draft
    draft: Draft
    first: Draft
    round: int = 0

    @property
    def changed(self) -> bool:
        """Whether something is not saved yet."""
        return tidy(self.draft) != tidy(self.saved)

    def untouched(self, part: str, name: str) -> bool:
        """Tells whether the lines of an answer or objection are still the template's."""
        first = self.first.get(part, {}).get(name, {}).get("say")
        return bool(first) and self.draft[part][name]["say"] == first

    def key(self, path: str) -> str:
        """Returns the key of the widget for a field."""
        return f"content.{self.id}.{self.seen}.{self.round}.{path}"

    def replace(self, draft: Draft) -> None:
        """Puts another draft in place of the one in hand."""
        self.draft, self.round = deepcopy(draft), self.round + 1


def taken_up(item: Item, first: Draft) -> Workpiece:
    """Returns a new workpiece of what can be read.

    Args:
        item: Own content.
        first: What its version 1 says.

    Raises:
        ValueError: It cannot be read or is shipped.
    """
    if item.content is None or item.entry is None:
        raise ValueError(f"{item.id} cannot be edited")
    saved = draft_of(item.content)
    return Workpiece(item.kind, item.id, item.entry.newest, saved, deepcopy(saved), first)
