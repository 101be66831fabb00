"""The lines of a call as bubbles, the trainee's to the right."""

from trainer.core.acts import Speaker
from trainer.ui.html import esc

DOTS = '<span class="wh-dots" aria-hidden="true"><i></i><i></i><i></i></span>'


def bubble(
    speaker: Speaker,
    who: str,
    inner: str,
    *,
    identity: str | None = None,
    number: int | None = None,
    new: bool = False,
) -> str:
    """Returns one line of the call.

    Args:
        speaker: Decides side and colour.
        who: The name over it.
        inner: Escaped text or HTML of ours.
        identity: The element's id, a target for links.
        number: Shown as the line's number, from 1.
        new: Whether it fades in.
    """
    side = "wh-me" if speaker is Speaker.TRAINEE else "wh-them"
    marked = f' id="{identity}" tabindex="-1"' if identity else ""
    count = f'<span class="wh-number">{number}</span>' if number is not None else ""
    return (
        f'<div class="wh-turn {side}{" wh-new" if new else ""}"{marked}>{count}'
        f'<div class="wh-who">{esc(who)}</div><div class="wh-text" lang="de">{inner}</div></div>'
    )


def column(bubbles: str, *, label: str, live: bool = False) -> str:
    """Returns bubbles one under the other.

    Args:
        bubbles: What `bubble` returned, joined.
        label: What screen readers call the list.
        live: Whether new lines are read out.
    """
    role = 'role="log" aria-live="polite"' if live else 'role="region"'
    # It may lie in a box that scrolls; the keyboard reaches that by something to stand on.
    return f'<div class="wh-turns" {role} tabindex="0" aria-label="{esc(label)}">{bubbles}</div>'
