"""The app with its entrance, as `make run` starts it: `streamlit run serve.py`."""

import streamlit as st

from trainer.ui import server

app = st.App("app.py", **server.options())
