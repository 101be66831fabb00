"""The sentences of scripted agents: intent -> wordings, from `wordings.yaml`."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

FILE = Path(__file__).parent / "wordings.yaml"


@cache
def load_wordings() -> Mapping[str, tuple[str, ...]]:
    """Returns every wording of every intent."""
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, tuple[str, ...]]).validate_python(content)
