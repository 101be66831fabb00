"""A draft as YAML: to read, and for those who like it to write."""

from collections.abc import Sequence

import streamlit as st

from trainer.core.problem import Problem
from trainer.drafts import MOST_CHARACTERS, Draft, from_yaml, to_yaml
from trainer.errors import InputError
from trainer.ui import state
from trainer.ui.content_words import say_problem
from trainer.ui.html import notice
from trainer.ui.texts import Texts
from trainer.ui.workpiece import Workpiece


def draw_yaml(identity: str, draft: Draft, work: Workpiece | None, t: Texts) -> None:
    """Draws a draft as text; it can be changed where there is a workpiece to change."""
    if work is None:
        st.code(to_yaml(draft), language="yaml", wrap_lines=True)
        return
    with st.container(key="content-yaml"):
        text = st.text_area(
            t("content.yaml.label"),
            to_yaml(draft),
            key=work.key("yaml"),
            height=560,
            max_chars=MOST_CHARACTERS,
        )
    if not st.button(t("content.yaml.take"), key=f"take_yaml_{identity}", type="primary"):
        return
    try:
        read = from_yaml(work.kind, text)
    except InputError as error:
        notice(t("content.yaml.broken"), tone="bad", details=str(error))
        return
    if read.draft is None:
        notice(t("content.refused"), tone="warn", details=_told(read.problems, t))
        return
    work.replace(read.draft)
    state.leave_note(t("content.note.loaded"))
    st.rerun()


def _told(problems: Sequence[Problem], t: Texts) -> str:
    """Names fields as they stand in the text, not as the form calls them."""
    return " ".join(
        t("content.at", place=found.field or "YAML", problem=say_problem(found, t))
        for found in problems
    )
