"""Fields of a form over a draft: each shows a value, writes it back, and says what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from trainer.core.plan import Mood
from trainer.core.problem import Problem
from trainer.ui.content_words import field_of, say_problem
from trainer.ui.html import esc
from trainer.ui.texts import Texts
from trainer.ui.workpiece import Workpiece

_MOODS: tuple[Mood | None, ...] = (*Mood, None)
_LONGEST = 400

Number = TypeVar("Number", int, float)


class Fields:
    """The fields of one run of the page. A path is dotted, as in `name.first`."""

    def __init__(self, work: Workpiece, t: Texts) -> None:
        """Keeps what the fields work on."""
        self._work, self._t = work, t
        self._slots: dict[str, DeltaGenerator] = {}

    def text(self, path: str, *, help_key: str = "", long: bool = False) -> None:
        """Draws a field for a line; a `long` one grows with its text."""
        draw = st.text_area if long else st.text_input
        extra: dict[str, Any] = {"height": "content"} if long else {}
        value = draw(
            field_of(path, self._t),
            str(self._get(path) or ""),
            key=self._work.key(path),
            help=self._help(help_key),
            max_chars=_LONGEST,
            **extra,
        )
        self._put(path, value)

    def both(self, path: str, *, help_key: str = "", long: bool = False) -> None:
        """Draws the German and the English field of a text side by side."""
        left, right = st.columns(2)
        with left:
            self.text(f"{path}.de", help_key=help_key, long=long)
        with right:
            self.text(f"{path}.en", help_key="content.help.english", long=long)

    def choice(self, path: str, options: Sequence[Any], names: Callable[[Any], str]) -> None:
        """Draws a field with a few answers of which one holds."""
        now = self._get(path)
        value = st.selectbox(
            field_of(path, self._t),
            options,
            index=options.index(now) if now in options else 0,
            key=self._work.key(path),
            format_func=names,
        )
        self._put(path, value)

    def several(
        self, path: str, options: Sequence[Any], names: Callable[[Any], str], *, help_key: str
    ) -> None:
        """Draws a field with answers of which any number holds."""
        now = self._get(path)
        value = st.pills(
            field_of(path, self._t),
            options,
            default=[one for one in options if one in now],
            selection_mode="multi",
            key=self._work.key(path),
            format_func=names,
            help=self._help(help_key),
        )
        self._put(path, now if set(now) == set(value) else [one for one in options if one in value])

    def switch(self, path: str, *, help_key: str = "", label: str = "") -> None:
        """Draws a switch."""
        value = st.toggle(
            label or field_of(path, self._t),
            bool(self._get(path)),
            key=self._work.key(path),
            help=self._help(help_key),
        )
        self._put(path, value)

    def whole(self, path: str, low: int, high: int, *, help_key: str = "") -> None:
        """Draws a field for a whole number."""
        value = st.number_input(
            field_of(path, self._t),
            low,
            high,
            _within(int(self._get(path)), low, high),
            key=self._work.key(path),
            help=self._help(help_key),
        )
        self._put(path, int(value))

    def number(
        self, path: str, low: float, high: float, *, step: float = 1.0, label: str = ""
    ) -> None:
        """Draws a field for a number."""
        value = st.number_input(
            label or field_of(path, self._t),
            low,
            high,
            _within(float(self._get(path)), low, high),
            step=step,
            format="%g",
            key=self._work.key(path),
        )
        self._put(path, float(value))

    def share(self, path: str, *, help_key: str = "") -> None:
        """Draws a slider in percent for a number in [0, 1]."""
        value = st.slider(
            field_of(path, self._t),
            0,
            100,
            _within(round(float(self._get(path)) * 100), 0, 100),
            format="%d %%",
            key=self._work.key(path),
            help=self._help(help_key),
        )
        self._put(path, value / 100)

    def lines(self, path: str, *, help_key: str) -> None:
        """Draws a field in which each line is one of several texts."""
        value = st.text_area(
            field_of(path, self._t),
            "\n".join(self._get(path)),
            key=self._work.key(path),
            help=self._help(help_key),
            height="content",
        )
        self._put(path, _lines(value))

    def both_lines(self, path: str, *, help_key: str) -> None:
        """Draws two fields side by side whose lines belong together, German and English."""
        now = self._get(path)
        columns = st.columns(2)
        written = []
        for language, column in zip(("de", "en"), columns, strict=True):
            with column:
                value = st.text_area(
                    field_of(f"{path}.{language}", self._t),
                    "\n".join(line[language] for line in now),
                    key=self._work.key(f"{path}.{language}"),
                    help=self._help(help_key if language == "de" else "content.help.english"),
                    height="content",
                )
            written.append(_lines(value))
        german, english = written
        english += [""] * len(german)
        self._put(path, [{"de": de, "en": en} for de, en in zip(german, english, strict=False)])

    def spoken(self, path: str) -> None:
        """Draws a field for each mood, in which each line is one way to say something."""
        now = self._get(path)
        by_mood = {mood: _in_mood(now, mood) for mood in _MOODS}
        written: dict[Mood | None, list[str]] = {}
        for mood in _MOODS:
            key = mood or "any"
            value = st.text_area(
                self._t(f"content.mood.{key}"),
                "\n".join(by_mood[mood]),
                key=self._work.key(f"{path}.{key}"),
                height="content",
            )
            written[mood] = _lines(value)
        if written != by_mood:
            now = [{"mood": mood, "text": text} for mood in _MOODS for text in written[mood]]
        self._put(path, now)

    def place(self, path: str) -> None:
        """Keeps a place for what is wrong with something that has no field of its own."""
        self._slots[path] = st.empty()

    def tell(self, problems: Sequence[Problem]) -> None:
        """Says what is wrong beside the fields that were drawn, the others' left out."""
        for path, slot in self._slots.items():
            told = [say_problem(p, self._t) for p in problems if _is_about(p, path, self._slots)]
            if told:
                slot.html(f'<p class="wh-small wh-bad" role="alert">{esc(" ".join(told))}</p>')

    def _help(self, key: str) -> str | None:
        return self._t(key) if key else None

    def _get(self, path: str) -> Any:
        node: Any = self._work.draft
        for part in path.split("."):
            node = node[int(part)] if isinstance(node, list) else node[part]
        return node

    def _put(self, path: str, value: Any) -> None:
        *above, last = path.split(".")
        node: Any = self._work.draft
        for part in above:
            node = node[int(part)] if isinstance(node, list) else node[part]
        if isinstance(node, list):
            node[int(last)] = value
        else:
            node[last] = value
        self._slots[path] = st.empty()


def _is_about(problem: Problem, path: str, slots: Mapping[str, object]) -> bool:
    """Tells whether this is the nearest of the fields drawn to a problem."""
    return path == max(
        (known for known in slots if f"{problem.field}.".startswith(f"{known}.")),
        key=len,
        default=None,
    )


def _in_mood(said: Sequence[Mapping[str, Any]], mood: Mood | None) -> list[str]:
    return [variant["text"] for variant in said if variant["mood"] == mood]


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _within(value: Number, low: Number, high: Number) -> Number:
    return min(max(value, low), high)
