"""A call in the terminal: for people with names and prompts, for programs as JSON lines."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, TextIO

from rich.console import Console

from trainer.call import Call, Reaction, transcribe
from trainer.core.plan import Source
from trainer.core.turn import Segment, Turn
from trainer.wire import read_line, reply_json

_RANK = {source: rank for rank, source in enumerate(Source)}


@dataclass
class _Table:
    """The talk so far and the customer's state; a call without a database."""

    call: Call
    talk: list[Turn] = field(default_factory=list)
    reaction: Reaction | None = None

    def pick_up(self) -> dict[str, Any]:
        return self._answer(self.call.pick_up(), (), perf_counter())

    def say(self, text: str) -> dict[str, Any]:
        began = perf_counter()
        turn = self.call.hear(text, self.talk)
        self.talk.append(turn)
        assert self.reaction is not None, "the customer picks up first"
        reaction = self.call.react(turn, self.reaction.state, index=len(self.talk))
        return self._answer(reaction, turn.segments, began)

    def _answer(
        self, reaction: Reaction, heard: tuple[Segment, ...], began: float
    ) -> dict[str, Any]:
        said = list(self.call.speak(reaction.plan, self.talk))
        answer = transcribe(said)
        source = max((utterance.source for utterance in said), key=_RANK.__getitem__)
        latency_ms = (perf_counter() - began) * 1000
        self.talk.append(answer)
        self.reaction = reaction
        return reply_json(reaction, answer.text, heard, source=source, latency_ms=latency_ms)


def play_for_machines(call: Call, lines: Iterable[str], out: TextIO) -> None:
    """Answers each JSON line `{"text": …}` by one line; the customer picks up unasked.

    A line that is no such object is answered by `{"error": …}` and changes nothing. Stops after
    the line that ends the call.
    """
    table = _Table(call)
    _write(out, answer := table.pick_up())
    for line in lines:
        if answer["ended"] is not None:
            return
        if not line.strip():
            continue
        asked = read_line(line)
        if isinstance(asked, str):
            _write(out, {"error": asked})
            continue
        _write(out, answer := table.say(asked.text))


def play_for_people(call: Call, console: Console) -> None:
    """Plays with prompts until the call ends or the input does (Ctrl-D hangs up)."""
    name = call.persona.salutation
    table = _Table(call)
    answer = table.pick_up()
    for text in _prompts(console, name, answer):
        answer = table.say(text)
        _say(console, name, answer["reply"])
        if answer["ended"] is not None:
            console.print(f"— {answer['ended']} —", style="dim")
            return


def _prompts(console: Console, name: str, first: dict[str, Any]) -> Iterator[str]:
    console.print("Ctrl-D legt auf.", style="dim")
    _say(console, name, first["reply"])
    while True:
        try:
            yield console.input("[bold]Sie:[/bold] ")
        except EOFError:
            console.print("\n— aufgelegt —", style="dim")
            return


def _say(console: Console, name: str, text: str) -> None:
    console.print(f"{name}: {text}", markup=False, highlight=False, soft_wrap=True)


def _write(out: TextIO, value: dict[str, Any]) -> None:
    out.write(json.dumps(value, ensure_ascii=False) + "\n")
    out.flush()
