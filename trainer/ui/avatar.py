"""A drawn portrait for a persona: the same person always gets the same face, no photo needed."""

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from trainer.core.persona import Gender, Persona
from trainer.ui.html import esc

_SKINS = ("#f3d2bb", "#ecc3a4", "#e0ae8b", "#c98f68", "#f6dccb")
_HAIRS = ("#2d2522", "#4d3527", "#6f4a2f", "#94673b", "#b98a4e")
_GREYS = ("#8f9090", "#b9b8b4", "#d6d4ce")
_CLOTHES = ("#2f6f8f", "#7a4b6e", "#3f7a5c", "#8a5a35", "#4a5a86", "#9a4a48")
_GROUNDS = ("#d5e7e4", "#e9dfd0", "#dfe3ee", "#e8dbe2", "#dfe8d5", "#efe3c8")
_GREY_FROM = 58


@dataclass(frozen=True, slots=True)
class _Look:
    skin: str
    hair: str
    clothes: str
    ground: str
    style: int
    glasses: bool
    beard: bool


def picture(persona: Persona, *, size: int, empty_alt: bool = True) -> str:
    """Returns an `<img>` with the portrait.

    Args:
        persona: Whom to draw; gender and age shape the face, the id everything else.
        size: Edge in pixels.
        empty_alt: True where the name stands beside it and need not be read out twice.
    """
    data = b64encode(draw(persona).encode()).decode()
    alt = "" if empty_alt else esc(persona.full_name)
    return (
        f'<img class="wh-avatar" width="{size}" height="{size}" alt="{alt}" '
        f'src="data:image/svg+xml;base64,{data}">'
    )


def draw(persona: Persona) -> str:
    """Returns the portrait as SVG."""
    return _svg(_look(persona), female=persona.gender is Gender.FEMALE)


def _look(persona: Persona) -> _Look:
    dice = sha256(persona.id.encode()).digest()
    hairs = _GREYS if persona.age >= _GREY_FROM else _HAIRS
    return _Look(
        skin=_SKINS[dice[0] % len(_SKINS)],
        hair=hairs[dice[1] % len(hairs)],
        clothes=_CLOTHES[dice[2] % len(_CLOTHES)],
        ground=_GROUNDS[dice[3] % len(_GROUNDS)],
        style=dice[4] % 3,
        glasses=dice[5] % 5 < (3 if persona.age >= 45 else 1),
        beard=persona.gender is Gender.MALE and dice[6] % 5 < 2,
    )


@lru_cache(maxsize=256)
def _svg(look: _Look, *, female: bool) -> str:
    back, front = _hair(look.style, female=female)
    beard = (
        '<path d="M33 52c1 15 8 21 17 21s16-6 17-21c-4 7-9 8-17 8s-13-1-17-8z" fill="{hair}"/>'
        if look.beard
        else ""
    )
    glasses = (
        '<g fill="none" stroke="#3a3f42" stroke-width="1.8"><circle cx="42" cy="48" r="6.2"/>'
        '<circle cx="58" cy="48" r="6.2"/><path d="M48.2 47.4q1.8-1.4 3.6 0"/></g>'
        if look.glasses
        else ""
    )
    parts = (
        '<rect width="100" height="100" fill="{ground}"/>',
        back,
        '<path d="M14 104c2-20 16-28 36-28s34 8 36 28z" fill="{clothes}"/>',
        '<path d="M42 62h16v14c0 5-4 8-8 8s-8-3-8-8z" fill="{skin}"/>',
        '<path d="M42 68c4 5 12 5 16 0v4c-4 5-12 5-16 0z" fill="#000" opacity=".10"/>',
        '<ellipse cx="50" cy="49" rx="18" ry="22" fill="{skin}"/>',
        beard,
        front,
        '<g fill="#2b2f31"><circle cx="42" cy="48" r="2"/><circle cx="58" cy="48" r="2"/></g>',
        '<path d="M38 42q4-2.4 8 0M54 42q4-2.4 8 0" stroke="#2b2f31" stroke-width="1.6" '
        'fill="none" stroke-linecap="round" opacity=".7"/>',
        '<path d="M50 50v5" stroke="#000" opacity=".18" stroke-width="1.8" '
        'stroke-linecap="round"/>',
        glasses,
        '<path d="M44 61q6 4 12 0" stroke="#8f4a42" stroke-width="2" fill="none" '
        'stroke-linecap="round"/>',
    )
    colours = {
        "ground": look.ground,
        "clothes": look.clothes,
        "skin": look.skin,
        "hair": look.hair,
    }
    body = "".join(parts).format(**colours)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{body}</svg>'


def _hair(style: int, *, female: bool) -> tuple[str, str]:
    """Returns hair behind and in front of the head."""
    if female:
        return (
            (
                '<path d="M27 50c-2-22 9-30 23-30s25 8 23 30l1 28c-8 4-40 4-48 0z" fill="{hair}"/>',
                '<path d="M31 46c2-14 10-17 17-18 9-1 19 5 21 18-8-2-14-6-18-12-3 6-10 11-20 12z" '
                'fill="{hair}"/>',
            ),
            (
                '<path d="M29 56c-5-24 6-36 21-36s26 12 21 36c-3 4-7 6-8 6H37c-1 0-5-2-8-6z" '
                'fill="{hair}"/>',
                '<path d="M31 50c0-14 6-22 19-22s19 8 19 22c-3-8-7-12-11-14-8 3-19 3-24 6-2 2-3 '
                '5-3 8z" fill="{hair}"/>',
            ),
            (
                '<circle cx="50" cy="21" r="9" fill="{hair}"/>'
                '<path d="M30 52c-4-22 6-31 20-31s24 9 20 31z" fill="{hair}"/>',
                '<path d="M31 48c1-13 8-20 19-20s18 7 19 20c-4-9-10-13-19-13s-15 4-19 13z" '
                'fill="{hair}"/>',
            ),
        )[style]
    return (
        "",
        (
            '<path d="M30 48c-3-20 8-28 20-28s23 8 20 28c-2-8-4-12-7-14-8 3-18 3-26 0-3 2-5 6-7 '
            '14z" fill="{hair}"/>',
            '<path d="M30 50c-4-22 7-31 22-30 13 1 22 9 18 30-1-6-3-10-5-12-9 0-20-2-27-6-4 4-7 '
            '10-8 18z" fill="{hair}"/>',
            '<path d="M31 50c-3-10-1-17 2-21 1 6-1 12-2 21zM69 50c3-10 1-17-2-21-1 6 1 12 2 '
            '21zM34 31c6-8 26-8 32 0-9-4-23-4-32 0z" fill="{hair}"/>',
        )[style],
    )
