"""What the trainee may know of a customer: portrait, facts of the card, history."""

from trainer.core.persona import CustomerType, Difficulty, Persona
from trainer.core.text import Language
from trainer.ui.avatar import picture
from trainer.ui.html import Tone, badge, esc
from trainer.ui.texts import Texts

_DIFFICULTY_TONES: dict[Difficulty, Tone] = {
    Difficulty.EASY: "good",
    Difficulty.MEDIUM: "warn",
    Difficulty.HARD: "bad",
}
_TYPE_ICONS = {
    CustomerType.INACTIVE: "bedtime",
    CustomerType.WAVERING: "swap_horiz",
    CustomerType.LOST: "link_off",
}
_BEFORE_ICONS = {
    "won": "handshake",
    "passed": "task_alt",
    "tried": "history",
}


def tile(persona: Persona, t: Texts, *, before: str) -> str:
    """Returns the face of the card in the choice of customers.

    Args:
        persona: Whom to show.
        t: The words.
        before: What there was with them so far: `never`, `won`, `passed` or `tried`.
    """
    meta = t("practice.choose.meta", age=persona.age, industry=t.of(persona.industry))
    return (
        f'<div class="wh-persona"><div class="wh-row">{picture(persona, size=52)}'
        f'<div><h2 class="wh-name">{esc(persona.full_name)}</h2>'
        f'<div class="wh-small">{esc(meta)}</div></div></div>'
        f"<p>{esc(t.of(persona.card.headline))}</p>{badges(persona, t, before=before)}</div>"
    )


def badges(persona: Persona, t: Texts, *, before: str = "never") -> str:
    """Returns customer type, difficulty and what there was before, if anything, as labels."""
    kind, difficulty = persona.customer_type, persona.difficulty
    labels = [
        badge(t(f"guide.customer_type.{kind}"), symbol=_TYPE_ICONS[kind]),
        badge(t(f"guide.difficulty.{difficulty}"), tone=_DIFFICULTY_TONES[difficulty]),
    ]
    if before in _BEFORE_ICONS:
        labels.append(badge(t(f"choose.before.{before}"), symbol=_BEFORE_ICONS[before]))
    return f'<div class="wh-badges">{"".join(labels)}</div>'


def facts(persona: Persona, t: Texts) -> str:
    """Returns the facts of the card as a list of terms."""
    rows = [
        ("practice.card.company", persona.company),
        ("practice.card.industry", t.of(persona.industry)),
        ("practice.card.age", t("practice.card.years", age=persona.age)),
        ("practice.card.since", str(persona.card.customer_since)),
    ]
    if t.language is Language.GERMAN:  # the card notes it in German words only
        rows.append(("practice.card.lost_for", persona.card.lost_for))
    items = "".join(
        f'<div><dt class="wh-label">{esc(t(key))}</dt><dd>{esc(value)}</dd></div>'
        for key, value in rows
    )
    return f'<dl class="wh-facts">{items}</dl>'


def history(persona: Persona, t: Texts) -> str:
    """Returns what the company's records say about the customer."""
    lines = "".join(f"<li>{esc(t.of(line))}</li>" for line in persona.card.history)
    return f'<ul class="wh-history">{lines}</ul>'
