"""What a persona or rubric is called and how it stands, for its authors."""

from trainer.content import Item
from trainer.core.persona import Persona
from trainer.core.rubric import Principle
from trainer.drafts import Draft
from trainer.ui.avatar import picture
from trainer.ui.html import Tone, badge, esc
from trainer.ui.texts import Texts

_TONES: dict[str, Tone | None] = {
    "shipped": None,
    "draft": "warn",
    "newer": "warn",
    "released": "good",
    "archived": None,
}
_OF_GUIDE = {*Principle, "relationship"}


def name_of(item: Item, t: Texts) -> str:
    """Returns what an item is called; its id where it cannot be read."""
    if item.content is None:
        return item.id
    if isinstance(item.content, Persona):
        return item.content.full_name
    return t.of(item.content.title)


def about(item: Item, t: Texts) -> str:
    """Returns trade, reason and difficulty of a persona; nothing for a rubric."""
    if not isinstance(item.content, Persona):
        return ""
    persona = item.content
    return t(
        "content.new.about",
        industry=t.of(persona.industry),
        reason=t(f"guide.churn_reason.{persona.churn_reason}"),
        difficulty=t(f"guide.difficulty.{persona.difficulty}"),
    )


def badges(item: Item, t: Texts) -> str:
    """Returns how an item stands, as labels."""
    status = _status(item)
    labels = badge(t(f"content.status.{status}"), tone=_TONES[status])
    if item.entry is not None:
        labels += badge(t("content.status.version", number=item.entry.newest))
    return f'<div class="wh-badges">{labels}</div>'


def row(item: Item, t: Texts) -> str:
    """Returns an item as one line of a list."""
    face = picture(item.content, size=48) if isinstance(item.content, Persona) else ""
    return (
        f'<div class="wh-row">{face}<div><div class="wh-name">{esc(name_of(item, t))}</div>'
        f'<div class="wh-small">{esc(about(item, t))}</div>{badges(item, t)}</div></div>'
    )


def group(name: str, t: Texts) -> str:
    """Returns the name of a part of the form."""
    return t(f"guide.principle.{name}" if name in _OF_GUIDE else f"content.group.{name}")


def about_group(name: str, t: Texts) -> str:
    """Returns what makes a good entry in a part of the form."""
    return t(f"content.about.{'principle' if name in set(Principle) else name}")


def _status(item: Item) -> str:
    if item.entry is None:
        return "shipped"
    if item.entry.archived:
        return "archived"
    if item.entry.released is None:
        return "draft"
    return "released" if item.entry.released == item.entry.newest else "newer"


def titles(draft: Draft, t: Texts) -> dict[str, str]:
    """Returns the names of a rubric's checks by id; none for a persona."""
    principles = draft.get("principles", {}).values()
    lists = [*(part["checks"] for part in principles), draft.get("relationship", [])]
    return {check["id"]: check["title"][t.language] for checks in lists for check in checks}
