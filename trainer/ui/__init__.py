"""Streamlit pages and widgets; a page reads widgets, calls one service method, draws."""
