"""Fits the shipped language model: `python -m trainer.learn.speech`, or `make fit-model`."""

import math
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import torch
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from transformers import AutoTokenizer, LlamaForCausalLM, PreTrainedTokenizerBase
from transformers.utils import logging

from trainer.learn.speech.batches import Row, rows_of
from trainer.learn.speech.calls import call_lines, held_out, trainee_lines
from trainer.learn.speech.general import general_lines
from trainer.learn.speech.line import Line
from trainer.learn.speech.network import new_network, ship
from trainer.learn.speech.tokenizer import fit_tokenizer
from trainer.learn.speech.training import Fitting, Stage, perplexity
from trainer.llm.local import EMBEDDED

_PROJECT = Path(__file__).resolve().parents[3]
_GENERAL = 400_000
"""Sentences of general German that are read at most."""
_TOKENIZER_SHARE = 150_000
_EARLY_SEEDS, _LATE_SEEDS = (1, 2), (3, 4, 5)
"""Copies of the calls in the first and the second stage, each with notes of its own: what is seen
twice in the same words is learnt by heart."""
_KEPT = 20_000
"""General sentences that stay among the calls."""

_out = Console()


def main(
    pretrain: Annotated[Path | None, typer.Option(help="Folder with general German.")] = None,
    work: Annotated[Path, typer.Option(help="Where checkpoints go; they are taken up.")] = (
        _PROJECT / "var" / "fit-model"
    ),
    out: Annotated[Path, typer.Option(help="Where the fitted model goes.")] = EMBEDDED,
    general_tokens: Annotated[float, typer.Option(help="Millions, first stage.")] = 14.0,
    call_tokens: Annotated[float, typer.Option(help="Millions, second stage.")] = 3.5,
) -> None:
    """Fits general German first, then the calls, and writes the model.

    A run that was stopped goes on where it was when it is started again with the same options.
    """
    torch.manual_seed(0)
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    work.mkdir(parents=True, exist_ok=True)
    general = general_lines(pretrain)[:_GENERAL] if pretrain else []
    early = [*_fitted(_EARLY_SEEDS), *(line for s in _EARLY_SEEDS for line in trainee_lines(s))]
    tokenizer = _tokenizer(work, [*early, *general[:_TOKENIZER_SHARE]])
    network = new_network(tokenizer)
    if general:
        rows = rows_of([*general, *early], tokenizer)
        _run(network, rows, Stage("general", round(general_tokens * 1e6), 2e-3, cooled=0.0), work)
    late = _fitted(_LATE_SEEDS)
    facts = [line for line in late if line.group.startswith("facts")]
    rows = rows_of([*late, *facts, *general[:_KEPT]], tokenizer)
    _run(network, rows, Stage("calls", round(call_tokens * 1e6), 1.5e-3, cooled=1.0), work)
    ship(network, tokenizer, out)
    _report(network, tokenizer, rows_of(list(filter(held_out, call_lines())), tokenizer))


def _fitted(seeds: Iterable[int]) -> list[Line]:
    return [line for seed in seeds for line in call_lines(seed) if not held_out(line)]


def _tokenizer(work: Path, lines: Iterable[Line]) -> PreTrainedTokenizerBase:
    """Returns the tokenizer of a run that was stopped, or fits one."""
    folder = work / "tokenizer"
    if not folder.exists():
        fit_tokenizer(line.text for line in lines).save_pretrained(folder)
    tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(folder)  # nosec B615
    return tokenizer


def _run(network: LlamaForCausalLM, rows: list[Row], stage: Stage, work: Path) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_out) as progress:
        task = progress.add_task(stage.name, total=1.0)

        def report(done: float, loss: float) -> None:
            progress.update(task, completed=done, description=f"{stage.name}, loss {loss:.2f}")

        checkpoint = work / f"{stage.name}.pt"
        compiled = shutil.which("g++") is not None
        Fitting(network, rows, stage, checkpoint, compiled=compiled).run(report)


def _report(network: LlamaForCausalLM, tokenizer: PreTrainedTokenizerBase, rows: list[Row]) -> None:
    found = perplexity(network, rows, int(tokenizer.pad_token_id or 0))
    _out.print(f"held-out lines: {len(rows)}, perplexity of a token {found:.1f}")
    if not math.isfinite(found):
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
