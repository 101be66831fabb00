"""Drives the app in AppTest: open a page, click, type, read."""

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from trainer.ui.links import Place


def run(what: AppTest | Element) -> AppTest:
    """Runs the app after something was done in it and returns it; nothing may have gone wrong."""
    at = what.run()
    assert not at.exception
    return at


def open_page(at: AppTest, place: Place, **params: str) -> AppTest:
    """Opens a page by its address; AppTest itself only knows pages that are files."""
    at._page_hash = next(
        page_hash
        for page_hash, page in at._registered_pages.items()
        if page["url_pathname"] == ("" if place is Place.START else place)
    )
    at.query_params.clear()
    for name, value in params.items():
        at.query_params[name] = value
    run(at)
    at._page_hash = ""
    return at


def html_of(at: AppTest) -> str:
    """All HTML that the page drew."""
    return "\n".join(element.proto.body for element in at.get("html"))


def call_somebody(at: AppTest, persona_id: str) -> str:
    """Opens a card, dials and returns the call's id."""
    run(at.button(key=f"open-{persona_id}").click())
    run(at.button(key="call").click())
    return at.query_params["call"]


def say(at: AppTest, text: str) -> AppTest:
    return run(at.chat_input(key="message").set_value(text))
