import lzma
from pathlib import Path

import pytest

from trainer.learn.speech.general import FILES, general_lines

SPEECH = "Ich danke Ihnen. Wir haben das lange beraten. Der Bericht liegt vor. Was sagen Sie dazu?"
PLAY = "Ich danke Ihnen. Ich seyn thät gar wundersam. Was sagst du dazu? Was sagen Sie dazu?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in zip(FILES, (SPEECH, PLAY, SPEECH), strict=True):
        with lzma.open(tmp_path / name, "wt", encoding="utf-8") as out:
            out.write(f"{text}\n" * 3)
    return tmp_path


def test_talk_is_kept_and_report_is_not(folder: Path) -> None:
    texts = {line.text for line in general_lines(folder)}
    assert "Wir haben das lange beraten." in texts
    assert "Der Bericht liegt vor." not in texts


def test_plays_give_only_modern_sentences_in_the_polite_form(folder: Path) -> None:
    texts = {line.text for line in general_lines(folder) if line.group == "drama.txt.xz"}
    assert texts == {"Ich danke Ihnen.", "Was sagen Sie dazu?"}


def test_the_same_seed_gives_the_same_lines(folder: Path) -> None:
    assert general_lines(folder, seed=3) == general_lines(folder, seed=3)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="bundestag20"):
        general_lines(tmp_path)
