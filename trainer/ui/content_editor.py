"""One persona or rubric: its form, its versions, and what can be done with it."""

from collections.abc import Sequence

import streamlit as st

from trainer.content import Item
from trainer.core.advice import advise
from trainer.core.persona import Persona
from trainer.core.problem import Problem
from trainer.drafts import check, content, draft_of
from trainer.errors import ConflictError, InputError, NotFoundError
from trainer.store.content import Kind
from trainer.ui import (
    content_labels,
    content_persona,
    content_rubric,
    links,
    services,
    state,
)
from trainer.ui.content_fields import Fields
from trainer.ui.content_try import draw_try
from trainer.ui.content_versions import draw_versions
from trainer.ui.content_words import label_of, say_problem
from trainer.ui.content_yaml import draw_yaml
from trainer.ui.html import esc, heading, notice
from trainer.ui.links import Place
from trainer.ui.texts import Texts
from trainer.ui.workpiece import Workpiece, taken_up

_YAML, _VERSIONS = "yaml", "versions"
_MOST_TOLD = 8


def draw(kind: Kind, identity: str, t: Texts) -> None:
    """Draws the page of one persona or rubric."""
    links.link(Place.CONTENT, t("content.back"), icon=":material/arrow_back:")
    try:
        item = services.contents().open(services.actor(), kind, identity)
    except NotFoundError:
        notice(t("content.unknown"), tone="bad")
        return
    heading(content_labels.name_of(item, t), lead=content_labels.about(item, t))
    st.html(content_labels.badges(item, t))
    note = state.take_note()
    if note:
        notice(note, tone="good")
    if item.content is None:
        notice(t("content.unreadable"), tone="warn")
        draw_versions(item, None, t)
    elif item.entry is None:
        _draw_shipped(item, t)
    else:
        _draw_own(item, t)


def _draw_shipped(item: Item, t: Texts) -> None:
    with st.container(key="content-bar", horizontal=True, vertical_alignment="center"):
        _draw_template(item, t, primary=True)
        draw_try(item, lambda: True, t)
    if item.content is not None:
        draw_yaml(item.id, draft_of(item.content), None, t)


def _draw_own(item: Item, t: Texts) -> None:
    work = _workpiece(item)
    bar, told = st.container(), st.container()
    groups = content_persona.GROUPS if item.kind is Kind.PERSONA else content_rubric.GROUPS
    group = st.segmented_control(
        t("content.title"),
        [*groups, _YAML, _VERSIONS],
        default=next(iter(groups)),
        required=True,
        key=f"content_group_{item.id}",
        format_func=lambda one: content_labels.group(one, t),
        label_visibility="collapsed",
    )
    fields = Fields(work, t)
    with st.container(key="panel-content", border=True, gap="small"):
        st.html(f'<p class="wh-small">{esc(content_labels.about_group(group, t))}</p>')
        if group == _YAML:
            draw_yaml(item.id, work.draft, work, t)
        elif group == _VERSIONS:
            draw_versions(item, work, t)
        else:
            groups[group](fields, work, t)
    problems = check(item.kind, work.draft)
    fields.tell(problems)
    with bar:
        _draw_bar(item, work, t)
    with told:
        _tell(item, work, problems, t)


def _workpiece(item: Item) -> Workpiece:
    """Returns what is being made of an item; taken up anew where nothing would be lost by it."""
    work = state.workpiece(item.id)
    newest = item.entry.newest if item.entry else 0
    if work is None or (work.seen != newest and not work.changed):
        first = services.contents().version(services.actor(), item.kind, item.id, 1)
        work = taken_up(item, first)
        state.keep_workpiece(work)
    return work


