"""Word lists of this stage, kept as data in `lexicon.yaml`."""

from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

_FILE = Path(__file__).with_name("lexicon.yaml")

Words = Annotated[frozenset[str], BeforeValidator(str.split)]


class Lexicon(BaseModel):
    """The content of `lexicon.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    function_words: Words
    english_words: Words
    dates: Words
    no_names: Words
    company_heads: dict[str, Words]

    def gender_of(self, noun: str) -> str | None:
        """Returns f, n, m or p (plural) for a company's noun, None for any other word."""
        lowered = noun.lower()
        return next((g for g, nouns in self.company_heads.items() if lowered in nouns), None)


@cache
def load_lexicon() -> Lexicon:
    """Reads the word lists."""
    return Lexicon.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
