"""A persona or rubric while it is being written: JSON without id and version, not yet valid.

The schema that refuses a file refuses a draft, with the same words.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from trainer.catalog import OnceLoader
from trainer.core.persona import ObjectionKind, Persona
from trainer.core.problem import Problem, problems_of
from trainer.core.rubric import Rubric
from trainer.errors import InputError
from trainer.store.content import Kind

Draft = dict[str, Any]

MOST_CHARACTERS = 200_000
"""Of a whole persona or rubric; the shipped ones have about 30,000."""
_MODELS: Mapping[Kind, type[Persona] | type[Rubric]] = {
    Kind.PERSONA: Persona,
    Kind.RUBRIC: Rubric,
}
_PLACE = {"id": "own_draft", "version": 1}
_LANGUAGES = {"de", "en"}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Read:
    """What became of typed YAML.

    Attributes:
        draft: What it says; None where it is refused.
        problems: Why.
    """

    draft: Draft | None
    problems: Sequence[Problem] = ()


def draft_of(content: Persona | Rubric) -> Draft:
    """Returns valid content as a draft."""
    return content.model_dump(mode="json", exclude={"id", "version"})


def check(kind: Kind, draft: Draft) -> Sequence[Problem]:
    """Returns what keeps a draft from being saved; nothing where it can be."""
    try:
        content(kind, draft)
    except ValidationError as error:
        return problems_of(error)
    return ()


def content(kind: Kind, draft: Draft) -> Persona | Rubric:
    """Returns what a draft says.

    Raises:
        ValidationError: It breaks the schema.
    """
    return _MODELS[kind].model_validate({**tidy(draft), **_PLACE})


def tidy(draft: Draft) -> Draft:
    """Returns a draft as it is meant: no blanks around texts, and nothing that is switched off.

    Where no English text is given, the German one stands in both places.
    """
    tidied = _tidy(draft)
    objections = tidied.get("objections")
    for objection in objections.values() if isinstance(objections, dict) else ():
        if isinstance(objection, dict) and objection.get("kind") == ObjectionKind.NONE:
            objection.update(hides=None, note="", say=[])
        elif isinstance(objection, dict) and objection.get("kind") == ObjectionKind.REAL:
            objection["hides"] = None
    if tidied.get("competitor") == "":
        tidied["competitor"] = None
    return dict(tidied)


def to_yaml(draft: Draft) -> str:
    """Returns a draft as YAML, as it could stand in a file but for id and version."""
    return yaml.safe_dump(tidy(draft), allow_unicode=True, sort_keys=False, width=100)


def from_yaml(kind: Kind, text: str) -> Read:
    """Reads YAML that somebody typed; id and version in it are left aside.

    Raises:
        InputError: It is no YAML (`yaml`) or too long (`large`).
    """
    if len(text) > MOST_CHARACTERS:
        raise _too_large()
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, OnceLoader)):
            raise InputError("yaml", "Names for parts (* and &) cannot be used here.")
        data = yaml.load(text, OnceLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError("yaml", " ".join(str(error).split())) from error
    if not isinstance(data, dict):
        raise InputError("yaml", "There must be names with values, as in `age: 44`.")
    try:
        found = _MODELS[kind].model_validate({**data, **_PLACE})
    except ValidationError as error:
        return Read(None, problems_of(error))
    return Read(draft_of(found))


def need_size(draft: Draft) -> None:
    """Refuses what is too large to be a persona or rubric.

    Raises:
        InputError: It is (`large`).
    """
    if len(json.dumps(draft, ensure_ascii=False)) > MOST_CHARACTERS:
        raise _too_large()


def renamed(draft: Draft, *, first: str, last: str, company: str) -> Draft:
    """Returns a persona's draft under another name, wherever its words mention the old one."""
    old = draft["name"]
    names = {old["last"]: last, old["first"]: first, draft["company"]: company}
    made = {name: new for name, new in names.items() if name and name != new}
    changed: Draft = _replaced(draft, made) if made else deepcopy(draft)
    return {**changed, "name": {"first": first, "last": last}, "company": company}


def slug(name: str) -> str:
    """Returns the part of an id that comes from a name: small letters, digits, underscores."""
    plain = name.casefold().translate(_UMLAUTS)
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:24].rstrip("_") or "neu"


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if isinstance(value, dict):
        if set(value) == _LANGUAGES:
            german, english = _tidy(value["de"]), _tidy(value["en"])
            return {"de": german, "en": english or german}
        return {name: _tidy(item) for name, item in value.items()}
    return value


def _replaced(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        longest = sorted(names, key=len, reverse=True)
        known = "|".join(re.escape(name) for name in longest)
        return re.sub(rf"\b({known})(s?)\b", lambda found: names[found[1]] + found[2], value)
    if isinstance(value, list):
        return [_replaced(item, names) for item in value]
    if isinstance(value, dict):
        return {name: _replaced(item, names) for name, item in value.items()}
    return value


def _too_large() -> InputError:
    return InputError("large", f"At most {MOST_CHARACTERS} characters, please.")