def _draw_bar(item: Item, work: Workpiece, t: Texts) -> None:
    entry = item.entry
    with st.container(key="content-bar", horizontal=True, vertical_alignment="center"):
        if st.button(
            t("content.action.save"),
            key="save_content",
            type="primary" if work.changed else "secondary",
            icon=":material/save:",
        ):
            _save(work, t, release=False)
        out = entry is not None and (work.changed or entry.released != entry.newest)
        if out and st.button(
            t("content.action.release"),
            key="release_content",
            icon=":material/publish:",
            help=t("content.action.release_help"),
        ):
            _release(work, t)
        draw_try(item, lambda: not work.changed or _kept(work, t, release=False) is not None, t)
        with st.popover(t("content.action.more"), icon=":material/more_horiz:"):
            _draw_more(item, work, t)
        standing = t("content.unsaved" if work.changed else "content.clean")
        st.html(f'<span class="wh-small" role="status">{esc(standing)}</span>')


def _draw_more(item: Item, work: Workpiece, t: Texts) -> None:
    _draw_template(item, t)
    if work.changed and st.button(t("content.action.discard"), key="discard_content"):
        work.replace(work.saved)
        st.rerun()
    back = item.archived
    if st.button(
        t("content.action.restore" if back else "content.action.archive"),
        key="archive_content",
        help=t("content.action.archive_help"),
    ):
        services.contents().archive(services.actor(), item.kind, item.id, archived=not back)
        state.leave_note(t("content.note.restored" if back else "content.note.archived"))
        st.rerun()


def _draw_template(item: Item, t: Texts, *, primary: bool = False) -> None:
    if st.button(
        t("content.action.duplicate"),
        key="use_template",
        type="primary" if primary else "secondary",
        icon=":material/content_copy:",
    ):
        links.go(Place.CONTENT, kind=item.kind, template=item.id)


def _tell(item: Item, work: Workpiece, problems: Sequence[Problem], t: Texts) -> None:
    """Says what keeps the draft from being saved, or what could be better."""
    if item.entry is not None and work.seen != item.entry.newest:
        notice(t("content.conflict"), tone="bad")
        if st.button(t("content.action.reload"), key="reload_content"):
            state.drop_workpiece(item.id)
            st.rerun()
    if problems:
        notice(t("content.refused"), tone="warn", details=_told(work, problems, t))
        return
    made = content(item.kind, work.draft)
    hints = advise(made) if isinstance(made, Persona) else ()
    if hints:
        with st.expander(t("content.advice.title", count=len(hints)), icon=":material/lightbulb:"):
            lines = [
                (label_of(hint.field, t), t(f"content.advice.{hint.advice}", line=hint.line))
                for hint in hints
            ]
            items = "".join(f"<li><b>{esc(at)}</b> {esc(what)}</li>" for at, what in lines)
            st.html(f'<ul class="wh-history">{items}</ul>')


def _told(work: Workpiece, problems: Sequence[Problem], t: Texts) -> str:
    titles = content_labels.titles(work.draft, t)
    told = [
        t("content.at", place=label_of(found.field, t, titles), problem=say_problem(found, t))
        for found in problems[:_MOST_TOLD]
    ]
    return " ".join(dict.fromkeys(told))


def _save(work: Workpiece, t: Texts, *, release: bool) -> None:
    if not work.changed:
        return
    number = _kept(work, t, release=release)
    if number is not None:
        key = "content.note.released" if release else "content.note.saved"
        state.leave_note(t(key, number=number))
        st.rerun()


def _release(work: Workpiece, t: Texts) -> None:
    if work.changed:
        _save(work, t, release=True)
        return
    try:
        services.contents().release(services.actor(), work.kind, work.id, work.seen)
    except ConflictError:
        notice(t("content.conflict"), tone="bad")
        return
    state.leave_note(t("content.note.released", number=work.seen))
    st.rerun()


def _kept(work: Workpiece, t: Texts, *, release: bool) -> int | None:
    """Saves the draft and returns the version's number; None after saying why it cannot be."""
    try:
        number = services.contents().save(
            services.actor(), work.kind, work.id, work.draft, seen=work.seen, release=release
        )
    except ConflictError:
        notice(t("content.conflict"), tone="bad")
        return None
    except InputError as error:
        if error.problem == "large":
            notice(t("content.large"), tone="bad")
        return None  # what is refused stands on the page already
    state.drop_workpiece(work.id)
    return number
