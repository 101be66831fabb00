"""An assessment as a table in the terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from trainer.core.assessment import Assessment, CheckResult, Finding
from trainer.core.rubric import Principle
from trainer.core.text import Language

_MARKS = {
    CheckResult.MET: "[green]●[/green]",
    CheckResult.PARTLY: "[yellow]◐[/yellow]",
    CheckResult.NOT_MET: "[red]○[/red]",
    CheckResult.NOT_OBSERVABLE: "[dim]–[/dim]",
}


def print_scorecard(console: Console, title: str, result: Assessment, language: Language) -> None:
    """Prints levels, points, checks with their first quote, breaches and the two points."""
    console.print(f"\n[bold]{escape(title)}[/bold]  {_total(result)}")
    table = Table(show_header=False, box=None, padding=(0, 1))
    for principle in Principle:
        score = result.principles[principle]
        level = "–" if score.level is None else f"{score.level}/5"
        table.add_row(
            f"[bold]{principle}[/bold]", level, f"[bold]{escape(score.reason.in_(language))}[/bold]"
        )
        for finding in result.findings:
            if finding.principle is principle:
                table.add_row("", _MARKS[finding.result], escape(_line(finding, language)))
    console.print(table)
    for breach in result.breaches:
        console.print(f"[red]! {escape(breach.reason.in_(language))}[/red]")
    for number, advice in enumerate(result.advice, start=1):
        console.print(f"{number}. {escape(advice.happened.in_(language))}", highlight=False)
        console.print(f"   → {escape(advice.better)}", highlight=False)


def _total(result: Assessment) -> str:
    if result.total is None:
        return "unscored"
    return f"{result.total:.0f}/100 {'passed' if result.passed else 'not passed'}"


def _line(finding: Finding, language: Language) -> str:
    quote = f" „{finding.quotes[0].text}“" if finding.quotes else ""
    return f"{finding.reason.in_(language)}{quote}"
