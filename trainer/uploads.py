"""Uploaded files and archives of files, taken apart within limits.

An archive is never believed: neither the sizes it names nor the paths in it. What is too much is
refused with the reason, and the rest still comes.
"""

import lzma
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

MOST_FILES = 1_000
MOST_FILE_BYTES = 5_000_000
MOST_BYTES = 200_000_000
"""Of all files of a batch together, unpacked."""
KINDS = ("txt", "json", "vtt", "srt", "csv", "tsv")
_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 20 * MOST_FILES
_LOCKED = 0x1
_BROKEN = (
    *(BadZipFile, NotImplementedError, RuntimeError, zlib.error, lzma.LZMAError),
    *(EOFError, OSError, ValueError),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file: its name and all its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not taken.

    Attributes:
        problem: Key of the words that say why in the page's language.
        details: The technical message in English; may be empty.
    """

    file: str
    problem: str
    details: str = ""


@dataclass
class Unpacked:
    """What a batch holds."""

    files: list[Upload] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    _left: int = MOST_BYTES

    def add(self, name: str, content: bytes) -> None:
        """Takes a file, or refuses it for its kind, its size or the size of all."""
        problem = self._problem(name, content)
        if problem:
            self.refused.append(Refused(name, problem))
            return
        self._left -= len(content)
        self.files.append(Upload(name, content))

    def _problem(self, name: str, content: bytes) -> str:
        if _suffix(name) not in KINDS:
            return "kind"
        if len(content) > MOST_FILE_BYTES:
            return "large"
        if len(self.files) >= MOST_FILES:
            return "many"
        return "total" if len(content) > self._left else ""


def unpack(uploads: Sequence[Upload]) -> Unpacked:
    """Returns the files in a batch, those of zip archives among them."""
    batch = Unpacked()
    for upload in uploads:
        name = PurePosixPath(upload.name).name
        if _suffix(name) == "zip":
            _open_archive(name, upload.content, batch)
        else:
            batch.add(name, upload.content)
    return batch


def _open_archive(name: str, content: bytes, batch: Unpacked) -> None:
    # Counted before it is opened: opening makes an object of every entry.
    if content.count(_ENTRY) > _MOST_ENTRIES:
        batch.refused.append(Refused(name, "many"))
        return
    try:
        with ZipFile(BytesIO(content)) as archive:
            for entry in _wanted(archive):
                _take(archive, entry, batch)
    except _BROKEN as error:
        batch.refused.append(Refused(name, "zip", str(error)))


def _wanted(archive: ZipFile) -> Iterator[ZipInfo]:
    """Yields what people put in; folders and what systems add are none of it."""
    for entry in archive.infolist():
        path = PurePosixPath(entry.filename)
        if not entry.is_dir() and "__MACOSX" not in path.parts and path.name[:1] not in ("", "."):
            yield entry


def _take(archive: ZipFile, entry: ZipInfo, batch: Unpacked) -> None:
    name = PurePosixPath(entry.filename).name
    if entry.flag_bits & _LOCKED:
        batch.refused.append(Refused(name, "locked"))
        return
    if _suffix(name) not in KINDS or len(batch.files) >= MOST_FILES:
        batch.add(name, b"")
        return
    try:
        with archive.open(entry) as stream:
            content = stream.read(MOST_FILE_BYTES + 1)
    except _BROKEN as error:
        batch.refused.append(Refused(name, "zip", str(error)))
        return
    batch.add(name, content)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")
