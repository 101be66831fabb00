"""The trainee's own notes beside the call."""

import streamlit as st

from trainer.errors import StoreError
from trainer.store.attempts import AttemptRecord
from trainer.ui import faults, services, state
from trainer.ui.texts import Texts

_HEIGHT_PX = 120


def draw_notes(person: str, taken: AttemptRecord, t: Texts) -> None:
    """Draws the field for notes; what is written is kept with the call when the field is left."""
    written = st.text_area(
        t("desk.notes.title"),
        value=taken.notes,
        key=f"{state.NOTES_KEY}-{taken.call}",
        placeholder=t("desk.notes.placeholder"),
        height=_HEIGHT_PX,
    )
    if written == taken.notes:
        return
    try:
        services.attempts().take_notes(person, taken.call, written)
    except StoreError as error:  # the text stays in the field and is sent with the next run
        faults.show(error, t)
