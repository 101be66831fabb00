"""The command line: `python -m trainer --help`."""

import json
import os
import sys
from pathlib import Path
from random import randrange
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from trainer.admin import tidy, users
from trainer.agreeing import agreement
from trainer.bootstrap import build_desk, build_llm
from trainer.call import Call
from trainer.catalog import load_catalog
from trainer.core.acts import Speaker
from trainer.core.text import Language
from trainer.database import database
from trainer.errors import TrainerError
from trainer.llm.hub import CHOICES, fetch
from trainer.llm.probe import seconds_to_first_words
from trainer.play import play_for_machines, play_for_people
from trainer.scorecard import print_scorecard
from trainer.scorer import Scored, processes, score_all
from trainer.settings import load_settings
from trainer.wire import assessment_json, read_line, segments_json

app = typer.Typer(
    help="Wiederhören: practise winning customers back by telephone.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(database, name="db")
models = typer.Typer(help="Language models for this machine.", no_args_is_help=True)
app.add_typer(models, name="model")
app.add_typer(users, name="user")
app.command()(tidy)
app.command()(agreement)

_MODEL_TABLE_WIDTH = 108

_out = Console()
_err = Console(stderr=True)


def main() -> None:
    """Runs a command; an error a person can act on becomes one line and exit code 1."""
    try:
        app()
    except TrainerError as error:
        _err.print(f"Error: {error}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)


@app.command()
def play(
    persona: Annotated[str, typer.Option(help="Id of the persona, see `check`.")],
    seed: Annotated[int | None, typer.Option(help="Same seed and lines, same plan.")] = None,
    jsonl: Annotated[bool, typer.Option(help="JSON lines in and out.")] = False,
) -> None:
    """Plays a call in the terminal; nothing is stored."""
    settings = load_settings()
    desk = build_desk(settings, build_llm(settings))
    call = Call(
        desk.catalog.persona(persona),
        randrange(2**31) if seed is None else seed,  # noqa: S311 - a replayable seed, no secret
        desk.recognizer,
        desk.generator,
    )
    if jsonl:
        play_for_machines(call, sys.stdin, sys.stdout)
    else:
        play_for_people(call, _out)


@app.command()
def label(
    speaker: Annotated[str, typer.Option(help="agent or customer")],
) -> None:
    """Recognises dialogue acts: JSON lines {"text", "context"?} in, {"segments"} out."""
    who = {"agent": Speaker.TRAINEE, "trainee": Speaker.TRAINEE, "customer": Speaker.CUSTOMER}
    if speaker not in who:
        raise typer.BadParameter(f"{speaker!r} is neither agent nor customer")
    recognizer = build_desk(load_settings()).recognizer
    for line in filter(str.strip, sys.stdin):
        asked = read_line(line)
        if isinstance(asked, str):
            _print_json({"error": asked})
            continue
        segments = recognizer.label(asked.text, speaker=who[speaker], context=asked.context)
        _print_json({"segments": segments_json(segments)})


@app.command()
def score(
    files: Annotated[list[Path], typer.Argument(help="Transcripts: text, JSON, WebVTT or CSV.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a file.")] = False,
    language: Annotated[Language, typer.Option(help="Language of the reasons.")] = Language.GERMAN,
    agent: Annotated[
        list[str] | None, typer.Option(help="A name that is the agent's; can be given again.")
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 for as many as help.")] = 0,
) -> None:
    """Scores transcripts on the four principles; many files on all cores."""
    number = processes(len(files), workers, os.cpu_count() or 1)
    scoring = score_all(files, load_settings(), agents=frozenset(agent or ()), workers=number)
    columns = (TextColumn("calls"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    failed = 0
    with Progress(*columns, console=_err, transient=True, disable=len(files) == 1) as progress:
        for found in progress.track(scoring, total=len(files)):
            failed += found.assessment is None
            _print_scored(found, language, as_json=as_json)
    if failed:
        if len(files) > 1:
            _err.print(f"{failed} of {len(files)} files could not be read.", style="red")
        raise typer.Exit(1)


def _print_scored(found: Scored, language: Language, *, as_json: bool) -> None:
    if found.assessment is None:
        if as_json:
            _print_json({"file": str(found.file), "error": found.problem})
        else:
            line = f"{found.file}: {found.problem}"
            _err.print(line, style="red", markup=False, soft_wrap=True)
    elif as_json:
        _print_json(assessment_json(str(found.file), found.assessment, language))
    else:
        print_scorecard(_out, found.file.name, found.assessment, language)


@app.command(name="simulate")
def simulate_calls(
    agents: Annotated[str, typer.Option(help="Comma-separated; `all` for all eight.")] = "all",
    personas: Annotated[str, typer.Option(help="Comma-separated ids; empty for all.")] = "",
    calls: Annotated[int, typer.Option(min=1, help="Calls of each with each.")] = 3,
    seed: Annotated[int, typer.Option(help="First seed; same seeds, same calls.")] = 1,
    workers: Annotated[int, typer.Option(min=0, help="Processes; 0 for one a core.")] = 0,
    ray: Annotated[
        str | None, typer.Option(help="Address of a Ray cluster, or `local`; optional.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Folder for JSON, HTML and text.")] = None,
) -> None:
    """Lets scripted agents telephone every customer; reports who was won and how calls went."""
    from trainer.simulation.command import Order, simulate
    from trainer.simulation.skills import SKILLS

    order = Order(
        agents=list(SKILLS) if agents == "all" else _names(agents),
        personas=_names(personas),
        calls=calls,
        seed=seed,
        workers=workers,
        ray=ray,
        folder=report,
    )
    simulate(order, load_settings(), _out, _err)


@app.command()
def check() -> None:
    """Validates personas and rubrics; names file and field of every error."""
    settings = load_settings()
    catalog = load_catalog(settings.personas, settings.rubrics)
    for problem in catalog.problems:
        _err.print(str(problem), style="red", markup=False, soft_wrap=True)
    _out.print(f"Personas: {', '.join(catalog.personas) or 'none'}")
    _out.print(f"Rubrics: {', '.join(catalog.rubrics) or 'none'}")
    if catalog.problems:
        raise typer.Exit(1)


@models.command("list")
def model_list() -> None:
    """Shows open models that speak German, with what they need."""
    table = Table("model", "weights", "files", "memory", "licence", "wants", box=None)
    for choice in CHOICES:
        table.add_row(
            choice.id,
            f"{choice.billions:g} B",
            f"{choice.download_gb:g} GB",
            f"{choice.memory_gb:g} GB",
            choice.licence,
            f"GPU of {choice.gpu_gb} GB" if choice.gpu_gb else "processor",
        )
    Console(width=max(_out.width, _MODEL_TABLE_WIDTH)).print(table)


@models.command("fetch")
def model_fetch(
    model: Annotated[str, typer.Argument(help="Hub id, see `model list`.")],
) -> None:
    """Fetches a model from the hub; goes on where an earlier try broke off."""
    folder = fetch(model)
    _out.print(f"Fetched to {folder}. Use it with:", soft_wrap=True)
    _out.print(f"WIEDERHOEREN_LLM=local WIEDERHOEREN_MODEL={model} make run", soft_wrap=True)


@models.command("info")
def model_info() -> None:
    """Shows which model words the customer's replies, or why it does not answer."""
    settings = load_settings()
    llm = build_llm(settings)
    if llm is None:
        _out.print("phrases: no language model, the phrase bank alone")
        return
    waited = seconds_to_first_words(llm)
    _out.print(f"{settings.llm}: {llm.name}, first words after {waited:.2f} s", soft_wrap=True)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _print_json(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))
