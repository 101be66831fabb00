"""The page about content: everything there is, and a form to begin something of one's own."""

from collections.abc import Callable, Sequence

import streamlit as st

from trainer.content import Item, Names
from trainer.core.person import Role
from trainer.core.persona import Gender
from trainer.errors import InputError
from trainer.store.content import Kind
from trainer.ui import content_editor, content_labels, door, links, services, state
from trainer.ui.html import esc, heading, notice
from trainer.ui.links import Place
from trainer.ui.texts import Texts


def render() -> None:
    """Draws the item in the address, or the list of everything of a kind."""
    t = state.texts()
    if services.actor().role is Role.TRAINEE:
        door.draw_coaches_only("content.title", "content.only", t)
        return
    item = state.content_item()
    if item is not None:
        content_editor.draw(*item, t)
        return
    heading(t("content.title"), lead=t("content.lead"))
    template = state.content_template()
    kind = st.segmented_control(
        t("content.title"),
        list(Kind),
        default=template[0] if template else Kind.PERSONA,
        required=True,
        key="content_kind",
        format_func=lambda one: t(f"content.kind.{one}"),
        label_visibility="collapsed",
    )
    items = services.contents().items(services.actor(), kind)
    _draw_new(kind, items, t)
    _draw_list(t("content.own"), [item for item in items if item.entry], t)
    if not any(item.entry for item in items):
        notice(t("content.none"))
    _draw_list(t("content.shipped"), [item for item in items if not item.entry], t)


def _draw_list(title: str, items: Sequence[Item], t: Texts) -> None:
    if not items:
        return
    heading(title, level=2)
    for item in items:
        with st.container(
            key=f"row-content-{item.id}",
            border=True,
            horizontal=True,
            vertical_alignment="center",
        ):
            st.html(content_labels.row(item, t))
            label = t("content.action.edit" if item.entry else "content.action.look")
            if st.button(label, key=f"open-content-{item.id}"):
                links.go(Place.CONTENT, kind=item.kind, item=item.id)


def _draw_new(kind: Kind, items: Sequence[Item], t: Texts) -> None:
    sources = {item.id: item for item in items if item.content is not None}
    wanted = (state.content_template() or (kind, ""))[1]
    with (
        st.expander(t(f"content.new.{kind}"), icon=":material/add:", expanded=wanted in sources),
        st.form(f"new-{kind}", border=False),
    ):
        st.html(f'<p class="wh-small">{esc(t(f"content.new.{kind}_lead"))}</p>')
        source = st.selectbox(
            t("content.new.source"),
            list(sources),
            index=list(sources).index(wanted) if wanted in sources else 0,
            key=f"new_source_{kind}",
            format_func=lambda one: _template(sources[one], t),
        )
        ask: Callable[[Texts], Names] = _ask_person if kind is Kind.PERSONA else _ask_title
        names = ask(t)
        sent = st.form_submit_button(t("content.new.send"), type="primary")
    if sent and source is not None:
        _create(kind, source, names, t)


def _template(item: Item, t: Texts) -> str:
    parts = content_labels.name_of(item, t), content_labels.about(item, t)
    return " · ".join(part for part in parts if part)


def _ask_person(t: Texts) -> Names:
    gender, left, middle, right = st.columns([2, 3, 3, 5])
    return Names(
        gender=gender.selectbox(
            t("content.new.gender"),
            list(Gender),
            key="new_gender",
            format_func=lambda one: t(f"content.gender.{one}"),
        ),
        first=left.text_input(t("content.new.first"), key="new_first"),
        last=middle.text_input(t("content.new.last"), key="new_last"),
        company=right.text_input(t("content.new.company"), key="new_company"),
    )


def _ask_title(t: Texts) -> Names:
    return Names(title=st.text_input(t("content.new.title"), key="new_title"))


def _create(kind: Kind, source: str, names: Names, t: Texts) -> None:
    try:
        made = services.contents().duplicate(services.actor(), kind, source, names)
    except InputError:
        notice(t("content.new.problem"), tone="warn")
        return
    state.leave_note(t("content.note.created"))
    links.go(Place.CONTENT, kind=kind, item=made)
