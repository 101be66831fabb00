"""Reads a transcript from text, JSON, WebVTT or CSV as lines of speaker and words.

Text has lines like `Agent: Guten Tag` and `Kunde: Ja, bitte?`, JSON a list of {speaker, text},
WebVTT cues like `<v Agent>Guten Tag</v>`, CSV the columns speaker and text.
"""

import html
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from trainer.core.acts import Speaker
from trainer.errors import TranscriptError
from trainer.scoring.decoding import decode
from trainer.scoring.speakers import chosen_roles, roles_of

if TYPE_CHECKING:
    from trainer.scoring.columns import Columns

Line: TypeAlias = tuple[Speaker, str]
Named: TypeAlias = tuple[str, str]
Part: TypeAlias = tuple[str | None, str]

MOST_CHARACTERS = 2_000_000

_FORMS = (
    "Use lines like “Agent: …” and “Kunde: …”, a JSON list of {speaker, text}, WebVTT, or CSV with "
    "the columns speaker and text"
)
_SPOKEN = re.compile(
    r"""^\s*(?:\[?\(?\d{1,2}[:.]\d{2}(?:[:.,]\d{2,3})*\)?\]?\s*(?:-->|[-–])?\s*){0,2}   # times
    (?P<name>[^\W\d_][^:\n]{0,39}?)\s*
    (?:[\[(]\d{1,2}[:.]\d{2}[^\])]*[\])]\s*)?:\s*(?P<text>.*)$""",
    re.VERBOSE,
)
_HEADED = re.compile(
    r"^\s*(?P<name>[^\W\d_][^:\n.!?,]{0,39}?)\s{1,8}[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*$"
)
"""A name and a time on a line of their own; what is said follows below."""
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")

_LISTS = ("turns", "segments", "utterances", "messages", "transcript")
"""Under which name programs that transcribe put the list."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore")

    speaker: str = Field(validation_alias=AliasChoices("speaker", "role", "name"))
    text: str = Field(validation_alias=AliasChoices("text", "content", "message"))


_ENTRIES = TypeAdapter(list[_Entry])


def read_transcript(path: Path, agents: Collection[str] = ()) -> tuple[Line, ...]:
    """Reads a transcript file; see `parse_transcript`.

    Raises:
        TranscriptError: It cannot be read, or who is who cannot be told.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TranscriptError(f"cannot be read: {error.strerror or error}", "file") from error
    return parse_transcript(content, path.suffix, agents)


def parse_transcript(content: bytes, suffix: str, agents: Collection[str] = ()) -> tuple[Line, ...]:
    """Reads a transcript.

    Args:
        content: The bytes of the file.
        suffix: The ending of its name, such as `.csv`; unknown ones are read as text.
        agents: Names that are the agent's. In a file that has one of them everybody else is the
            customer.

    Returns:
        Turns in order; what one person says until the other speaks is one turn.

    Raises:
        TranscriptError: It is in none of the known forms, or who is who cannot be told.
    """
    named = named_lines(content, suffix)
    return joined(named, chosen_roles(named, agents) or roles_of(named))


def named_lines(content: bytes, suffix: str, columns: "Columns | None" = None) -> list[Named]:
    """Reads a transcript as names and words, before anybody knows who is who.

    Args:
        content: The bytes of the file.
        suffix: The ending of its name.
        columns: The two columns of a CSV file whose names do not say it.

    Returns:
        At least one line; each has a name and words.

    Raises:
        TranscriptError: It is in none of the known forms.
    """
    text = decode(content)
    if not text.strip():
        raise TranscriptError(f"the transcript is empty. {_FORMS}.", "empty")
    if len(text) > MOST_CHARACTERS:
        raise TranscriptError(
            f"the transcript has {len(text)} characters, more than {MOST_CHARACTERS}; split it",
            "long",
        )
    named = [(name.strip(), _tidy(words)) for name, words in _read(text, suffix, columns)]
    named = [(name, words) for name, words in named if words]
    if not named:
        raise TranscriptError(f"no line begins with a speaker. {_FORMS}.")
    return named


def joined(named: Sequence[Named], roles: Mapping[str, Speaker]) -> tuple[Line, ...]:
    """Returns turns in order; what one side says until the other speaks is one turn.

    Args:
        named: Of `named_lines`.
        roles: Of each name in them.
    """
    turns = groupby([(roles[name], words) for name, words in named], key=itemgetter(0))
    return tuple((speaker, " ".join(words for _, words in said)) for speaker, said in turns)


def is_table(suffix: str) -> bool:
    """Tells whether a file's ending means rows and columns."""
    return suffix.lower() in {".csv", ".tsv"}


def _read(text: str, suffix: str, columns: "Columns | None") -> list[Named]:
    start = text.lstrip()
    if suffix.lower() == ".json" or start.startswith(("[{", "[\n", '{"')):
        return _read_json(text)
    if suffix.lower() in {".vtt", ".srt"} or start.startswith("WEBVTT"):
        return list(_read_webvtt(text))
    if is_table(suffix):
        return _read_csv(text, columns)
    return list(_named(map(_part, text.splitlines())))


def _tidy(words: str) -> str:
    return " ".join(_HALF_CHARACTER.sub("\ufffd", words).split())


def _part(line: str) -> Part:
    headed = _HEADED.match(line)
    if headed:
        return headed["name"], ""
    spoken = _SPOKEN.match(line)
    return (spoken["name"], spoken["text"]) if spoken else (None, line)


def _named(parts: Iterable[Part]) -> Iterator[Named]:
    """Gives words without a name to whoever spoke before; words before all names are left out."""
    speaker: str | None = None
    for name, words in parts:
        speaker = speaker if name is None else name
        if speaker is not None:
            yield speaker, words


def _read_json(text: str) -> list[Named]:
    try:
        data = json.loads(text)
        turns = (
            next(map(data.get, filter(data.__contains__, _LISTS)), None)
            if isinstance(data, dict)
            else data
        )
        entries = _ENTRIES.validate_python(turns)
    except json.JSONDecodeError as error:
        raise TranscriptError(
            f"no valid JSON in line {error.lineno}: {error.msg}", "json"
        ) from error
    except RecursionError as error:
        raise TranscriptError("the JSON is nested too deeply", "json") from error
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(str(part) for part in problem["loc"])
        raise TranscriptError(
            f"{field or 'the JSON'}: {problem['msg']}; expected a list of {{speaker, text}}",
            "json",
        ) from error
    return [(entry.speaker, entry.text) for entry in entries]


def _read_webvtt(text: str) -> Iterator[Named]:
    return _named(part for cue in _cues(text) for part in _parts_of(cue))


def _cues(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text):
        lines = block.splitlines()
        timing = next((i for i, line in enumerate(lines) if "-->" in line), None)
        if timing is not None:
            yield "\n".join(lines[timing + 1 :])


def _parts_of(cue: str) -> Iterator[Part]:
    unnamed, *voices = _VOICE.split(cue)
    for line in _plain(unnamed).splitlines():
        yield _part(line)
    for name, words in zip(voices[::2], voices[1::2], strict=True):
        yield name, _plain(words)


def _plain(cue: str) -> str:
    return html.unescape(_TAG.sub("", cue))


def _read_csv(text: str, columns: "Columns | None") -> list[Named]:
    # Only here: pandas takes its time to load, and most transcripts are no tables.
    from trainer.scoring.columns import pick, read_table

    return pick(read_table(text), columns)
