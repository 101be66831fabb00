"""The wording of the review, from `feedback.yaml`."""

from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from trainer.core.acts import TraineeAct
from trainer.core.plan import Objection
from trainer.core.rubric import Condition
from trainer.core.text import Localized
from trainer.scoring.pretence import Pretence

_FILE = Path(__file__).with_name("feedback.yaml")
SLOTS = frozenset({"anrede", "name", "firma", "worte", "einwand", "grund", "wunsch"})


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sentence(_Part):
    """A German sentence with slots.

    Attributes:
        objection: The only kind of objection it fits; None fits every moment.
        after_no: Fits only once the customer has declined, and then before all others.
        busy: Fits only an objection that names what keeps the customer right now.
        harm: The only kind of harm it stands in place of.
        told: Fits only once the customer has told something about reason, needs or doubts.
    """

    text: str = Field(min_length=5)
    objection: Objection | None = None
    after_no: bool = False
    busy: bool = False
    harm: TraineeAct | None = None
    told: bool = False

    @property
    def slots(self) -> frozenset[str]:
        """The names of its slots."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.text) if name)

    @model_validator(mode="after")
    def _known_slots(self) -> Self:
        strangers = sorted(self.slots - SLOTS)
        if strangers:
            raise ValueError(f"unknown slot {strangers[0]}; known: {', '.join(sorted(SLOTS))}")
        return self


def _sentence(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


class CheckTexts(_Part):
    """What the review says about one check; see the head of `feedback.yaml`."""

    met: Localized
    missed: Localized
    partly: Localized | None = None
    next_time: Localized | None = None
    better: tuple[Annotated[Sentence, BeforeValidator(_sentence)], ...] = ()

    @model_validator(mode="after")
    def _always_something_to_say(self) -> Self:
        if (self.next_time is None) != (not self.better):
            raise ValueError("better and next_time belong together: add or remove one")
        limited = (s.slots or s.objection or s.after_no or s.busy or s.harm for s in self.better)
        if self.better and all(limited):
            raise ValueError("better needs a sentence without slots that fits every moment")
        return self


class Texts(_Part):
    """All wording of the review."""

    shortfalls: dict[Condition | Pretence, Localized]
    checks: dict[str, CheckTexts]


@lru_cache(maxsize=1)
def load_texts() -> Texts:
    """Returns the wording; the file ships with the package."""
    return Texts.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
