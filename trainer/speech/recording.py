"""From a recording to words, by a recogniser in a folder on this machine.

    settings ─► ear_of ─► Ear.hear(wav) ─► text

Needs `requirements-voice.txt` and a model folder (docs/voice.md). Nothing is fetched, and a
recording is never kept.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from trainer.errors import SpeechError

_PACKAGE = "faster_whisper"
_WEIGHTS = "model.bin"
_NAMES = "Gespräch am Telefon, Kundenrückgewinnung."
"""Tells the recogniser what kind of talk to expect, and that German is written with umlauts."""


class Missing(StrEnum):
    """What keeps recordings from being understood; pages say how to get it."""

    PACKAGE = "package"
    FOLDER = "folder"
    WEIGHTS = "weights"


def missing(folder: Path | None) -> Missing | None:
    """Returns what is not there yet; None where recordings can be understood."""
    if find_spec(_PACKAGE) is None:
        return Missing.PACKAGE
    if folder is None:
        return Missing.FOLDER
    return None if (folder / _WEIGHTS).is_file() else Missing.WEIGHTS


@dataclass(frozen=True)
class Ear:
    """A recogniser of German speech; one for all sessions of a process.

    Attributes:
        folder: A Whisper model in CTranslate2's form.
    """

    folder: Path

    def hear(self, wav: bytes) -> str:
        """Returns the words of a recording; empty where nobody spoke.

        Args:
            wav: A recording in any form that FFmpeg reads, such as WAV.

        Raises:
            SpeechError: The model cannot be loaded, or the recording cannot be read.
        """
        with self._turn:  # the model uses all cores; two at once would only slow each other down
            try:
                parts, _ = self._model.transcribe(
                    BytesIO(wav),
                    language="de",
                    vad_filter=True,
                    beam_size=1,
                    initial_prompt=_NAMES,
                    condition_on_previous_text=False,
                )
                return " ".join(part.text.strip() for part in parts).strip()
            except (RuntimeError, ValueError, OSError) as error:
                raise SpeechError(f"the recording could not be understood: {error}") from error

    @cached_property
    def _model(self) -> Any:
        from faster_whisper import WhisperModel

        return WhisperModel(
            str(self.folder), device="cpu", compute_type="int8", local_files_only=True
        )

    @cached_property
    def _turn(self) -> Lock:
        return Lock()


def ear_of(folder: Path | None) -> Ear | None:
    """Returns the recogniser in a folder; None where something is missing."""
    return Ear(folder) if folder is not None and missing(folder) is None else None
