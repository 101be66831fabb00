"""The page that shows at a glance how this process is doing; for coaches and administrators."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from trainer.core.person import Role
from trainer.errors import StoreError
from trainer.store import pulse
from trainer.ui import door, faults, services, state
from trainer.ui.html import Tone, esc, heading, icon, notice
from trainer.ui.texts import Texts
from trainer.watch import WATCH, Glance

_LOOK_S = 10.0


def render() -> None:
    """Draws the page."""
    t = state.texts()
    if services.actor().role is Role.TRAINEE:
        door.draw_coaches_only("health.title", "coach.not_trainees", t)
        return
    heading(t("health.title"), lead=t("health.lead"))
    st.fragment(_draw, run_every=_LOOK_S)(t)


def _draw(t: Texts) -> None:
    glance = WATCH.glance()
    st.html(f'<div class="wh-tiles wh-states">{"".join(_tiles(glance, t))}</div>')
    heading(t("health.speed"), lead=t("health.speed_lead"), level=2)
    if glance.speeds:
        st.dataframe(_speeds(glance, t), hide_index=True)
    else:
        notice(t("health.silent"))
    _draw_counts(glance.errors, "health.errors", t)
    _draw_counts(
        {t(f"health.sign_in.{outcome}"): n for outcome, n in glance.sign_ins.items()},
        "health.sign_ins",
        t,
    )
    since = glance.since.astimezone().strftime(t("common.date"))
    st.html(f'<p class="wh-small">{esc(t("health.since", since=since))}</p>')


def _tiles(glance: Glance, t: Texts) -> list[str]:
    generator = services.practice().generator
    if generator.llm is None:
        model: tuple[str, Tone] = (t("health.model.none"), "info")
    elif generator.fault is not None:
        model = (t("health.model.away"), "warn")
    else:
        model = (t("health.model.up"), "good")
    waiting = "–" if glance.waiting is None else str(glance.waiting)
    return [
        _tile("database", t("health.database.title"), *_database(t)),
        _tile("memory", t("health.model.title"), *model),
        _tile("hourglass_top", t("health.waiting"), waiting, "info"),
        _tile("chat", t("health.turns"), str(glance.turns), "info"),
        _tile(
            "sync_problem",
            t("health.without_model"),
            str(glance.without_model),
            "warn" if glance.without_model else "good",
        ),
    ]


def _database(t: Texts) -> tuple[str, Tone]:
    try:
        pulse.check(services.practice().calls.engine)
    except StoreError as error:
        faults.show(error, t)
        return t("health.database.down"), "bad"
    return t("health.database.up"), "good"


def _tile(symbol: str, name: str, value: str, tone: Tone) -> str:
    return (
        f'<div>{icon(symbol, tone=tone)} <span class="wh-label">{esc(name)}</span>'
        f'<div class="wh-figure">{esc(value)}</div></div>'
    )


def _speeds(glance: Glance, t: Texts) -> pd.DataFrame:
    rows = sorted(glance.speeds.items())
    return pd.DataFrame(
        {
            t("health.column.source"): [t(f"health.source.{source}") for source, _ in rows],
            t("health.column.turns"): [speed.turns for _, speed in rows],
            t("health.column.p50"): [round(speed.p50_s, 2) for _, speed in rows],
            t("health.column.p95"): [round(speed.p95_s, 2) for _, speed in rows],
        }
    )


def _draw_counts(counts: Mapping[str, int], key: str, t: Texts) -> None:
    heading(t(key), level=2)
    if not counts:
        notice(t(f"{key}_none"), tone="good")
        return
    table = {t("health.column.kind"): list(counts), t("health.column.count"): list(counts.values())}
    st.dataframe(pd.DataFrame(table), hide_index=True)
