"""All words of the pages, German and English side by side, from `texts/*.yaml`.

A key is the file's name and the path in it: `practice.desk.hang_up`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from trainer.core.text import Language, Localized

_FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Texts:
    """The words in one language."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """Returns the text of a key with its `{placeholders}` filled.

        Raises:
            KeyError: No such key, or a placeholder is not given.
        """
        text = load_texts()[key].in_(self.language)
        return text.format(**values) if values else text

    def of(self, text: Localized) -> str:
        """Returns a text that comes from content or scoring, in this language."""
        return text.in_(self.language)


@cache
def load_texts() -> Mapping[str, Localized]:
    """Reads all text files once."""
    return {
        key: text
        for path in sorted(_FOLDER.glob("*.yaml"))
        for key, text in _flatten(path.stem, yaml.safe_load(path.read_text(encoding="utf-8")))
    }


def _flatten(prefix: str, node: Mapping[str, object]) -> Iterator[tuple[str, Localized]]:
    if set(node) <= set(Language):
        yield prefix, Localized.model_validate(node)
        return
    for name, child in node.items():
        if not isinstance(child, Mapping):
            raise TypeError(f"{prefix}.{name} must hold de and en")
        yield from _flatten(f"{prefix}.{name}", child)
