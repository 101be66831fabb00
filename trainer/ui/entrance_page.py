"""How the pages of the entrance look: one card with one form, light and dark, no script."""

from dataclasses import dataclass
from html import escape

from trainer.ui.texts import Texts

_STYLE = """
:root { color-scheme: light dark; --ink: light-dark(#1c2a29, #e9eeec);
  --muted: light-dark(#566462, #a9b8b5); --line: light-dark(#8a8577, #6d7f7f);
  --card: light-dark(#ffffff, #182222); --accent: light-dark(#0b6b66, #178079);
  --bad: light-dark(#a5281f, #f4a79e); --bad-soft: light-dark(#fae3df, #43211e); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 1.25rem;
  background: light-dark(#fbfaf7, #121b1b); color: var(--ink);
  font: 1rem/1.5 "Source Sans 3", "Source Sans Pro", system-ui, sans-serif; }
main { width: min(100%, 26rem); background: var(--card); border-radius: .75rem; padding: 2rem;
  border: 1px solid light-dark(#ddd7ca, #344242); overflow-wrap: anywhere; }
.name { color: var(--muted); font-weight: 600; margin: 0 0 .25rem; }
h1 { font: 600 1.75rem/1.2 "Source Serif 4", Georgia, serif; margin: 0 0 1.25rem; }
p { margin: 0 0 1.25rem; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
input { width: 100%; font: inherit; color: inherit; background: transparent;
  padding: .625rem .75rem; border: 1px solid var(--line);
  border-radius: .625rem; margin-bottom: 1rem; }
button { width: 100%; font: inherit; font-weight: 600; color: #fff; background: var(--accent);
  border: 0; border-radius: .625rem; padding: .7rem; cursor: pointer; margin-top: .25rem; }
:focus-visible { outline: 3px solid light-dark(#0b6b66, #7fd3ca); outline-offset: 2px; }
.bad { background: var(--bad-soft); color: var(--bad); border-radius: .625rem;
  padding: .75rem 1rem; }
nav { margin-top: 1.25rem; font-size: .875rem; }
a { color: light-dark(#0b6b66, #7fd3ca); }
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form.

    Attributes:
        autocomplete: What a password manager is told about it.
        hidden: Whether what is typed shows as dots.
    """

    name: str
    label: str
    autocomplete: str
    value: str = ""
    hidden: bool = False


def page(
    t: Texts,
    *,
    title: str,
    action: str,
    fields: tuple[Field, ...],
    button: str,
    lead: str = "",
    problem: str = "",
) -> str:
    """Returns a whole page; everything passed in is escaped."""
    alert = f'<p class="bad" role="alert">{escape(problem)}</p>' if problem else ""
    above = f"<p>{escape(lead)}</p>" if lead else ""
    inputs = "".join(_input(field, first=n == 0) for n, field in enumerate(fields))
    other = t("entrance.other_language")
    query = "&amp;" if "?" in action else "?"
    lang = "en" if t.language == "de" else "de"
    return (
        f'<!doctype html><html lang="{t.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} – Wiederhören</title><style>{_STYLE}</style></head><body><main>"
        f'<p class="name">Wiederhören</p><h1>{escape(title)}</h1>{above}{alert}'
        f'<form method="post" action="{escape(action)}{query}lang={t.language}">{inputs}'
        f"<button>{escape(button)}</button></form>"
        f'<nav><a href="{escape(action)}{query}lang={lang}" lang="{lang}">{escape(other)}</a></nav>'
        "</main></body></html>"
    )


def _input(field: Field, *, first: bool) -> str:
    kind = "password" if field.hidden else "text"
    value = f' value="{escape(field.value)}"' if field.value else ""
    focus = " autofocus" if first else ""
    return (
        f'<label for="{field.name}">{escape(field.label)}</label>'
        f'<input id="{field.name}" name="{field.name}" type="{kind}" required{value}{focus}'
        f' autocomplete="{field.autocomplete}" autocapitalize="none" spellcheck="false">'
    )
