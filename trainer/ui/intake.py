"""Files on their way in: read as far as they say themselves what they hold."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trainer.errors import TranscriptError
from trainer.scoring.columns import Columns
from trainer.scoring.draft import Draft, Heads, heads_of, read_draft
from trainer.uploads import Refused, Unpacked, Upload


@dataclass
class Intake:
    """One batch of files.

    Attributes:
        drafts: What could be read.
        refused: What could not.
        tables: Tables whose columns somebody has to choose, by the names of their columns.
    """

    drafts: list[Draft] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    tables: Mapping[Heads, Sequence[Upload]] = field(default_factory=dict)

    def read(self, upload: Upload, columns: Columns | None = None) -> str:
        """Reads one more file; returns the problem that refused it, empty where none did."""
        try:
            self.drafts.append(read_draft(upload.name, upload.content, columns))
        except TranscriptError as error:
            self.refused.append(Refused(upload.name, error.problem, str(error)))
            return error.problem
        return ""


def take_in(batch: Unpacked) -> Intake:
    """Reads a batch; tables whose columns do not speak for themselves wait for a choice."""
    intake = Intake(refused=list(batch.refused))
    first: dict[tuple[str, ...], Heads] = {}
    waiting: defaultdict[Heads, list[Upload]] = defaultdict(list)
    for upload in batch.files:
        if intake.read(upload) == "columns":
            heads = heads_of(upload.name, upload.content)
            if heads is not None and len(heads.names) > 1:
                intake.refused.pop()
                waiting[first.setdefault(heads.names, heads)].append(upload)
    intake.tables = dict(waiting)
    return intake


def casts(drafts: Sequence[Draft]) -> Mapping[tuple[str, ...], list[Draft]]:
    """Returns the drafts by who speaks in them; those nobody can be told in come first."""
    found: defaultdict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        found[draft.cast].append(draft)
    return dict(sorted(found.items(), key=lambda item: (bool(guess(item[1])), -len(item[1]))))


def guess(same: Sequence[Draft]) -> frozenset[str]:
    """Returns who is the agent in all drafts of one cast; empty where they do not agree."""
    agents = {draft.agents for draft in same}
    return agents.pop() if len(agents) == 1 else frozenset()
