"""Reads a transcript from text, JSON, WebVTT or CSV as lines of speaker and words.

Text has lines like `Agent: Guten Tag` and `Kunde: Ja, bitte?`, JSON a list of {speaker, text},
WebVTT cues like `<v Agent>Guten Tag</v>`, CSV the columns speaker and text.
"""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import TypeAlias

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from trainer.core.dialogue import Speaker
from trainer.errors import TranscriptError
from trainer.scoring.decoding import decode
from trainer.scoring.speakers import roles_of

Line: TypeAlias = tuple[Speaker, str]
Named: TypeAlias = tuple[str, str]

MOST_CHARACTERS = 2_000_000

_FORMS = (
    "Use lines like “Agent: …” and “Kunde: …”, a JSON list of {speaker, text}, WebVTT, or CSV with "
    "the columns speaker and text"
)
_SPOKEN = re.compile(
    r"""^\s*(?:\[?\(?\d{1,2}[:.]\d{2}(?:[:.,]\d{2,3})*\)?\]?\s*[-–]?\s*)?   # a time
    (?P<name>[^\W\d_][^:\n]{0,39}?)\s*
    (?:[\[(]\d{1,2}[:.]\d{2}[^\])]*[\])]\s*)?:\s*(?P<text>.*)$""",
    re.VERBOSE,
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]+)>(?P<text>.*?)(?:</v>|$)")
_TAG = re.compile(r"<[^>]*>")
_WHO = {"speaker", "sprecher", "sprecherin", "rolle", "role", "name", "wer"}
_WHAT = {"text", "utterance", "äußerung", "aeusserung", "inhalt", "content", "message", "nachricht"}


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore")

    speaker: str = Field(validation_alias=AliasChoices("speaker", "role", "name"))
    text: str = Field(validation_alias=AliasChoices("text", "content", "message"))


_ENTRIES = TypeAdapter(list[_Entry])


def read_transcript(path: Path) -> tuple[Line, ...]:
    """Reads a transcript file.

    Raises:
        TranscriptError: It cannot be read, or who is who cannot be told.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TranscriptError(f"cannot be read: {error.strerror or error}") from error
    return parse_transcript(content, path.suffix)


def parse_transcript(content: bytes, suffix: str) -> tuple[Line, ...]:
    """Reads a transcript.

    Args:
        content: The bytes of the file.
        suffix: The ending of its name, such as `.csv`; unknown ones are read as text.

    Returns:
        Turns in order; what one person says until the other speaks is one turn.

    Raises:
        TranscriptError: It is in none of the known forms, or who is who cannot be told.
    """
    text = decode(content)
    if not text.strip():
        raise TranscriptError(f"the transcript is empty. {_FORMS}.")
    if len(text) > MOST_CHARACTERS:
        raise TranscriptError(
            f"the transcript has {len(text)} characters, more than {MOST_CHARACTERS}; split it"
        )
    named = [(name.strip(), " ".join(words.split())) for name, words in _read(text, suffix)]
    named = [(name, words) for name, words in named if words]
    if not named:
        raise TranscriptError(f"no line begins with a speaker. {_FORMS}.")
    roles = roles_of(named)
    return _joined([(roles[name], words) for name, words in named])


def _read(text: str, suffix: str) -> list[Named]:
    start = text.lstrip()
    if suffix.lower() == ".json" or start.startswith(("[{", "[\n", '{"')):
        return _read_json(text)
    if suffix.lower() == ".vtt" or start.startswith("WEBVTT"):
        return list(_read_webvtt(text))
    if suffix.lower() in {".csv", ".tsv"}:
        return _read_csv(text)
    return list(_read_text(text.splitlines()))


def _read_text(lines: Sequence[str]) -> Iterator[Named]:
    name: str | None = None
    words: list[str] = []
    for line in lines:
        spoken = _SPOKEN.match(line)
        if spoken:
            if name is not None:
                yield name, " ".join(words)
            name, words = spoken["name"], [spoken["text"]]
        elif name is not None:
            words.append(line)
    if name is not None:
        yield name, " ".join(words)


def _read_json(text: str) -> list[Named]:
    try:
        data = json.loads(text)
        turns = data.get("turns") if isinstance(data, dict) else data
        entries = _ENTRIES.validate_python(turns)
    except json.JSONDecodeError as error:
        raise TranscriptError(f"no valid JSON in line {error.lineno}: {error.msg}") from error
    except RecursionError as error:
        raise TranscriptError("the JSON is nested too deeply") from error
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(str(part) for part in problem["loc"])
        raise TranscriptError(
            f"{field or 'the JSON'}: {problem['msg']}; expected a list of {{speaker, text}}"
        ) from error
    return [(entry.speaker, entry.text) for entry in entries]


def _read_webvtt(text: str) -> Iterator[Named]:
    for block in re.split(r"\n\s*\n", text):
        lines = block.splitlines()
        timing = next((i for i, line in enumerate(lines) if "-->" in line), None)
        if timing is None:
            continue
        cue = "\n".join(lines[timing + 1 :])
        voices = [(found["name"], _TAG.sub("", found["text"])) for found in _VOICE.finditer(cue)]
        yield from voices or _read_text(_TAG.sub("", cue).splitlines())


def _read_csv(text: str) -> list[Named]:
    first = text.lstrip().splitlines()[0]
    separator = max(";,\t|", key=first.count)
    rows = list(csv.reader(StringIO(text.lstrip()), delimiter=separator))
    head = [cell.strip().lower() for cell in rows[0]]
    who = next((i for i, cell in enumerate(head) if cell in _WHO), None)
    what = next((i for i, cell in enumerate(head) if cell in _WHAT), None)
    if who is None or what is None:
        raise TranscriptError(
            f"the columns are {', '.join(filter(None, head))}; name two of them speaker and text"
        )
    return [(row[who], row[what]) for row in rows[1:] if len(row) > max(who, what)]


def _joined(lines: Sequence[Line]) -> tuple[Line, ...]:
    turns: list[Line] = []
    for speaker, words in lines:
        if turns and turns[-1][0] is speaker:
            turns[-1] = (speaker, f"{turns[-1][1]} {words}")
        else:
            turns.append((speaker, words))
    return tuple(turns)
