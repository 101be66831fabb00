"""The page that reads real calls in: files, who speaks in them, whose they are, what came of it."""

import streamlit as st

from trainer.core.acts import Speaker
from trainer.core.person import Role
from trainer.scoring.columns import Columns
from trainer.scoring.draft import Draft, Heads
from trainer.ui import door, read_in_result, services, state
from trainer.ui.bubbles import bubble, column
from trainer.ui.html import esc, heading, icon, notice
from trainer.ui.intake import Intake, casts, guess, take_in
from trainer.ui.state import Batch
from trainer.ui.texts import Texts
from trainer.uploads import KINDS, MOST_FILES, Upload, unpack

_MOST_UPLOAD_MB = 50
_MOST_CASTS = 12
_SAMPLE_LINES = 4
_SAMPLE_CHARACTERS = 160


def render() -> None:
    """Draws the page for coaches and administrators."""
    t = state.texts()
    if services.actor().role is Role.TRAINEE:
        door.draw_coaches_only("real.title", "coach.only", t)
        return
    heading(t("real.title"), lead=t("real.lead"))
    batch = state.batch()
    if batch is not None and batch.outcomes:
        read_in_result.draw(batch, t)
        return
    _draw_privacy(t)
    intake = _draw_files(t)
    if intake is None:
        return
    read_in_result.draw_refused(intake.refused, t)
    drafts = [*intake.drafts, *_draw_tables(intake, t)]
    if drafts:
        _draw_start(drafts, _draw_casts(drafts, t), t)


def _draw_privacy(t: Texts) -> None:
    st.html(
        f'<div class="wh-notice wh-warn" role="note">{icon("shield_person")}<div>'
        f"<strong>{esc(t('real.privacy.title'))}</strong>"
        f"<div>{esc(t('real.privacy.text'))}</div></div></div>"
    )


def _draw_files(t: Texts) -> Intake | None:
    """Draws the field for files; returns what is in them, None before there are any."""
    files = st.file_uploader(
        t("real.files"),
        type=[*KINDS, "zip"],
        accept_multiple_files=True,
        key=f"real_files_{state.batch_number()}",
        help=t("real.files_help", most=MOST_FILES),
        max_upload_size=_MOST_UPLOAD_MB,
    )
    if not files:
        st.html(f'<p class="wh-small">{esc(t("real.forms"))}</p>')
        return None
    key = tuple(file.file_id for file in files)
    intake = state.intake(key)
    if intake is None:
        with st.spinner(t("real.reading")):
            intake = take_in(unpack([Upload(file.name, file.getvalue()) for file in files]))
        state.remember_intake(key, intake)
    return intake


def _draw_tables(intake: Intake, t: Texts) -> list[Draft]:
    """Draws the choice of columns and returns what was read with it."""
    read = Intake()
    for number, (heads, uploads) in enumerate(intake.tables.items()):
        columns = _draw_columns(number, heads, len(uploads), t)
        if columns is not None:
            for upload in uploads:
                read.read(upload, columns)
    read_in_result.draw_refused(read.refused, t)
    return read.drafts


def _draw_columns(number: int, heads: Heads, files: int, t: Texts) -> Columns | None:
    with st.container(key=f"panel-columns-{number}", border=True):
        st.html(f"<h2>{esc(t('real.columns.title'))}</h2>{_table(heads)}")
        with st.container(horizontal=True):
            who, what = (
                st.selectbox(
                    t(f"real.columns.{part}"),
                    heads.names,
                    index=None,
                    key=f"column_{part}_{number}",
                    placeholder=t("real.columns.choose"),
                )
                for part in ("who", "what")
            )
        if files > 1:
            st.html(f'<p class="wh-small">{esc(t("real.columns.all", count=files))}</p>')
    return None if who is None or what is None or who == what else Columns(who, what)


