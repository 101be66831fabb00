"""A small trend line in the colour of the page, without a chart library to load."""

from collections.abc import Sequence
from urllib.parse import quote

from trainer.ui.html import esc

_WIDTH, _HEIGHT, _MARGIN = 120, 36, 4


def sparkline(values: Sequence[float], *, label: str) -> str:
    """Returns a line over values of 0–100.

    Args:
        values: Oldest first; one value is drawn as a dot, none as nothing.
        label: What a screen reader says in its place.
    """
    if not values:
        return ""
    step = (_WIDTH - 2 * _MARGIN) / max(1, len(values) - 1)
    places = [
        (
            _WIDTH - _MARGIN - step * (len(values) - 1 - n),
            _MARGIN + (_HEIGHT - 2 * _MARGIN) * (1 - value / 100),
        )
        for n, value in enumerate(values)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    drawing = quote(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}">'
        f'<polyline points="{line}" fill="none" stroke="#000" stroke-width="2.5" '
        f'stroke-linejoin="round" stroke-linecap="round"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/></svg>'
    )
    return (
        f'<span class="wh-spark" role="img" aria-label="{esc(label)}" '
        f"style=\"mask-image:url('data:image/svg+xml,{drawing}')\"></span>"
    )
