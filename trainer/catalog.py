"""Loads the personas and rubrics; a broken file is reported, the others still load."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from trainer.core.assessment import Assessment
from trainer.core.persona import Persona
from trainer.core.problem import problems_of
from trainer.core.rubric import Rubric
from trainer.errors import ContentError, NotFoundError

Content = TypeVar("Content", Persona, Rubric)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All content that could be loaded.

    Attributes:
        personas: By id, in the order of file names, own ones last.
        rubrics: By id.
        problems: What is wrong with what could not be loaded.
        rubric_in_use: Id of the rubric that calls are scored by.
        retired: Own personas that were put away; what was set before may still call them.
        earlier: Finds an own rubric in a version that calls were scored by.
    """

    personas: Mapping[str, Persona]
    rubrics: Mapping[str, Rubric]
    problems: tuple[ContentError, ...]
    rubric_in_use: str = "winback"
    retired: Mapping[str, Persona] = field(default_factory=dict)
    earlier: Callable[[str, int], Rubric | None] = field(
        default=lambda identity, version: None, compare=False
    )

    def persona(self, persona_id: str) -> Persona:
        """Returns a persona.

        Raises:
            NotFoundError: No such persona.
        """
        return _pick(self.personas, persona_id, "persona")

    def known_persona(self, persona_id: str) -> Persona:
        """Returns a persona, also one that was put away since it was set.

        Raises:
            NotFoundError: No such persona.
        """
        return self.find(persona_id) or self.persona(persona_id)

    def find(self, persona_id: str) -> Persona | None:
        """Returns a persona, also one that was put away since it was set, or None."""
        return self.personas.get(persona_id) or self.retired.get(persona_id)

    def rubric(self, rubric_id: str | None = None) -> Rubric:
        """Returns a rubric, without an id the one in use.

        Raises:
            NotFoundError: No such rubric.
        """
        return _pick(self.rubrics, rubric_id or self.rubric_in_use, "rubric")

    def rubric_of(self, assessment: Assessment | None) -> Rubric | None:
        """Returns the rubric an assessment was made by, None where its file is gone or broken."""
        return self.pinned(assessment.versions if assessment else {})

    def pinned(self, versions: Mapping[str, str]) -> Rubric | None:
        """Returns the rubric that is pinned as `id/version`, the one in use where none is.

        A file is there in one version only; of own rubrics each version is kept.
        """
        identity, _, version = versions.get("rubric", "").partition("/")
        rubric = self.rubrics.get(identity or self.rubric_in_use)
        if version.isdecimal() and (rubric is None or rubric.version != int(version)):
            return self.earlier(identity, int(version)) or rubric
        return rubric


def load_catalog(personas: Path, rubrics: Path, rubric_in_use: str = "winback") -> Catalog:
    """Reads all `*.yaml` in both folders; never raises for a broken file."""
    problems: list[ContentError] = []
    return Catalog(
        personas=_load_folder(personas, Persona, problems),
        rubrics=_load_folder(rubrics, Rubric, problems),
        problems=tuple(problems),
        rubric_in_use=rubric_in_use,
    )


def _load_folder(
    folder: Path, kind: type[Content], problems: list[ContentError]
) -> dict[str, Content]:
    loaded: dict[str, Content] = {}
    if not folder.is_dir():
        problems.append(ContentError(folder, "", "no such folder; check the settings"))
    for path in sorted(folder.glob("*.yaml")):
        found = _load_file(path, kind)
        problems.extend(found if isinstance(found, list) else [])
        if isinstance(found, kind):
            loaded[found.id] = found
    return loaded


_MOST_BYTES, _MOST_ALIASES, _DEEPEST = 500_000, 50, 30


class OnceLoader(yaml.composer.Composer, yaml.CSafeLoader):
    """Refuses a key given twice, which YAML loaders take for the last one said.

    Refuses what grows when it is read, too: aliases within what has a name itself, and many.
    Text is parsed by libyaml, ten times as fast; nodes are composed here, where they are counted.
    """

    _named = 0
    _aliases = 0
    _depth = 0

    def __init__(self, stream: str) -> None:
        """See `yaml.CSafeLoader`."""
        yaml.CSafeLoader.__init__(self, stream)
        self.anchors: dict[str, yaml.Node] = {}

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Composes a node; see `yaml.SafeLoader`."""
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent):
            self._aliases += 1
            if self._named or self._aliases > _MOST_ALIASES:
                raise yaml.composer.ComposerError(problem=f"alias *{event.anchor} is one too many")
        named = getattr(event, "anchor", None) is not None
        self._named += named
        self._depth += 1
        if self._depth > _DEEPEST:
            raise yaml.composer.ComposerError(problem="is nested too deeply")
        node = super().compose_node(parent, index)
        self._named -= named
        self._depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Builds a mapping; see `yaml.SafeLoader`."""
        seen: list[str] = []
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"{key.value!r} is given twice", problem_mark=key.start_mark
                )
            seen += [key.value] if isinstance(key, yaml.ScalarNode) else []
        return super().construct_mapping(node, deep)


def _read(path: Path) -> str:
    if path.stat().st_size > _MOST_BYTES:
        raise OSError(f"it is larger than {_MOST_BYTES // 1000} kB")
    return path.read_text(encoding="utf-8")


def _load_file(path: Path, kind: type[Content]) -> Content | list[ContentError]:
    try:
        data = yaml.load(_read(path), OnceLoader)  # nosec B506
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        return [ContentError(path, "", f"cannot be read as YAML: {' '.join(str(error).split())}")]
    try:
        content = kind.model_validate(data)
    except ValidationError as error:
        return [
            ContentError(path, problem.place, problem.message) for problem in problems_of(error)
        ]
    if content.id != path.stem:
        return [ContentError(path, "id", f"is {content.id!r}; must be the file name {path.stem!r}")]
    return content


Item = TypeVar("Item", bound=BaseModel)


def _pick(items: Mapping[str, Item], item_id: str, what: str) -> Item:
    if item_id not in items:
        known = ", ".join(items) or "none could be loaded"
        raise NotFoundError(f"There is no {what} {item_id!r}. Known: {known}.")
    return items[item_id]
