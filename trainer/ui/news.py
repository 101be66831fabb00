"""Word that a coach has written something or is done with a call."""

import streamlit as st

from trainer.submissions import News
from trainer.ui import links, services
from trainer.ui.html import esc, icon
from trainer.ui.links import Place
from trainer.ui.texts import Texts

_MOST = 3


def draw_news(person: str, t: Texts) -> None:
    """Draws a notice for each call with something the trainee has not seen; nothing for none."""
    for news in services.submissions().news(person)[:_MOST]:
        with st.container(
            key=f"panel-news-{news.call.id}",
            border=True,
            horizontal=True,
            vertical_alignment="center",
        ):
            st.html(f"<p>{icon('chat')} <strong>{esc(_text(news, t))}</strong></p>")
            if st.button(t("submit.news.open"), key=f"news-{news.call.id}", type="primary"):
                links.go(Place.REVIEW, call=news.call.id)


def _text(news: News, t: Texts) -> str:
    name = news.call.title
    if news.comments == 0:
        return t("submit.news.done", name=name)
    if news.comments == 1:
        return t("submit.news.one", name=name)
    return t("submit.news.more", count=news.comments, name=name)
