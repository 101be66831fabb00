"""The versions of a persona or rubric, and what differs between two of them."""

from collections.abc import Mapping, Sequence

import streamlit as st

from trainer.content import Item
from trainer.core.changes import Change, changes
from trainer.store.content import Version
from trainer.ui import clock, content_labels, services, state
from trainer.ui.content_words import label_of, value_of
from trainer.ui.html import esc, notice
from trainer.ui.texts import Texts
from trainer.ui.workpiece import Workpiece


def draw_versions(item: Item, work: Workpiece | None, t: Texts) -> None:
    """Draws the choice of two versions and their differences.

    Args:
        item: What has versions.
        work: What a version can be taken into; None where nothing can be edited.
        t: The words.
    """
    versions = services.contents().versions(services.actor(), item.kind, item.id)
    names = {version.number: _name(version, t) for version in versions}
    left, right = st.columns(2)
    with left:
        newer = _choose("which", list(names), 0, names, item, t)
    older = [number for number in names if number != newer]
    new = services.contents().version(services.actor(), item.kind, item.id, newer)
    if not older:
        notice(t("content.versions.none"))
        return
    before = next((place for place, number in enumerate(older) if number < newer), 0)
    with right:
        base = _choose("against", older, before, names, item, t)
    old = services.contents().version(services.actor(), item.kind, item.id, base)
    st.html(_differences(changes(old, new), content_labels.titles(new, t), t))
    if work is not None and st.button(t("content.versions.restore"), key="restore_version"):
        work.replace(new)
        state.leave_note(t("content.note.loaded"))
        st.rerun()


def _choose(
    which: str, numbers: Sequence[int], start: int, names: Mapping[int, str], item: Item, t: Texts
) -> int:
    chosen = st.selectbox(
        t(f"content.versions.{which}"),
        numbers,
        index=start,
        key=f"versions_{which}_{item.id}_{len(names)}_{numbers[0]}",
        format_func=lambda number: names[number],
    )
    return numbers[start] if chosen is None else chosen


def _name(version: Version, t: Texts) -> str:
    key = "content.versions.line_released" if version.released_at else "content.versions.line"
    date = clock.when(version.at, t)
    return t(key, number=version.number, date=date, author=version.author_name)


def _differences(found: Sequence[Change], titles: Mapping[str, str], t: Texts) -> str:
    if not found:
        return f"<p>{esc(t('content.versions.same'))}</p>"
    parts = (
        f'<div><div class="wh-label">{esc(label_of(change.path, t, titles))}</div>'
        f"{_lines(change.path, change.before, 'del', t)}"
        f"{_lines(change.path, change.after, 'ins', t)}</div>"
        for change in found
    )
    return f'<div class="wh-stack wh-diff">{"".join(parts)}</div>'


def _lines(path: str, lines: Sequence[str], tag: str, t: Texts) -> str:
    said = (esc(value_of(path, line, t)) for line in lines)
    return "".join(f'<div class="wh-text"><{tag}>{line}</{tag}></div>' for line in said)
