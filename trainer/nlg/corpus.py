"""The customer lines of `trainer/corpus/customer_*.jsonl`, read strictly."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from trainer.core.acts import CustomerAct
from trainer.core.plan import Mood, Style
from trainer.errors import ContentError

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CustomerSegment(_Part):
    """One functional segment with its acts."""

    text: str = Field(min_length=1)
    acts: tuple[CustomerAct, ...] = Field(min_length=1)


class CustomerTurn(_Part):
    """One customer turn of the corpus.

    Attributes:
        context: What the agent had said before; in brackets what happened instead.
    """

    id: str
    context: str
    style: Style
    mood: Mood
    segments: tuple[CustomerSegment, ...] = Field(min_length=1)


def read_customer_turns(folder: Path = CORPUS) -> list[CustomerTurn]:
    """Reads all customer files in the order of their names.

    Raises:
        ContentError: A line breaks the schema, or no file is there.
    """
    turns = [turn for path in sorted(folder.glob("customer_*.jsonl")) for turn in _read(path)]
    if not turns:
        raise ContentError(folder, "", "has no customer_*.jsonl; restore the corpus files")
    return turns


def _read(path: Path) -> list[CustomerTurn]:
    turns = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            turns.append(CustomerTurn.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise ContentError(path, f"line {number}: {field}", first["msg"]) from error
    return turns
