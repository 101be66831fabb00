"""What is missing for recordings, and what becomes of one; no model is shipped."""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from trainer.errors import SpeechError
from trainer.speech import recording
from trainer.speech.recording import Ear, Missing, ear_of, missing


class FakeModel:
    """Stands in for a model of faster-whisper 1.2: same constructor, same generator of parts."""

    texts = (" Guten Tag, ", " Frau Yılmaz.")

    def __init__(self, path: str, **options: object) -> None:
        assert options["local_files_only"] is True
        if not (Path(path) / "model.bin").is_file():
            raise RuntimeError(f"Unable to open file 'model.bin' in model '{path}'")

    def transcribe(self, audio: object, **options: object) -> tuple[object, None]:
        assert options["language"] == "de"
        if audio.read() == b"broken":
            raise ValueError("Invalid data found when processing input")
        return (SimpleNamespace(text=text) for text in self.texts), None


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("faster_whisper")
    module.WhisperModel = FakeModel
    monkeypatch.setitem(sys.modules, "faster_whisper", module)
    monkeypatch.setattr(recording, "find_spec", lambda name: module)


def test_what_is_missing_is_named_in_the_order_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as bare:
        bare.setattr(recording, "find_spec", lambda name: None)
        assert missing(tmp_path) is Missing.PACKAGE
    monkeypatch.setattr(recording, "find_spec", lambda name: object())
    assert missing(None) is Missing.FOLDER
    assert missing(tmp_path) is Missing.WEIGHTS and ear_of(tmp_path) is None
    (tmp_path / "model.bin").touch()
    assert missing(tmp_path) is None and ear_of(tmp_path) == Ear(tmp_path)


@pytest.mark.usefixtures("package")
def test_a_recording_becomes_words(tmp_path: Path) -> None:
    (tmp_path / "model.bin").touch()
    assert Ear(tmp_path).hear(b"RIFF") == "Guten Tag, Frau Yılmaz."


@pytest.mark.usefixtures("package")
def test_a_recording_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match=r"model\.bin"):
        Ear(tmp_path).hear(b"RIFF")
    (tmp_path / "model.bin").touch()
    with pytest.raises(SpeechError, match="Invalid data"):
        Ear(tmp_path).hear(b"broken")
