"""What a chat model is told to do for each move, kept as data in `instructions.yaml`."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from trainer.core.acts import CustomerAct
from trainer.core.plan import Cue, Move

_FILE = Path(__file__).with_name("instructions.yaml")


class Instructions(BaseModel):
    """The content of `instructions.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    acts: dict[CustomerAct, str]
    cues: dict[Cue, str]

    def for_move(self, move: Move) -> str:
        """Returns what to do; a cue says it more closely than the act."""
        return self.acts[move.act] if move.cue is None else self.cues[move.cue]


@cache
def load_instructions() -> Instructions:
    """Reads the file once."""
    return Instructions.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
