"""Fits the shipped recogniser from the corpus: `python -m trainer.learn.recognizer`."""

from pathlib import Path
from typing import Annotated

import typer

from trainer.learn.borders import fit_borders
from trainer.learn.crossfit import CrossFit
from trainer.learn.fit import fit_scorers

WEIGHTS = Path(__file__).resolve().parent.parent / "nlu" / "weights"


def main(
    folder: Annotated[Path, typer.Argument(help="Where the weights go.")] = WEIGHTS,
) -> None:
    """Fits one model for each speaker and the borders, and writes their files."""
    folder.mkdir(parents=True, exist_ok=True)
    typer.echo("fitting on all files but some, for calibration")
    cross = CrossFit.of_corpus()
    typer.echo("fitting on all files")
    for speaker, scorer in fit_scorers(cross.corpus).items():
        cross.model(scorer, speaker).save(folder, speaker.value)
    fit_borders(cross.corpus).save(folder)


if __name__ == "__main__":
    typer.run(main)
