"""What the window itself does at the desk: keeps the line being typed, listens to two keys.

The line survives a reload, a lost connection and a closed laptop in the window's own
`sessionStorage`, never on the server: it has not been said. Streamlit's shortcuts do not work
while somebody types, which at the desk is always.
"""

import json
from pathlib import Path

import streamlit as st

from trainer.store.calls import CallRecord

HANG_UP_KEY = "F9"
"""Far from the keys that a line is typed with."""
HINT_KEY = "F2"

_SCRIPT = (Path(__file__).parent / "window.js").read_text(encoding="utf-8")
_BUTTONS = {
    HANG_UP_KEY: ".st-key-hang_up button",
    HINT_KEY: ".st-key-take_hint button",
}


def prepare(record: CallRecord) -> None:
    """Makes the window remember what is typed for the line that is due now."""
    key = json.dumps(f"wh-draft/{record.id}/{len(record.turns)}")
    script = f"({_SCRIPT})({key}, {json.dumps(_BUTTONS)});"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
