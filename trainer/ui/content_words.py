"""Words about content: names of fields, of what they can say, and of what is wrong with them."""

from collections.abc import Mapping

from trainer.core.problem import Problem
from trainer.ui.texts import Texts, load_texts

_LANGUAGES = ("de", "en")
_BY_ENTRY = {"facts": ("content", "fact"), "objections": ("guide", "objection")}

_ANSWERS = {
    "gender": ("content", "gender"),
    "customer_type": ("guide", "customer_type"),
    "churn_reason": ("guide", "churn_reason"),
    "difficulty": ("guide", "difficulty"),
    "style": ("content", "style"),
    "kind": ("content", "objection_kind"),
    "hides": ("guide", "objection"),
    "settled": ("guide", "objection"),
    "best": ("content", "best"),
}
_SWITCHED = ("true", "false")
_SHARES = ("offer_fit.", "temperament.", "decision.")


def field_of(path: str, t: Texts) -> str:
    """Returns the name of a field as it stands beside it; its path where it has none."""
    parts = [part for part in path.split(".") if not part.isdigit()]
    english = parts[-1:] == ["en"]
    names = parts[:-1] if parts[-1:] and parts[-1] in _LANGUAGES else parts
    name = _name(names, t)
    return t("content.field.in_english", field=name) if english else name


def label_of(path: str, t: Texts, titles: Mapping[str, str] | None = None) -> str:
    """Returns the name of a field with the part of the form it is in.

    Args:
        path: Its dotted path.
        t: The words.
        titles: Names of a rubric's checks by id.
    """
    head, _, rest = path.partition(".")
    entry, _, within = rest.partition(".")
    if head in _BY_ENTRY and entry:
        part = t(".".join((*_BY_ENTRY[head], entry)))
        return t("content.field.of", part=part, field=field_of(within, t)) if within else part
    if head == "principles" and entry:
        part = t(f"guide.principle.{entry}")
        return t("content.field.of", part=part, field=_of_principle(within, titles or {}, t))
    return field_of(path, t)


def value_of(path: str, line: str, t: Texts) -> str:
    """Returns what a field says, in words where it is one of a few answers or a share."""
    key = ".".join((*_ANSWERS.get(path.rpartition(".")[2], ()), line))
    if key in load_texts():
        return t(key)
    if line in _SWITCHED:
        return t(f"content.switched.{line}")
    if path.startswith(_SHARES) and _is_number(line):
        return f"{float(line):.0%}".replace("%", " %")
    return line


def say_problem(problem: Problem, t: Texts) -> str:
    """Returns what is wrong, in the page's language where there are words for it."""
    key = f"content.problem.{problem.kind}"
    if key not in load_texts():
        return problem.message
    values = dict(problem.values)
    if "names" in values:
        values["names"] = ", ".join(_named(name, t) for name in str(values["names"]).split(", "))
    return t(key, **values)


def _named(name: str, t: Texts) -> str:
    """Returns an objection, answer or benefit as the form calls it."""
    lists = (("guide", "objection"), ("content", "fact"), ("content", "benefit"))
    keys = (".".join((*place, name)) for place in lists)
    return next((t(key) for key in keys if key in load_texts()), name)


def _is_number(line: str) -> bool:
    return line.replace(".", "", 1).isdecimal()


def _of_principle(path: str, titles: Mapping[str, str], t: Texts) -> str:
    within = path.removeprefix("checks.")
    for identity, title in titles.items():
        if within == identity or within.startswith(f"{identity}."):
            rest = within[len(identity) + 1 :]
            return t("content.field.of", part=title, field=field_of(rest, t)) if rest else title
    return field_of(path, t)


def _name(parts: list[str], t: Texts) -> str:
    if parts[:1] == ["offer_fit"] and len(parts) > 1:
        return t(f"content.benefit.{parts[1]}")
    tails = ("_".join(parts[start:]) for start in range(len(parts)))
    known = (key for tail in tails if (key := f"content.field.{tail}") in load_texts())
    key = next(known, "")
    return t(key) if key else ".".join(parts)
