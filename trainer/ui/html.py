"""Small pieces of HTML. Whatever people or models wrote goes through `esc` and nowhere else.

Streamlit would read such text as Markdown: `$` starts a formula, `:red[` a colour, `*` emphasis.
So it is never handed to `st.markdown`, but escaped here and drawn with `st.html`, which also
sanitises. Line breaks are kept by the style sheet (`white-space: pre-wrap`).
"""

import re
from html import escape
from typing import Literal

import streamlit as st

Tone = Literal["info", "good", "warn", "bad"]

_ICONS: dict[Tone, str] = {
    "info": "info",
    "good": "check_circle",
    "warn": "warning",
    "bad": "error",
}

_TO_TOP = "<script>document.querySelector('[data-testid=stMain]').scrollTo(0, 0)</script>"


def esc(text: object) -> str:
    """Returns a text that shows as it was written, also inside an attribute."""
    return escape(str(text), quote=True)


def unmarked(text: str) -> str:
    """Returns a text for the label of a widget, where Streamlit reads Markdown, as it was written.

    A person's words could otherwise fetch a picture from the net there.
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def quoted(text: str) -> str:
    """Returns a text in German quotation marks; marks inside it become single ones."""
    return f"„{text.replace('„', '‚').replace('“', '‘')}“"


def icon(name: str, *, tone: Tone | None = None) -> str:
    """Returns a Material symbol as decoration; the words beside it carry the meaning."""
    kind = f" wh-{tone}" if tone else ""
    return f'<span class="wh-icon{kind}" translate="no" aria-hidden="true">{esc(name)}</span>'


def badge(text: str, *, tone: Tone | None = None, symbol: str | None = None) -> str:
    """Returns a short label in a rounded box."""
    kind = f" wh-{tone}" if tone else ""
    return f'<span class="wh-badge{kind}">{icon(symbol) if symbol else ""}{esc(text)}</span>'


def notice(text: str, *, tone: Tone = "info", details: str = "") -> None:
    """Draws a message across the page.

    Args:
        text: What happened and what to do.
        tone: Its weight; `bad` is announced by screen readers at once.
        details: The technical message, in small print.
    """
    role = "alert" if tone in ("bad", "warn") else "status"
    small = f'<div class="wh-small">{esc(details)}</div>' if details else ""
    st.html(
        f'<div class="wh-notice wh-{tone}" role="{role}">{icon(_ICONS[tone])}'
        f"<div><div>{esc(text)}</div>{small}</div></div>"
    )


def scroll_to_top() -> None:
    """Makes the window start at the top, as it does on a new page; a view is none to Streamlit."""
    st.html(_TO_TOP, unsafe_allow_javascript=True)


def heading(text: str, *, lead: str = "", level: int = 1) -> None:
    """Draws a page's or section's heading with an optional line under it."""
    below = f'<p class="wh-lead">{esc(lead)}</p>' if lead else ""
    st.html(f'<div class="wh-head"><h{level}>{esc(text)}</h{level}>{below}</div>')
