"""Fits the shipped recogniser from the corpus: `python -m trainer.learn.recognizer`."""

from pathlib import Path
from typing import Annotated

import typer

from trainer.core.dialogue import Speaker
from trainer.learn.corpus import examples_of
from trainer.learn.fit import fit

WEIGHTS = Path(__file__).resolve().parent.parent / "nlu" / "weights"


def main(
    folder: Annotated[Path, typer.Argument(help="Where the weights go.")] = WEIGHTS,
) -> None:
    """Fits one model for each speaker and writes its files."""
    folder.mkdir(parents=True, exist_ok=True)
    for speaker in Speaker:
        examples = examples_of(speaker)
        typer.echo(f"fitting {speaker.value}: {len(examples)} segments")
        fit(examples).save(folder, speaker.value)


if __name__ == "__main__":
    typer.run(main)