def _table(heads: Heads) -> str:
    head = "".join(f"<th>{esc(name)}</th>" for name in heads.names)
    rows = "".join(
        f"<tr>{''.join(f'<td>{esc(_short(cell))}</td>' for cell in row)}</tr>" for row in heads.rows
    )
    return f'<div class="wh-scroll"><table class="wh-table"><tr>{head}</tr>{rows}</table></div>'


def _draw_casts(drafts: list[Draft], t: Texts) -> dict[tuple[str, ...], list[str]]:
    """Draws who is who, once for all files with the same names; returns the agents' names."""
    groups = casts(drafts)
    chosen: dict[tuple[str, ...], list[str]] = {}
    with st.container(key="panel-casts", border=True):
        st.html(
            f"<h2>{esc(t('real.cast.title'))}</h2>"
            f'<p class="wh-small">{esc(t("real.cast.lead"))}</p>'
        )
        for cast, same in list(groups.items())[:_MOST_CASTS]:
            chosen[cast] = _draw_cast(cast, same, t)
        if len(groups) > _MOST_CASTS:
            st.html(f"<p>{esc(t('real.cast.others', count=len(groups) - _MOST_CASTS))}</p>")
    return chosen


def _draw_cast(cast: tuple[str, ...], same: list[Draft], t: Texts) -> list[str]:
    name = same[0].file if len(same) == 1 else t("real.cast.files", count=len(same))
    agents = sorted(guess(same))
    st.html(f'<h3 class="wh-name">{esc(name)}</h3>')
    picked = st.multiselect(
        t("real.cast.agents"),
        cast,
        default=agents,
        key=f"cast_{'|'.join(cast)}",
        placeholder=t("real.cast.by_lines"),
    )
    if not agents:
        notice(t("real.cast.unclear"), tone="warn")
    with st.expander(t("real.cast.lines", file=_plain(same[0].file)), expanded=not agents):
        st.html(_lines(same[0], picked))
    return picked


def _lines(draft: Draft, agents: list[str]) -> str:
    drawn = "".join(
        bubble(Speaker.TRAINEE if name in agents else Speaker.CUSTOMER, name, esc(_short(words)))
        for name, words in draft.named[:_SAMPLE_LINES]
    )
    return column(drawn, label=draft.file)


def _draw_start(drafts: list[Draft], agents: dict[tuple[str, ...], list[str]], t: Texts) -> None:
    people = services.real_calls().people(services.actor())
    with st.container(key="panel-start", border=True):
        st.html(f"<h2>{esc(t('real.owner.title'))}</h2>")
        owner = st.selectbox(
            t("real.owner.who"),
            list(people),
            index=None,
            key="real_owner",
            placeholder=t("real.owner.nobody"),
            format_func=lambda person: people[person],
            help=t("real.owner.help"),
        )
        sure = st.checkbox(t("real.sure"), key="real_sure")
        if not st.button(
            t("real.start", count=len(drafts)),
            key="real_start",
            type="primary",
            icon=":material/play_arrow:",
            disabled=not sure,
        ):
            return
        batch = Batch(total=len(drafts))
        state.begin_batch(batch)
        _keep_all(batch, drafts, agents, owner, t)
    st.rerun()


def _keep_all(
    batch: Batch,
    drafts: list[Draft],
    agents: dict[tuple[str, ...], list[str]],
    owner: str | None,
    t: Texts,
) -> None:
    """Keeps one after the other; what is kept stays, should the page be left meanwhile."""
    reader, actor = services.real_calls(), services.actor()
    bar = st.progress(0.0)
    for number, draft in enumerate(drafts, start=1):
        batch.outcomes.append(reader.keep(actor, draft, agents.get(draft.cast, ()), owner))
        share = number / batch.total
        bar.progress(share, text=t("real.progress", done=number, all=batch.total))


def _short(text: str) -> str:
    return text if len(text) <= _SAMPLE_CHARACTERS else f"{text[:_SAMPLE_CHARACTERS]} …"


def _plain(name: str) -> str:
    """Returns a file's name without what Streamlit reads as markup in labels."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()#+-.!~$:<>|" else char for char in name)
